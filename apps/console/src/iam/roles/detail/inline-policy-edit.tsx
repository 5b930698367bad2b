import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { send } from "../../../api/send.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { compactJson, formattedJson } from "../../json-text.ts";
import { PolicyEditor } from "../../policy-editor/policy-editor.tsx";
import { hasErrors } from "../../policy-editor/policy-problem.ts";
import { inlinePolicyCharacters, policyProblems } from "../../policy-editor/policy-problems.ts";
import type { RoleDocument } from "../../role-documents.ts";
import { EditFrame } from "./edit-frame.tsx";
import { useCurrentRole } from "./role-context.ts";

interface InlinePolicyEditProps {
  /** What the role has already. */
  readonly policies: readonly RoleDocument[];
  /** Empty for a new one. */
  readonly policyName: string;
  readonly onClose: () => void;
}

const firstDocument = JSON.stringify(
  { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::my-bucket/*" }] },
  undefined,
  2,
);

/** Edits an inline policy, or makes a new one. */
export function InlinePolicyEdit({ policies, policyName, onClose }: InlinePolicyEditProps) {
  const { roleName } = useCurrentRole();
  const inline = policies.filter(({ arn }) => arn === undefined);
  const held = inline.find(({ name }) => name === policyName);
  const [name, setName] = useState(policyName);
  const [text, setText] = useState(() => (held ? (formattedJson(held.document) ?? held.document) : firstDocument));
  const [shown, setShown] = useState(false);
  const problems = useMemo(() => policyProblems(text, "identity", inlinePolicyCharacters.role), [text]);
  const wrongName = held ? undefined : nameProblem(name, inline);
  const isWrong = hasErrors(problems);
  return (
    <EditFrame
      title={held ? `Edit inline policy ${policyName}` : "Create inline policy"}
      description="An inline policy belongs to this role alone and goes with it."
      action={held ? "Save changes" : "Create policy"}
      isValid={!isWrong && wrongName === undefined}
      onInvalid={() => setShown(true)}
      save={() => send("iam", "PutRolePolicy", { RoleName: roleName, PolicyName: name, PolicyDocument: text })}
      done={`The inline policy ${name} of ${roleName} was ${held ? "updated" : "created"}.`}
      commands={[
        cliCommand("iam", "put-role-policy", { "role-name": roleName, "policy-name": name, "policy-document": compactJson(text) }),
      ]}
      onClose={onClose}
    >
      <SpaceBetween size="l">
        {!held && (
          <FormField
            key="name"
            label="Policy name"
            constraintText="Maximum 128 characters. Use alphanumeric and '+=,.@-_' characters."
            errorText={shown || name !== "" ? wrongName : undefined}
          >
            <Input
              value={name}
              autoFocus
              autoComplete={false}
              spellcheck={false}
              ariaRequired
              onChange={({ detail }) => setName(detail.value)}
            />
          </FormField>
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

function nameProblem(name: string, others: readonly RoleDocument[]): string | undefined {
  if (name === "") return "Policy name is required.";
  if (!/^[\w+=,.@-]+$/.test(name)) return "Policy name is invalid. Use alphanumeric and '+=,.@-_' characters.";
  if (name.length > 128) return `Maximum 128 characters; this name has ${name.length}.`;
  // IAM would take the new document in place of the old one.
  return others.some((other) => other.name === name) ? "The role has an inline policy of this name already." : undefined;
}
