import type { NewNotice } from "@mayfly/db";
import type { RequestContext } from "@mayfly/kernel";
import { bucketArn, type Bucket } from "../buckets/bucket.ts";
import { sequencerOf, type ObjectEvent } from "./event-record.ts";
import type { S3Resources } from "../resources.ts";
import { asksFor, unmetRules, type Notification, type NotificationKind } from "./notification.ts";

/** What a notice holds. */
export interface StoredNotice {
  readonly event: ObjectEvent;
  readonly configurationId: string;
  readonly kind: NotificationKind;
  /** By which the trail knows it. */
  readonly eventId: string;
}

/** Who did it. */
type Doer = Pick<ObjectEvent, "principalId" | "sourceIp" | "requestId">;

/** Whoever sent a request. */
export const doerOf = ({ principal, sourceIp, requestId }: Pick<RequestContext, "principal" | "sourceIp" | "requestId">): Doer => ({
  principalId: principal.kind === "service" || principal.kind === "anonymous" ? principal.userId : `AWS:${principal.userId}`,
  sourceIp,
  requestId,
});

/** Whom a bucket is to tell of an event: what is to be written with the change. @param eventId the request's id, if nothing else is said */
export const noticesOf = (bucket: Bucket, event: ObjectEvent, eventId: string = event.requestId): readonly NewNotice[] =>
  asking(bucket, event)
    .filter((notification) => unmetRules(notification, event.key).length === 0)
    .map(({ id, kind, arn }) => ({
      receiver: arn,
      content: JSON.stringify({ event, configurationId: id, kind, eventId } satisfies StoredNotice),
    }));

const asking = ({ settings }: Bucket, { name }: ObjectEvent): readonly Notification[] =>
  (settings.notifications ?? []).filter((notification) => asksFor(notification, name));

/** An event of a bucket. */
export const eventOf = ({ name, region, accountId }: Bucket, event: Omit<ObjectEvent, "bucket">): ObjectEvent => ({
  ...event,
  bucket: { name, region, accountId },
});

/** What the trail knows an event by. */
interface Told {
  /** The request's id, if nothing else is said. */
  readonly eventId?: string;
  /** Of a new object. */
  readonly sequence?: number;
}

/** An event happened, and its notices are written: they are delivered, and the trail knows to whom, and to whom not, because of which rule. */
export function tell(
  { notifier, trail }: Pick<S3Resources, "notifier" | "trail">,
  bucket: Bucket,
  event: ObjectEvent,
  notices: readonly NewNotice[],
  { eventId = event.requestId, sequence }: Told = {},
): void {
  for (const notification of bucket.settings.notifications ?? []) {
    const why = unmet(notification, event);
    trail.note(placeOf(bucket, notification.id, notification.arn), eventId, {
      ...(why.length === 0 ? { kind: "accepted" } : { kind: "filtered", why }),
      requestId: event.requestId,
      ...(sequence !== undefined && { sequencer: sequencerOf(sequence) }),
    });
  }
  notifier.wake(notices);
}

/** What a configuration asks for in vain, each as the trail tells it. */
const unmet = (notification: Notification, { name, key }: ObjectEvent): readonly string[] =>
  asksFor(notification, name)
    ? unmetRules(notification, key).map(({ Name, Value }) => `${Name.toLowerCase()}: ${Value}`)
    : [`events: ${notification.events.join(", ")}`];

/** Between what an event is on its way. */
export const placeOf = (
  { name, accountId, region }: Pick<Bucket, "name" | "accountId" | "region">,
  configurationId: string,
  arn: string,
) => ({
  accountId,
  region,
  sourceArn: bucketArn(name),
  mappingUuid: configurationId,
  functionArn: arn,
});
