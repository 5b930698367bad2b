import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { keyOf } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { FormDialog } from "../../../shared/form-dialog.tsx";
import { useDraft } from "../../../shared/use-draft.ts";
import { permissionCommand, permit, statementIdFor } from "../../../sns/subscriptions/endpoint-permission.ts";
import { PermissionField } from "../../../sns/subscriptions/permission-field.tsx";
import { subscribeCommand } from "../../../sns/subscriptions/subscribe-command.ts";
import { creationOf, newSubscription, problemsOf } from "../../../sns/subscriptions/subscription-draft.ts";
import { FilterFields } from "../../../sns/subscriptions/subscription-fields.tsx";
import { topicNameOf } from "../../../sns/topic-facts.ts";
import { TopicSelect } from "../../../sns/topic-select.tsx";
import { useCurrentFunction } from "../function-context.ts";

interface AddTopicTriggerDialogProps {
  /** Chooses another kind of source. */
  readonly sourceField: ReactNode;
  readonly onClose: () => void;
}

/** Subscribes the function to a topic, and on consent has the function's policy let the topic in. */
export function AddTopicTriggerDialog({ sourceField, onClose }: AddTopicTriggerDialogProps) {
  const { functionName, configuration } = useCurrentFunction();
  const [draft, change] = useDraft({ ...newSubscription(""), endpoint: configuration.FunctionArn ?? "" });
  const [isConsented, setConsented] = useState(true);
  const [isShown, setShown] = useState(false);
  const flash = useFlash();
  const cache = useQueryClient();
  const problems = problemsOf(draft);
  const { topicArn, endpoint } = draft;
  const add = async (): Promise<void> => {
    if (isConsented) await permit(topicArn, "lambda", endpoint);
    await send("sns", "Subscribe", creationOf(draft));
    await Promise.all([keyOf("sns"), keyOf("lambda", "GetPolicy")].map((queryKey) => cache.invalidateQueries({ queryKey })));
    const permission = isConsented
      ? ` The function's policy has the statement ${statementIdFor(topicArn)}, so that the topic may run it.`
      : "";
    flash.success("trigger", `The trigger ${topicNameOf(topicArn)} was added to the function ${functionName}.${permission}`);
  };
  return (
    <FormDialog
      title="Add trigger"
      action="Add"
      size="large"
      isValid={Object.keys(problems).length === 0}
      onInvalid={() => setShown(true)}
      submit={add}
      commands={[...(isConsented ? [permissionCommand(topicArn, "lambda", endpoint)] : []), subscribeCommand(creationOf(draft))]}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <div key="source">{sourceField}</div>
        <TopicSelect
          key="topic"
          label="SNS topic"
          description="A standard topic: FIFO topics deliver to queues only."
          isStandard
          arn={topicArn}
          problem={isShown ? problems.topicArn : undefined}
          onChange={(arn) => change({ topicArn: arn })}
        />
        <FilterFields key="filter" draft={draft} problems={isShown ? problems : {}} onChange={change} />
        <PermissionField key="permission" topicArn={topicArn} protocol="lambda" consent={isConsented} onConsent={setConsented} />
      </SpaceBetween>
    </FormDialog>
  );
}
