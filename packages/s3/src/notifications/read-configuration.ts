import { newUuid, parseArn } from "@mayfly/kernel";
import type { NotificationConfiguration, NotificationConfigurationFilter } from "@mayfly/wire/s3";
import { invalidArgument, malformedXml, notImplemented, overlapping } from "../faults.ts";
import { limits } from "../limits.ts";
import { eventTypes } from "./event-types.ts";
import { conflict, type FilterRule, type Notification, type NotificationKind } from "./notification.ts";

/** A configuration of any kind as a request has it. */
interface Given {
  readonly Id?: string | undefined;
  readonly Events?: readonly string[] | undefined;
  readonly Filter?: NotificationConfigurationFilter | undefined;
}

/** What S3 calls each kind in errors. */
const names: Readonly<Record<NotificationKind, string>> = { sns: "Topic", sqs: "Queue", lambda: "CloudFunction" };

/**
 * Reads a bucket's notification configuration. The texts are recorded ones.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
 * @throws Fault InvalidArgument, MalformedXML, NotImplemented
 */
export function readConfiguration(configuration: NotificationConfiguration): readonly Notification[] {
  const { TopicConfigurations = [], QueueConfigurations = [], LambdaFunctionConfigurations = [] } = configuration;
  if (configuration.EventBridgeConfiguration !== undefined) throw notImplemented("EventBridgeConfiguration");
  const notifications = [
    ...TopicConfigurations.map((given) => read("sns", given.TopicArn, given)),
    ...QueueConfigurations.map((given) => read("sqs", given.QueueArn, given)),
    ...LambdaFunctionConfigurations.map((given) => read("lambda", given.LambdaFunctionArn, given)),
  ];
  if (notifications.length > limits.notificationCount) throw malformedXml();
  checkTogether(notifications);
  return notifications;
}

function read(kind: NotificationKind, arn: string | undefined, { Id, Events = [], Filter }: Given): Notification {
  const parsed = parseArn(arn ?? "");
  if (arn === undefined || parsed?.service !== kind || parsed.accountId === "" || parsed.resource === "")
    throw invalidArgument("The ARN could not be parsed", names[kind], arn);
  if (kind !== "lambda" && arn.endsWith(".fifo"))
    throw invalidArgument("FIFO queues and topics can not be told of events", names[kind], arn);
  if (Events.length === 0) throw malformedXml();
  const unknown = Events.find((event) => !eventTypes.has(event));
  if (unknown !== undefined) throw invalidArgument("The event is not supported for notifications", "Event", unknown);
  return { id: Id ?? newUuid(), kind, arn, events: Events, rules: Filter?.Key?.FilterRules?.map(readRule) };
}

function readRule(
  { Name = "", Value = "" }: { readonly Name?: string | undefined; readonly Value?: string | undefined },
  at: number,
  all: readonly { readonly Name?: string | undefined }[],
): FilterRule {
  const name = Name.toLowerCase();
  if (name !== "prefix" && name !== "suffix")
    throw invalidArgument("filter rule name must be either prefix or suffix", "FilterRule.Name", Name);
  if (all.some((other, index) => index < at && other.Name?.toLowerCase() === name))
    throw invalidArgument(`Cannot specify more than one ${name} rule in a filter.`, "FilterRule.Name", Name);
  return { Name: name === "prefix" ? "Prefix" : "Suffix", Value };
}

function checkTogether(notifications: readonly Notification[]): void {
  if (new Set(notifications.map(({ id }) => id)).size < notifications.length)
    throw invalidArgument("Same ID used for multiple configurations. IDs must be unique", "Id");
  for (const [at, one] of notifications.entries()) {
    const other = notifications.slice(0, at).find((earlier) => conflict(one, earlier));
    if (other !== undefined) throw overlapping(one.rules !== undefined || other.rules !== undefined);
  }
}
