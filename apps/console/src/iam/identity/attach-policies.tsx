import Alert from "@cloudscape-design/components/alert";
import { useState } from "react";
import { PolicyPicker } from "../policy-picker.tsx";
import type { IdentityDocument } from "./identity-documents.ts";
import { identityCommand, operationsOn } from "./identity-operations.ts";
import { EditFrame } from "./edit-frame.tsx";
import { identityLimits, useIdentity } from "./identity.ts";

interface AttachPoliciesProps {
  /** What it has already. */
  readonly policies: readonly IdentityDocument[];
  readonly onClose: () => void;
}

/** Attaches managed policies to the role or user. */
export function AttachPolicies({ policies, onClose }: AttachPoliciesProps) {
  const identity = useIdentity();
  const { kind, name } = identity;
  const [arns, setArns] = useState<readonly string[]>([]);
  const [shown, setShown] = useState(false);
  const attached = new Set(policies.flatMap(({ arn }) => arn ?? []));
  const problem = problemOfChoice(kind, arns.length, attached.size);
  return (
    <EditFrame
      title={`Attach policies to ${name}`}
      action="Add permissions"
      isValid={problem === undefined}
      onInvalid={() => setShown(true)}
      save={async () => {
        for (const PolicyArn of arns) await operationsOn(identity).attach(PolicyArn);
      }}
      done={arns.length === 1 ? `A policy was attached to ${name}.` : `${arns.length} policies were attached to ${name}.`}
      commands={arns.map((arn) => identityCommand(identity, "attach-KIND-policy", { "policy-arn": arn }))}
      onClose={onClose}
      bare
    >
      {shown && problem && (
        <Alert key="problem" type="error">
          {problem}
        </Alert>
      )}
      <PolicyPicker
        key="picker"
        title={`Attach policies to ${name}`}
        description="A policy's name shows what it says."
        selected={arns}
        onChange={setArns}
        without={attached}
      />
    </EditFrame>
  );
}

function problemOfChoice(kind: string, chosen: number, attached: number): string | undefined {
  if (chosen === 0) return "Select at least one policy.";
  const most = identityLimits.attachedPolicies;
  return chosen + attached > most
    ? `A ${kind} can have at most ${most} managed policies; this one would have ${chosen + attached}.`
    : undefined;
}
