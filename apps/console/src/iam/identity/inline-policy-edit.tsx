import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState } from "react";
import { compactJson, formattedJson } from "../json-text.ts";
import { PolicyEditor } from "../policy-editor/policy-editor.tsx";
import { hasErrors } from "../policy-editor/policy-problem.ts";
import { inlinePolicyCharacters, policyProblems } from "../policy-editor/policy-problems.ts";
import type { IdentityDocument } from "./identity-documents.ts";
import { EditFrame } from "./edit-frame.tsx";
import { useIdentity, type Identity } from "./identity.ts";
import { identityCommand, operationsOn } from "./identity-operations.ts";

interface InlinePolicyEditProps {
  /** What it has already. */
  readonly policies: readonly IdentityDocument[];
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
  const identity = useIdentity();
  const inline = policies.filter(({ arn }) => arn === undefined);
  const held = inline.find(({ name }) => name === policyName);
  const [name, setName] = useState(policyName);
  const [text, setText] = useState(() => (held ? (formattedJson(held.document) ?? held.document) : firstDocument));
  const [shown, setShown] = useState(false);
  const problems = useMemo(() => policyProblems(text, "identity", inlinePolicyCharacters[identity.kind]), [text]);
  const wrongName = held ? undefined : nameProblem(name, inline, identity.kind);
  const isWrong = hasErrors(problems);
  return (
    <EditFrame
      title={held ? `Edit inline policy ${policyName}` : "Create inline policy"}
      description={`An inline policy belongs to this ${identity.kind} alone and goes with it.`}
      action={held ? "Save changes" : "Create policy"}
      isValid={!isWrong && wrongName === undefined}
      onInvalid={() => setShown(true)}
      save={() => operationsOn(identity).putInline(name, text)}
      done={`The inline policy ${name} of ${identity.name} was ${held ? "updated" : "created"}.`}
      commands={[identityCommand(identity, "put-KIND-policy", { "policy-name": name, "policy-document": compactJson(text) })]}
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

function nameProblem(name: string, others: readonly IdentityDocument[], kind: Identity["kind"]): string | undefined {
  if (name === "") return "Policy name is required.";
  if (!/^[\w+=,.@-]+$/.test(name)) return "Policy name is invalid. Use alphanumeric and '+=,.@-_' characters.";
  if (name.length > 128) return `Maximum 128 characters; this name has ${name.length}.`;
  // IAM would take the new document in place of the old one.
  return others.some((other) => other.name === name) ? `The ${kind} has an inline policy of this name already.` : undefined;
}
