import type { Policy } from "@aws-sdk/client-iam";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { useAws } from "../../api/hooks.ts";
import { send } from "../../api/send.ts";
import { useAddressState } from "../../shared/address-state.ts";
import { cliCommand } from "../../shared/equivalent-cli.tsx";
import { Loaded } from "../../shared/loaded.tsx";
import { compactJson, formattedJson } from "../json-text.ts";
import { useManagedPolicyText } from "../managed-policy-document.ts";
import { isAwsManaged, policyNameOf } from "../policy-name.ts";
import { PolicyDocument } from "../policy-editor/policy-document.tsx";
import { PolicyEditor } from "../policy-editor/policy-editor.tsx";
import { hasErrors } from "../policy-editor/policy-problem.ts";
import { policyProblems } from "../policy-editor/policy-problems.ts";
import { EditFrame } from "../identity/edit-frame.tsx";
import { mostVersions } from "./policy-versions.tsx";

/** What the policy's default version says, and its edit. */
export function PolicyPermissions({ policy: { Arn = "" } }: { readonly policy: Policy }) {
  const [edit, setEdit] = useAddressState("edit", "push");
  const text = useManagedPolicyText(Arn);
  if (edit !== undefined && !isAwsManaged(Arn))
    return (
      <Loaded query={text}>{({ document }) => <PolicyEdit arn={Arn} document={document} onClose={() => setEdit(undefined)} />}</Loaded>
    );
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button disabled={isAwsManaged(Arn)} disabledReason="AWS's own policies can't be changed" onClick={() => setEdit("document")}>
              Edit
            </Button>
          }
        >
          Permissions
        </Header>
      }
    >
      <Loaded query={text}>
        {({ document }) => <PolicyDocument document={document} kind="identity" ariaLabel={`Document of ${policyNameOf(Arn)}`} />}
      </Loaded>
    </Container>
  );
}

interface PolicyEditProps {
  readonly arn: string;
  readonly document: string;
  readonly onClose: () => void;
}

/** An edit is a new version, which becomes the default. */
function PolicyEdit({ arn, document, onClose }: PolicyEditProps) {
  const [text, setText] = useState(() => formattedJson(document) ?? document);
  const [shown, setShown] = useState(false);
  const versions = useAws("iam", "ListPolicyVersions", { PolicyArn: arn });
  const problems = useMemo(() => policyProblems(text, "identity"), [text]);
  const isWrong = hasErrors(problems);
  const held = versions.data?.Versions ?? [];
  const oldest = held.filter(({ IsDefaultVersion }) => !IsDefaultVersion).at(-1)?.VersionId;
  const isFull = held.length >= mostVersions;
  return (
    <EditFrame
      title="Edit policy"
      description="What is saved becomes a new version, and the default. Older versions are kept."
      action="Save changes"
      isValid={!isWrong}
      onInvalid={() => setShown(true)}
      save={async () => {
        if (isFull && oldest) await send("iam", "DeletePolicyVersion", { PolicyArn: arn, VersionId: oldest });
        await send("iam", "CreatePolicyVersion", { PolicyArn: arn, PolicyDocument: text, SetAsDefault: true });
      }}
      done="The policy was updated. Who has it has the new permissions from now on."
      commands={[
        ...(isFull && oldest ? [cliCommand("iam", "delete-policy-version", { "policy-arn": arn, "version-id": oldest })] : []),
        cliCommand("iam", "create-policy-version", { "policy-arn": arn, "policy-document": compactJson(text), "set-as-default": true }),
      ]}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        {isFull && oldest && (
          <Alert key="full" type="warning">
            A policy has at most {mostVersions} versions. Saving deletes the oldest one, {oldest}.
          </Alert>
        )}
        <FormField
          key="document"
          label="Policy document"
          stretch
          errorText={shown && isWrong ? "Correct the errors in the policy." : undefined}
        >
          <PolicyEditor value={text} onChange={setText} ariaLabel="Policy document" kind="identity" problems={problems} />
        </FormField>
      </SpaceBetween>
    </EditFrame>
  );
}
