import type { InputOf, OutputOf, RequestContext } from "@mayfly/kernel";
import type { Event, FilterRule } from "@mayfly/wire/s3";
import type { Bucket } from "../buckets/bucket.ts";
import { changeSetting, tells } from "../buckets/configuration.ts";
import { invalidDestination } from "../faults.ts";
import { bucketOf, onBucket } from "../iam-rules.ts";
import { testEvent } from "../notifications/event-record.ts";
import type { Notification } from "../notifications/notification.ts";
import { readConfiguration } from "../notifications/read-configuration.ts";
import { firstRefusal, identityFor, receivers } from "../notifications/receivers.ts";
import type { S3Operation, S3Resources } from "../resources.ts";

type Input = InputOf<"s3", "PutBucketNotificationConfiguration">;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html */
export const putBucketNotificationConfiguration: S3Operation<"PutBucketNotificationConfiguration"> = {
  iam: onBucket<Input>("s3:PutBucketNotification"),
  async run(resources, ctx, input) {
    const bucket = bucketOf(resources, input);
    const notifications = readConfiguration(input.NotificationConfiguration);
    if (!input.SkipDestinationValidation) {
      const refusal = await firstRefusal(resources, bucket, notifications);
      if (refusal !== undefined) throw invalidDestination(refusal.name, refusal.reason);
      await sendTestEvents(resources, ctx, bucket, notifications);
    }
    return changeSetting(resources, input, () => ({ notifications: notifications.length === 0 ? undefined : notifications }));
  },
};

/** Queues and topics that were not there before are sent an event, to see that they can be. */
async function sendTestEvents(
  resources: S3Resources,
  { requestId }: RequestContext,
  bucket: Bucket,
  notifications: readonly Notification[],
): Promise<void> {
  const known = new Set(bucket.settings.notifications?.map(({ arn }) => arn));
  const body = JSON.stringify(testEvent(bucket, requestId, resources.clock.now()));
  const tested = notifications.filter(({ kind, arn }) => receivers[kind].isTested && !known.has(arn));
  for (const [arn, { kind }] of new Map(tested.map((each) => [each.arn, each])))
    await receivers[kind].tell(resources, arn, identityFor(bucket, arn), body);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketNotificationConfiguration.html */
export const getBucketNotificationConfiguration = tells<"GetBucketNotificationConfiguration">(
  "s3:GetBucketNotification",
  ({ settings: { notifications = [] } }): OutputOf<"s3", "GetBucketNotificationConfiguration"> => {
    const of = (kind: Notification["kind"]) => notifications.filter((each) => each.kind === kind);
    const [topics, queues, functions] = [of("sns"), of("sqs"), of("lambda")];
    return {
      ...(topics.length > 0 && { TopicConfigurations: topics.map((each) => ({ ...shape(each), TopicArn: each.arn })) }),
      ...(queues.length > 0 && { QueueConfigurations: queues.map((each) => ({ ...shape(each), QueueArn: each.arn })) }),
      ...(functions.length > 0 && {
        LambdaFunctionConfigurations: functions.map((each) => ({ ...shape(each), LambdaFunctionArn: each.arn })),
      }),
    };
  },
);

const shape = ({ id, events, rules }: Notification) => ({
  Id: id,
  Events: events as Event[],
  // S3 tells the names of rules with a capital, though its model has them without.
  ...(rules !== undefined && { Filter: { Key: { FilterRules: rules as unknown as FilterRule[] } } }),
});
