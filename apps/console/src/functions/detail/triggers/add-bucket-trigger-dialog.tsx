import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useFlash } from "../../../app/flash.tsx";
import { useAccountId } from "../../../iam/account-id.ts";
import { permissionCommand } from "../../../policies/receiver-permission.ts";
import { BucketSelect } from "../../../s3/bucket-select.tsx";
import {
  notificationCommand,
  notificationsQuery,
  renewNotifications,
  saveNotification,
} from "../../../s3/notifications/change-notifications.ts";
import { BucketPermission, EventFields } from "../../../s3/notifications/notification-fields.tsx";
import { newNotification, problemsOf, senderOf, statementIdFor, type NotificationDraft } from "../../../s3/notifications/notification.ts";
import { FormDialog } from "../../../shared/form-dialog.tsx";
import { useDraft } from "../../../shared/use-draft.ts";
import { useCurrentFunction } from "../function-context.ts";

interface AddBucketTriggerDialogProps {
  /** Chooses another kind of source. */
  readonly sourceField: ReactNode;
  readonly onClose: () => void;
}

/** Has a bucket run the function by a notification beside those that are there, and on consent has the function's policy let the bucket in. */
export function AddBucketTriggerDialog({ sourceField, onClose }: AddBucketTriggerDialogProps) {
  const { functionName, configuration } = useCurrentFunction();
  const accountId = useAccountId();
  const [bucket, setBucket] = useState("");
  const [draft, change] = useDraft<NotificationDraft>(() => newNotification("lambda", configuration.FunctionArn ?? ""));
  const [isConsented, setConsented] = useState(true);
  const [isAware, setAware] = useState(false);
  const [isShown, setShown] = useState(false);
  const flash = useFlash();
  const cache = useQueryClient();
  // The command puts all that a bucket has.
  const others = useQuery({ ...notificationsQuery(bucket), enabled: bucket !== "" });
  const problems = problemsOf(draft);
  const add = async (): Promise<void> => {
    await saveNotification({ bucket, accountId }, draft, { permits: isConsented });
    await renewNotifications(cache);
    const permission = isConsented
      ? ` The function's policy has the statement ${statementIdFor(bucket)}, so that the bucket may run it.`
      : "";
    flash.success("trigger", `The trigger ${bucket} was added to the function ${functionName}.${permission}`);
  };
  return (
    <FormDialog
      title="Add trigger"
      action="Add"
      size="large"
      isValid={bucket !== "" && isAware && Object.keys(problems).length === 0}
      onInvalid={() => setShown(true)}
      submit={add}
      commands={[
        ...(isConsented ? [permissionCommand(senderOf(bucket || "BUCKET", accountId), "lambda", draft.arn)] : []),
        notificationCommand(bucket, [...(others.data ?? []), draft]),
      ]}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <div key="source">{sourceField}</div>
        <BucketSelect
          key="bucket"
          label="Bucket"
          bucket={bucket}
          problem={isShown && bucket === "" ? "Choose a bucket." : undefined}
          onChange={setBucket}
        />
        <EventFields key="events" draft={draft} problem={isShown ? problems.events : undefined} onChange={change} />
        <FormField
          key="recursion"
          label="Recursive invocation"
          stretch
          errorText={isShown && !isAware ? "Say that you know it." : undefined}
          description="A function that writes to the bucket that runs it, under the same prefix and suffix, runs itself again and again."
        >
          <Checkbox checked={isAware} onChange={({ detail }) => setAware(detail.checked)}>
            I know that using the same bucket for input and output is not recommended
          </Checkbox>
        </FormField>
        <BucketPermission key="permission" bucket={bucket} kind="lambda" consent={isConsented} onConsent={setConsented} />
      </SpaceBetween>
    </FormDialog>
  );
}
