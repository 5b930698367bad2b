import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../../api/hooks.ts";
import { send } from "../../api/send.ts";
import { useFlash } from "../../app/flash.tsx";
import { ConfirmDialog } from "../../shared/confirm-dialog.tsx";
import { cliCommand } from "../../shared/equivalent-cli.tsx";
import { FormDialog } from "../../shared/form-dialog.tsx";
import { tokenOf } from "./confirmation-token.ts";
import { subscriptionIdOf } from "./subscription.ts";

interface DeleteSubscriptionDialogProps {
  readonly arn: string;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Deletes a subscription after a confirmation. */
export function DeleteSubscriptionDialog({ arn, onClose, onDeleted }: DeleteSubscriptionDialogProps) {
  const cache = useQueryClient();
  const flash = useFlash();
  const remove = async (): Promise<void> => {
    await send("sns", "Unsubscribe", { SubscriptionArn: arn });
    onDeleted();
    flash.success("subscription", `Deleted the subscription ${subscriptionIdOf(arn)}.`);
    cache.removeQueries({ queryKey: keyOf("sns", "GetSubscriptionAttributes", { SubscriptionArn: arn }) });
    await cache.invalidateQueries({ queryKey: keyOf("sns") });
  };
  return (
    <ConfirmDialog title={`Delete the subscription ${subscriptionIdOf(arn)}?`} action="Delete" onConfirm={remove} onClose={onClose}>
      No message goes to its endpoint any more. That can&apos;t be undone. A permission of the function or queue stays.
    </ConfirmDialog>
  );
}

interface ConfirmSubscriptionDialogProps {
  readonly topicArn: string;
  readonly onClose: () => void;
}

/** Confirms a subscription by the link, or the token in it, that came to its endpoint. */
export function ConfirmSubscriptionDialog({ topicArn, onClose }: ConfirmSubscriptionDialogProps) {
  const [text, setText] = useState("");
  const [isShown, setShown] = useState(false);
  const cache = useQueryClient();
  const flash = useFlash();
  const Token = tokenOf(text);
  const confirm = async (): Promise<void> => {
    const { SubscriptionArn = "" } = await send("sns", "ConfirmSubscription", { TopicArn: topicArn, Token });
    await cache.invalidateQueries({ queryKey: keyOf("sns") });
    flash.success("subscription", `Confirmed the subscription ${subscriptionIdOf(SubscriptionArn)}.`);
  };
  return (
    <FormDialog
      title="Confirm subscription"
      action="Confirm subscription"
      isValid={Token !== ""}
      onInvalid={() => setShown(true)}
      submit={confirm}
      commands={[cliCommand("sns", "confirm-subscription", { "topic-arn": topicArn, token: Token || "TOKEN" })]}
      onClose={onClose}
    >
      <FormField
        label="Confirmation link"
        description="The link that came to the endpoint, or the token in it."
        errorText={isShown && Token === "" ? "The link is needed." : undefined}
      >
        <Input value={text} spellcheck={false} onChange={({ detail }) => setText(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
