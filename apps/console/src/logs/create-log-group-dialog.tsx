import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../api/hooks.ts";
import { problemOf, type Problem } from "../api/problem.ts";
import { send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
import { cliCommand, EquivalentCli } from "../shared/equivalent-cli.tsx";
import { ProblemDetails } from "../shared/problem-panel.tsx";
import { RetentionSelect } from "./retention-select.tsx";
import { useFocusInDialog } from "../shared/use-focus-in-dialog.ts";

const nameRule = "Use 1 to 512 letters, numbers and . - _ / #";

/** Makes a log group. */
export function CreateLogGroupDialog({ onClose }: { readonly onClose: () => void }) {
  const field = useFocusInDialog();
  const [name, setName] = useState("");
  const [days, setDays] = useState<number>();
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const flash = useFlash();
  const cache = useQueryClient();
  const nameProblem = /^[.\-_/#A-Za-z0-9]{1,512}$/.test(name) ? undefined : nameRule;
  const create = async (): Promise<void> => {
    if (nameProblem !== undefined) return setShown(true);
    setBusy(true);
    try {
      await send("logs", "CreateLogGroup", { logGroupName: name });
      if (days !== undefined) await send("logs", "PutRetentionPolicy", { logGroupName: name, retentionInDays: days });
      await cache.invalidateQueries({ queryKey: keyOf("logs") });
      flash.success("log-group", `Created the log group ${name}.`);
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Modal
      visible
      header="Create log group"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="cancel" variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button key="create" variant="primary" loading={isBusy} onClick={() => void create()}>
              Create
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <FormField key="name" label="Log group name" constraintText={nameRule} errorText={isShown ? nameProblem : undefined}>
          <Input
            value={name}
            ref={field}
            spellcheck={false}
            onChange={({ detail }) => setName(detail.value)}
            onKeyDown={({ detail }) => {
              if (detail.key === "Enter") void create();
            }}
          />
        </FormField>
        <RetentionSelect key="retention" days={days} onDays={setDays} />
        <EquivalentCli
          key="cli"
          commands={[
            cliCommand("logs", "create-log-group", { "log-group-name": name || "NAME" }),
            ...(days === undefined
              ? []
              : [cliCommand("logs", "put-retention-policy", { "log-group-name": name || "NAME", "retention-in-days": days })]),
          ]}
        />
        {problem && (
          <Alert key="problem" type="error" header="The log group was not created">
            <ProblemDetails problem={problem} />
          </Alert>
        )}
      </SpaceBetween>
    </Modal>
  );
}
