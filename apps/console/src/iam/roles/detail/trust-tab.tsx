import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import { useMemo, useState } from "react";
import { send } from "../../../api/send.ts";
import { useAddressState } from "../../../shared/address-state.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { formattedJson, compactJson } from "../../json-text.ts";
import { PolicyDocument } from "../../policy-editor/policy-document.tsx";
import { PolicyEditor } from "../../policy-editor/policy-editor.tsx";
import { hasErrors } from "../../policy-editor/policy-problem.ts";
import { policyProblems } from "../../policy-editor/policy-problems.ts";
import { EditFrame } from "../../identity/edit-frame.tsx";
import { useCurrentRole } from "./role-context.ts";

/** Who may assume the role. */
export function TrustTab() {
  const { role } = useCurrentRole();
  const [edit, setEdit] = useAddressState("edit", "push");
  const document = decodeURIComponent(role.AssumeRolePolicyDocument ?? "");
  if (edit !== undefined) return <TrustEdit document={document} onClose={() => setEdit(undefined)} />;
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Entities that can assume this role under specified conditions."
          actions={<Button onClick={() => setEdit("trust")}>Edit trust policy</Button>}
        >
          Trusted entities
        </Header>
      }
    >
      <PolicyDocument document={document} kind="trust" ariaLabel="Trust policy" />
    </Container>
  );
}

function TrustEdit({ document, onClose }: { readonly document: string; readonly onClose: () => void }) {
  const { roleName } = useCurrentRole();
  const [text, setText] = useState(() => formattedJson(document) ?? document);
  const [shown, setShown] = useState(false);
  const problems = useMemo(() => policyProblems(text, "trust"), [text]);
  const isValid = !hasErrors(problems);
  return (
    <EditFrame
      title="Edit trust policy"
      action="Update policy"
      isValid={isValid}
      onInvalid={() => setShown(true)}
      save={() => send("iam", "UpdateAssumeRolePolicy", { RoleName: roleName, PolicyDocument: text })}
      done={`The trust policy of ${roleName} was updated.`}
      commands={[cliCommand("iam", "update-assume-role-policy", { "role-name": roleName, "policy-document": compactJson(text) })]}
      onClose={onClose}
    >
      <FormField stretch errorText={shown && !isValid ? "Correct the errors in the trust policy." : undefined}>
        <PolicyEditor value={text} onChange={setText} ariaLabel="Trust policy" kind="trust" problems={problems} />
      </FormField>
    </EditFrame>
  );
}
