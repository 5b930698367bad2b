import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFlash } from "../../app/flash.tsx";
import { FunctionSelect } from "../../functions/function-select.tsx";
import { useAccountId } from "../../iam/account-id.ts";
import { permissionCommand, type ReceiverKind } from "../../policies/receiver-permission.ts";
import { FormDialog } from "../../shared/form-dialog.tsx";
import { useDraft } from "../../shared/use-draft.ts";
import { TopicSelect } from "../../sns/topic-select.tsx";
import { QueueSelect } from "../../sqs/queue-select.tsx";
import type { OfBucket } from "../bucket.ts";
import { notificationCommand, renewNotifications, saveNotification } from "./change-notifications.ts";
import { newNotification, problemsOf, receiverWords, senderOf, statementIdFor, type BucketNotification } from "./notification.ts";
import { BucketPermission, EventFields } from "./notification-fields.tsx";

interface NotificationDialogProps extends OfBucket {
  /** Those that are there. */
  readonly all: readonly BucketNotification[];
  /** The one to change; absent: a new one. */
  readonly before?: BucketNotification | undefined;
  readonly onClose: () => void;
}

/** Has a bucket tell a function, a queue or a topic of events, and on consent has that one's policy let the bucket in. */
export function NotificationDialog({ bucket, all, before, onClose }: NotificationDialogProps) {
  const [draft, change] = useDraft(() => before ?? newNotification("lambda", ""));
  const [isConsented, setConsented] = useState(true);
  const [isShown, setShown] = useState(false);
  const accountId = useAccountId();
  const cache = useQueryClient();
  const flash = useFlash();
  const problems = problemsOf(draft);
  const save = async (): Promise<void> => {
    await saveNotification({ bucket, accountId }, draft, { ...(before && { replaced: before.id }), permits: isConsented });
    await renewNotifications(cache);
    const permission = isConsented ? ` The ${receiverWords[draft.kind]}'s policy has the statement ${statementIdFor(bucket)}.` : "";
    flash.success("notification", `The event notification ${draft.id} of ${bucket} was saved.${permission}`);
  };
  const others = all.filter(({ id }) => id !== before?.id);
  return (
    <FormDialog
      title={before ? `Edit event notification ${before.id}` : "Create event notification"}
      action={before ? "Save" : "Create"}
      size="large"
      isValid={Object.keys(problems).length === 0}
      onInvalid={() => setShown(true)}
      submit={save}
      commands={[
        ...(isConsented ? [permissionCommand(senderOf(bucket, accountId), draft.kind, draft.arn)] : []),
        notificationCommand(bucket, [...others, draft]),
      ]}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <FormField key="id" label="Event name" errorText={isShown ? problems.id : undefined}>
          <Input value={draft.id} spellcheck={false} onChange={({ detail }) => change({ id: detail.value })} />
        </FormField>
        <EventFields key="events" draft={draft} problem={isShown ? problems.events : undefined} onChange={change} />
        <FormField key="kind" label="Destination" stretch>
          <Tiles
            value={draft.kind}
            columns={3}
            items={[
              { value: "lambda", label: "Lambda function" },
              { value: "sns", label: "SNS topic" },
              { value: "sqs", label: "SQS queue" },
            ]}
            onChange={({ detail }) => change({ kind: detail.value as ReceiverKind, arn: "" })}
          />
        </FormField>
        <Receiver key="receiver" draft={draft} problem={isShown ? problems.arn : undefined} onChange={(arn) => change({ arn })} />
        <BucketPermission key="permission" bucket={bucket} kind={draft.kind} consent={isConsented} onConsent={setConsented} />
      </SpaceBetween>
    </FormDialog>
  );
}

interface ReceiverProps {
  readonly draft: BucketNotification;
  readonly problem: string | undefined;
  readonly onChange: (arn: string) => void;
}

function Receiver({ draft: { kind, arn }, problem, onChange }: ReceiverProps) {
  const field = { arn, problem, onChange };
  if (kind === "sqs") return <QueueSelect label="SQS queue" description="A standard queue." isFifo={false} {...field} />;
  if (kind === "sns") return <TopicSelect label="SNS topic" description="A standard topic." isStandard {...field} />;
  return <FunctionSelect label="Lambda function" {...field} />;
}
