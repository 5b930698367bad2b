import type { ReceiverKind, Sender } from "../../policies/receiver-permission.ts";
import { bucketArn } from "../names.ts";

/** A bucket's notification of any kind. */
export interface BucketNotification {
  readonly id: string;
  readonly kind: ReceiverKind;
  readonly arn: string;
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

/** A form of one as it is filled in. */
export type NotificationDraft = BucketNotification;

/** What a new one begins as: all that is made, as AWS's console has it. */
export const newNotification = (kind: ReceiverKind, arn: string): NotificationDraft => ({
  id: crypto.randomUUID(),
  kind,
  arn,
  events: ["s3:ObjectCreated:*"],
  prefix: "",
  suffix: "",
});

/** The events that happen here, with words of AWS's console. https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html */
export const eventGroups: readonly { readonly label: string; readonly events: readonly (readonly [name: string, label: string])[] }[] = [
  {
    label: "Object creation",
    events: [
      ["s3:ObjectCreated:*", "All object create events"],
      ["s3:ObjectCreated:Put", "Put"],
      ["s3:ObjectCreated:Post", "Post"],
      ["s3:ObjectCreated:Copy", "Copy"],
      ["s3:ObjectCreated:CompleteMultipartUpload", "Multipart upload completed"],
    ],
  },
  {
    label: "Object removal",
    events: [
      ["s3:ObjectRemoved:*", "All object removal events"],
      ["s3:ObjectRemoved:Delete", "Permanently deleted"],
      ["s3:ObjectRemoved:DeleteMarkerCreated", "Delete marker created"],
    ],
  },
  {
    label: "Object tagging",
    events: [
      ["s3:ObjectTagging:*", "All object tagging events"],
      ["s3:ObjectTagging:Put", "Object tags added"],
      ["s3:ObjectTagging:Delete", "Object tags deleted"],
    ],
  },
  {
    label: "Lifecycle",
    events: [
      ["s3:LifecycleExpiration:*", "All object expiration events"],
      ["s3:LifecycleExpiration:Delete", "Object expired"],
      ["s3:LifecycleExpiration:DeleteMarkerCreated", "Delete marker added by Lifecycle"],
    ],
  },
];

const labels = new Map(eventGroups.flatMap(({ events }) => events));

/** An event in words; one that the console does not offer by its name. */
export const eventLabel = (event: string): string => labels.get(event) ?? event;

/** What is wrong with the fields, by their names. */
export function problemsOf({ id, arn, kind, events }: NotificationDraft): Partial<Record<"id" | "arn" | "events", string>> {
  const isIncluded = events.find((event) => !event.endsWith(":*") && events.includes(`${event.split(":").slice(0, 2).join(":")}:*`));
  return {
    ...((id === "" || id.length > 255) && { id: "Use 1 to 255 characters." }),
    ...(arn === "" && { arn: `Choose a ${receiverWords[kind]}.` }),
    ...(events.length === 0 && { events: "Choose an event." }),
    ...(isIncluded !== undefined && { events: `${eventLabel(isIncluded)} is among all events of its kind, which are chosen too.` }),
  };
}

/** What each kind of receiver is. */
export const receiverWords: Readonly<Record<ReceiverKind, string>> = { lambda: "function", sqs: "queue", sns: "topic" };

/** The bucket as its receivers' policies name it. */
export const senderOf = (bucket: string, accountId: string): Sender => ({
  principal: "s3.amazonaws.com",
  arn: bucketArn(bucket),
  accountId,
  statementId: statementIdFor(bucket),
});

/** The statement's name in a receiver's policy. */
export const statementIdFor = (bucket: string): string => `s3-${bucket.replaceAll(".", "-")}`;

interface Configured {
  readonly Id?: string | undefined;
  readonly Events?: readonly string[] | undefined;
  readonly Filter?:
    | { readonly Key?: { readonly FilterRules?: readonly { readonly Name?: string; readonly Value?: string }[] } }
    | undefined;
}

/** What GetBucketNotificationConfiguration answers, as far as it is used here. */
interface NotificationLists {
  readonly LambdaFunctionConfigurations?: readonly (Configured & { readonly LambdaFunctionArn?: string | undefined })[] | undefined;
  readonly QueueConfigurations?: readonly (Configured & { readonly QueueArn?: string | undefined })[] | undefined;
  readonly TopicConfigurations?: readonly (Configured & { readonly TopicArn?: string | undefined })[] | undefined;
}

/** All notifications of a bucket. */
export function notificationsOf(lists: NotificationLists): BucketNotification[] {
  const { LambdaFunctionConfigurations = [], QueueConfigurations = [], TopicConfigurations = [] } = lists;
  return [
    ...LambdaFunctionConfigurations.map((each) => read("lambda", each.LambdaFunctionArn, each)),
    ...QueueConfigurations.map((each) => read("sqs", each.QueueArn, each)),
    ...TopicConfigurations.map((each) => read("sns", each.TopicArn, each)),
  ];
}

function read(kind: ReceiverKind, arn = "", { Id = "", Events = [], Filter }: Configured): BucketNotification {
  const rule = (name: string): string => Filter?.Key?.FilterRules?.find(({ Name }) => Name?.toLowerCase() === name)?.Value ?? "";
  return { id: Id, kind, arn, events: Events, prefix: rule("prefix"), suffix: rule("suffix") };
}

/** What PutBucketNotificationConfiguration is asked for. */
export function configurationOf(notifications: readonly BucketNotification[]) {
  const of = (kind: ReceiverKind) => notifications.filter((each) => each.kind === kind);
  const [functions, queues, topics] = [of("lambda"), of("sqs"), of("sns")];
  return {
    ...(functions.length > 0 && {
      LambdaFunctionConfigurations: functions.map((each) => ({ ...shape(each), LambdaFunctionArn: each.arn })),
    }),
    ...(queues.length > 0 && { QueueConfigurations: queues.map((each) => ({ ...shape(each), QueueArn: each.arn })) }),
    ...(topics.length > 0 && { TopicConfigurations: topics.map((each) => ({ ...shape(each), TopicArn: each.arn })) }),
  };
}

function shape({ id, events, prefix, suffix }: BucketNotification) {
  const rules = [
    ...(prefix === "" ? [] : [{ Name: "prefix" as const, Value: prefix }]),
    ...(suffix === "" ? [] : [{ Name: "suffix" as const, Value: suffix }]),
  ];
  return { Id: id, Events: events as "s3:ObjectCreated:*"[], ...(rules.length > 0 && { Filter: { Key: { FilterRules: rules } } }) };
}
