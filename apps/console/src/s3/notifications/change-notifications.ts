import { queryOptions, type QueryClient } from "@tanstack/react-query";
import { keyOf } from "../../api/hooks.ts";
import { send } from "../../api/send.ts";
import { forbidFunction, permit } from "../../policies/receiver-permission.ts";
import { cliCommand } from "../../shared/equivalent-cli.tsx";
import { configurationOf, notificationsOf, senderOf, type BucketNotification } from "./notification.ts";

/** A bucket, and whose it is. */
interface NotifyingBucket {
  readonly bucket: string;
  readonly accountId: string;
}

/** A bucket's notifications at this moment: others may have changed them. */
export const readNotifications = async (bucket: string, signal?: AbortSignal): Promise<BucketNotification[]> =>
  notificationsOf(await send("s3", "GetBucketNotificationConfiguration", { Bucket: bucket }, signal));

/** For useQuery: a bucket's notifications. */
export const notificationsQuery = (bucket: string) =>
  queryOptions({
    queryKey: keyOf("s3", "GetBucketNotificationConfiguration", { Bucket: bucket }),
    queryFn: ({ signal }) => readNotifications(bucket, signal),
  });

const inputOf = (bucket: string, notifications: readonly BucketNotification[]) => ({
  Bucket: bucket,
  NotificationConfiguration: configurationOf(notifications),
});

/** Puts a notification beside those that are there, or in the place of one. @param permits whether the receiver's policy is to let the bucket in */
export async function saveNotification(
  { bucket, accountId }: NotifyingBucket,
  notification: BucketNotification,
  { replaced, permits }: { readonly replaced?: string; readonly permits: boolean },
): Promise<void> {
  const sender = senderOf(bucket, accountId);
  const isNew = permits && (await permit(sender, notification.kind, notification.arn));
  try {
    const others = (await readNotifications(bucket)).filter(({ id }) => id !== replaced);
    await send("s3", "PutBucketNotificationConfiguration", inputOf(bucket, [...others, notification]));
  } catch (error) {
    // What is not told needs no permission.
    if (isNew && notification.kind === "lambda") await forbidFunction(sender, notification.arn).catch(() => undefined);
    throw error;
  }
}

/** Takes a notification away, and the function's permission if no other needs it. Answers whether that went. */
export async function removeNotification({ bucket, accountId }: NotifyingBucket, { id, kind, arn }: BucketNotification): Promise<boolean> {
  const others = (await readNotifications(bucket)).filter((each) => each.id !== id);
  // One of the others' receivers may be gone: that is no reason to keep this one.
  await send("s3", "PutBucketNotificationConfiguration", { ...inputOf(bucket, others), SkipDestinationValidation: true });
  const isLast = kind === "lambda" && !others.some((each) => each.arn === arn);
  if (isLast) await forbidFunction(senderOf(bucket, accountId), arn);
  return isLast;
}

/** What pages show of notifications is asked for anew. */
export const renewNotifications = (cache: QueryClient): Promise<unknown> =>
  Promise.all(
    [keyOf("s3", "GetBucketNotificationConfiguration"), keyOf("s3", "FunctionTriggers"), keyOf("lambda", "GetPolicy")].map((queryKey) =>
      cache.invalidateQueries({ queryKey }),
    ),
  );

/** What the aws CLI would be told. */
export const notificationCommand = (bucket: string, notifications: readonly BucketNotification[]): string =>
  cliCommand("s3api", "put-bucket-notification-configuration", {
    bucket: bucket || "NAME",
    "notification-configuration": configurationOf(notifications),
  });
