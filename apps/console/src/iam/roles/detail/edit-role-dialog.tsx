import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import { useAwsMutation } from "../../../api/hooks.ts";
import { problemOf } from "../../../api/problem.ts";
import { useFlash } from "../../../app/flash.tsx";
import { cliCommand, EquivalentCli } from "../../../shared/equivalent-cli.tsx";
import { ProblemDetails } from "../../../shared/problem-panel.tsx";
import { descriptionProblem } from "../role-form.ts";
import { useCurrentRole } from "./role-context.ts";
import { sessionChoices, sessionInWords } from "./session-duration.ts";

/** Edits a role's description and how long its sessions may last. */
export function EditRoleDialog({ onClose }: { readonly onClose: () => void }) {
  const { role, roleName } = useCurrentRole();
  const [description, setDescription] = useState(role.Description ?? "");
  const [seconds, setSeconds] = useState(role.MaxSessionDuration ?? 3_600);
  const update = useAwsMutation("iam", "UpdateRole");
  const flash = useFlash();
  const wrong = descriptionProblem(description);
  const options = sessionChoices(role.MaxSessionDuration).map((choice) => ({ value: String(choice), label: sessionInWords(choice) }));
  const save = (): void => {
    if (wrong !== undefined) return;
    update.mutate(
      { RoleName: roleName, Description: description, MaxSessionDuration: seconds },
      {
        onSuccess: () => {
          flash.success("role", `Role ${roleName} was updated.`);
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      visible
      header={`Edit ${roleName}`}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="cancel" variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button key="save" variant="primary" loading={update.isPending} onClick={save}>
              Save changes
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="l">
        <FormField key="description" label="Description" constraintText="Maximum 1,000 characters." errorText={wrong}>
          <Textarea value={description} rows={3} autoFocus onChange={({ detail }) => setDescription(detail.value)} />
        </FormField>
        <FormField
          key="session"
          label="Maximum session duration"
          description="The longest time for which whoever assumes the role can have it. Functions renew theirs by themselves."
        >
          <Select
            options={options}
            selectedOption={options.find(({ value }) => value === String(seconds)) ?? null}
            onChange={({ detail }) => setSeconds(Number(detail.selectedOption.value))}
          />
        </FormField>
        {update.error && (
          <Alert key="error" type="error" header="The changes were not saved">
            <ProblemDetails problem={problemOf(update.error)} />
          </Alert>
        )}
        <EquivalentCli
          key="cli"
          commands={[cliCommand("iam", "update-role", { "role-name": roleName, description, "max-session-duration": seconds })]}
        />
      </SpaceBetween>
    </Modal>
  );
}
