import Alert from "@cloudscape-design/components/alert";
import { useState } from "react";
import { send } from "../../../api/send.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { PolicyPicker } from "../../policy-picker.tsx";
import type { RoleDocument } from "../../role-documents.ts";
import { roleLimits } from "../role-form.ts";
import { EditFrame } from "./edit-frame.tsx";
import { useCurrentRole } from "./role-context.ts";

interface AttachPoliciesProps {
  /** What the role has already. */
  readonly policies: readonly RoleDocument[];
  readonly onClose: () => void;
}

/** Attaches managed policies to the role. */
export function AttachPolicies({ policies, onClose }: AttachPoliciesProps) {
  const { roleName } = useCurrentRole();
  const [arns, setArns] = useState<readonly string[]>([]);
  const [shown, setShown] = useState(false);
  const attached = new Set(policies.flatMap(({ arn }) => arn ?? []));
  const problem = problemOfChoice(arns.length, attached.size);
  return (
    <EditFrame
      title={`Attach policies to ${roleName}`}
      action="Add permissions"
      isValid={problem === undefined}
      onInvalid={() => setShown(true)}
      save={async () => {
        for (const PolicyArn of arns) await send("iam", "AttachRolePolicy", { RoleName: roleName, PolicyArn });
      }}
      done={arns.length === 1 ? `A policy was attached to ${roleName}.` : `${arns.length} policies were attached to ${roleName}.`}
      commands={arns.map((arn) => cliCommand("iam", "attach-role-policy", { "role-name": roleName, "policy-arn": arn }))}
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
        title={`Attach policies to ${roleName}`}
        description="A policy's name shows what it says."
        selected={arns}
        onChange={setArns}
        without={attached}
      />
    </EditFrame>
  );
}

function problemOfChoice(chosen: number, attached: number): string | undefined {
  if (chosen === 0) return "Select at least one policy.";
  const most = roleLimits.attachedPolicies;
  return chosen + attached > most
    ? `A role can have at most ${most} managed policies; this one would have ${chosen + attached}.`
    : undefined;
}
