import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../../../api/problem.ts";
import { useFlash } from "../../../app/flash.tsx";
import { useAccountId } from "../../../iam/account-id.ts";
import { permit } from "../../../policies/receiver-permission.ts";
import { removeNotification, renewNotifications } from "../../../s3/notifications/change-notifications.ts";
import { senderOf, statementIdFor } from "../../../s3/notifications/notification.ts";
import { ConfirmDialog } from "../../../shared/confirm-dialog.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { bucketStateText, type BucketTrigger } from "./use-bucket-triggers.ts";

interface BucketTriggerProps {
  readonly trigger: BucketTrigger;
}

/** Whether the bucket may run the function, and a way to let it. */
export function BucketTriggerState({ trigger }: BucketTriggerProps) {
  const accountId = useAccountId();
  const cache = useQueryClient();
  const flash = useFlash();
  const fix = useMutation({
    mutationFn: () => permit(senderOf(trigger.bucket, accountId), "lambda", trigger.notification.arn),
    onSuccess: () => renewNotifications(cache),
    onError: (error) => flash.error("trigger", "The permission was not given", problemOf(error)),
  });
  if (trigger.isPermitted) return <StatusIndicator type="success">{bucketStateText(trigger)}</StatusIndicator>;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <StatusIndicator key="state" type="error">
        {bucketStateText(trigger)}
      </StatusIndicator>
      <Button key="fix" variant="inline-link" ariaLabel={`Fix ${trigger.bucket}`} loading={fix.isPending} onClick={() => fix.mutate()}>
        Fix
      </Button>
    </SpaceBetween>
  );
}

/** Deletes a bucket's trigger. */
export function BucketTriggerActions({ trigger }: BucketTriggerProps) {
  const [isDeleting, setDeleting] = useState(false);
  return (
    <>
      <Button variant="inline-link" ariaLabel={`Delete ${trigger.bucket}`} onClick={() => setDeleting(true)}>
        Delete
      </Button>
      {isDeleting && <DeleteBucketTriggerDialog trigger={trigger} onClose={() => setDeleting(false)} />}
    </>
  );
}

function DeleteBucketTriggerDialog({ trigger, onClose }: BucketTriggerProps & { readonly onClose: () => void }) {
  const { functionName } = useCurrentFunction();
  const { bucket, notification } = trigger;
  const accountId = useAccountId();
  const cache = useQueryClient();
  const flash = useFlash();
  const remove = async (): Promise<void> => {
    const isForbidden = await removeNotification({ bucket, accountId }, notification);
    await renewNotifications(cache);
    flash.success(
      "trigger",
      `The trigger ${bucket} was deleted: the bucket's notification${isForbidden ? " and the function's permission for it" : ""}.`,
    );
  };
  return (
    <ConfirmDialog title={`Delete the trigger ${bucket}?`} action="Delete" onConfirm={remove} onClose={onClose}>
      What happens in the bucket does not run {functionName} any more. The notification goes, and the statement {statementIdFor(bucket)} of
      the function&apos;s policy unless another notification of the bucket needs it.
    </ConfirmDialog>
  );
}
