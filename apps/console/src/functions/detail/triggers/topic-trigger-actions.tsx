import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../../../api/hooks.ts";
import { problemOf } from "../../../api/problem.ts";
import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { hrefOf, useFollow } from "../../../app/follow.ts";
import { paths } from "../../../app/paths.ts";
import { ConfirmDialog } from "../../../shared/confirm-dialog.tsx";
import { forbidFunction, permit, statementIdFor } from "../../../sns/subscriptions/endpoint-permission.ts";
import { topicNameOf } from "../../../sns/topic-facts.ts";
import { useCurrentFunction } from "../function-context.ts";
import { topicStateText, type TopicTrigger } from "./use-topic-triggers.ts";

interface TopicTriggerProps {
  readonly trigger: TopicTrigger;
}

/** Whether the topic may run the function, and a way to let it. */
export function TopicTriggerState({ trigger }: TopicTriggerProps) {
  const { configuration } = useCurrentFunction();
  const cache = useQueryClient();
  const flash = useFlash();
  const fix = useMutation({
    mutationFn: () => permit(trigger.topicArn, "lambda", configuration.FunctionArn ?? ""),
    onSuccess: () => cache.invalidateQueries({ queryKey: keyOf("lambda", "GetPolicy") }),
    onError: (error) => flash.error("trigger", "The permission was not given", problemOf(error)),
  });
  if (trigger.isPermitted !== false) return <StatusIndicator type="success">{topicStateText(trigger)}</StatusIndicator>;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <StatusIndicator key="state" type="error">
        {topicStateText(trigger)}
      </StatusIndicator>
      <Button
        key="fix"
        variant="inline-link"
        ariaLabel={`Fix ${topicNameOf(trigger.topicArn)}`}
        loading={fix.isPending}
        onClick={() => fix.mutate()}
      >
        Fix
      </Button>
    </SpaceBetween>
  );
}

/** Edits and deletes a topic's trigger. */
export function TopicTriggerActions({ trigger }: TopicTriggerProps) {
  const [isDeleting, setDeleting] = useState(false);
  const name = topicNameOf(trigger.topicArn);
  const follow = useFollow();
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button
        key="edit"
        variant="inline-link"
        ariaLabel={`Edit ${name}`}
        href={hrefOf(paths.editSubscription(trigger.subscriptionArn))}
        onFollow={follow}
      >
        Edit
      </Button>
      <Button key="delete" variant="inline-link" ariaLabel={`Delete ${name}`} onClick={() => setDeleting(true)}>
        Delete
      </Button>
      {isDeleting && <DeleteTopicTriggerDialog key="dialog" trigger={trigger} onClose={() => setDeleting(false)} />}
    </SpaceBetween>
  );
}

function DeleteTopicTriggerDialog({ trigger, onClose }: TopicTriggerProps & { readonly onClose: () => void }) {
  const { functionName, configuration } = useCurrentFunction();
  const cache = useQueryClient();
  const flash = useFlash();
  const name = topicNameOf(trigger.topicArn);
  const remove = async (): Promise<void> => {
    await send("sns", "Unsubscribe", { SubscriptionArn: trigger.subscriptionArn });
    await forbidFunction(trigger.topicArn, configuration.FunctionArn ?? "");
    flash.success("trigger", `The trigger ${name} was deleted: the subscription and the function's permission for it.`);
    await Promise.all([keyOf("sns"), keyOf("lambda", "GetPolicy")].map((queryKey) => cache.invalidateQueries({ queryKey })));
  };
  return (
    <ConfirmDialog title={`Delete the trigger ${name}?`} action="Delete" onConfirm={remove} onClose={onClose}>
      What is published to the topic does not run {functionName} any more. The subscription goes, and the statement{" "}
      {statementIdFor(trigger.topicArn)} of the function&apos;s policy.
    </ConfirmDialog>
  );
}
