import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { keyOf } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { FormDialog } from "../../../shared/form-dialog.tsx";
import { useDraft } from "../../../shared/use-draft.ts";
import { QueueSelect } from "../../../sqs/queue-select.tsx";
import { policyCommand, useHasPolicy } from "../destinations/destination-policy.ts";
import { RolePermission } from "../destinations/role-permission.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { pollerActions, pollerPolicyFor } from "./poller-policy.ts";
import { TriggerFields } from "./trigger-fields.tsx";
import { cliOptionsOf, creationOf, mappedName, newTrigger, problemsOf, sourceNameOf, type TriggerDraft } from "./trigger.ts";

interface AddQueueTriggerDialogProps {
  /** Chooses another kind of source. */
  readonly sourceField: ReactNode;
  readonly onClose: () => void;
}

/** Lets a queue's messages run the function, and on consent gives the execution role the permissions that this needs. */
export function AddQueueTriggerDialog({ sourceField, onClose }: AddQueueTriggerDialogProps) {
  const current = useCurrentFunction();
  const [draft, change] = useDraft<TriggerDraft>(newTrigger);
  const [isTyped, setTyped] = useState(false);
  const [isConsented, setConsented] = useState(true);
  const [isShown, setShown] = useState(false);
  const flash = useFlash();
  const cache = useQueryClient();
  const problems = problemsOf(draft);
  const hasSource = problems["sourceArn"] === undefined;
  const policy = pollerPolicyFor(current.configuration.Role ?? "", draft.sourceArn);
  const hasPolicy = useHasPolicy(policy, hasSource);
  const grants = isConsented && hasPolicy.data !== true;
  const request = creationOf(draft, mappedName(current));
  const add = async (): Promise<void> => {
    if (grants) {
      await send("iam", "PutRolePolicy", policy);
      await cache.invalidateQueries({ queryKey: keyOf("iam") });
    }
    await send("lambda", "CreateEventSourceMapping", request);
    await cache.invalidateQueries({ queryKey: keyOf("lambda", "ListEventSourceMappings") });
    const permission = grants ? ` The role ${policy.RoleName} was given the policy ${policy.PolicyName}, so that it may be polled.` : "";
    flash.success(
      "trigger",
      `The trigger ${sourceNameOf(draft.sourceArn)} was added to the function ${current.functionName}.${permission}`,
    );
  };
  return (
    <FormDialog
      title="Add trigger"
      action="Add"
      size="large"
      isValid={Object.keys(problems).length === 0}
      onInvalid={() => setShown(true)}
      submit={add}
      commands={[
        ...(grants && hasSource ? [policyCommand(policy)] : []),
        cliCommand("lambda", "create-event-source-mapping", cliOptionsOf({ ...request, EventSourceArn: draft.sourceArn || "ARN" })),
      ]}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <div key="source">{sourceField}</div>
        {isTyped ? (
          <FormField key="arn" label="SQS queue ARN" errorText={isShown ? problems["sourceArn"] : undefined}>
            <Input
              value={draft.sourceArn}
              spellcheck={false}
              placeholder="arn:aws:sqs:us-east-1:123456789012:MyQueue"
              onChange={({ detail }) => change({ sourceArn: detail.value.trim() })}
            />
          </FormField>
        ) : (
          <QueueSelect
            key="queue"
            label="SQS queue"
            arn={draft.sourceArn}
            problem={isShown ? problems["sourceArn"] : undefined}
            onChange={(sourceArn) => change({ sourceArn })}
          />
        )}
        <Checkbox key="typed" checked={isTyped} onChange={({ detail }) => setTyped(detail.checked)}>
          Type the queue&apos;s ARN
        </Checkbox>
        <TriggerFields key="fields" draft={draft} problems={isShown ? problems : {}} onChange={change} />
        {hasSource && (
          <RolePermission
            key="permission"
            policy={policy}
            texts={{
              may: "may poll the queue",
              need: `The queue is polled as the execution role ${policy.RoleName}, which needs ${pollerActions.join(", ")} on it.`,
              consent: "Let the role poll the queue",
            }}
            has={hasPolicy.data}
            consent={isConsented}
            onConsent={setConsented}
          />
        )}
      </SpaceBetween>
    </FormDialog>
  );
}
