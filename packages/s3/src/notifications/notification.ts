import { eventsOverlap, isAskedFor, type ObjectEventName } from "./event-types.ts";

/** What kind of receiver a bucket tells of events. */
export type NotificationKind = "lambda" | "sqs" | "sns";

/** A rule of a filter, named as S3 tells it, however it was given. */
export interface FilterRule {
  readonly Name: "Prefix" | "Suffix";
  readonly Value: string;
}

/** One of a bucket's notification configurations. */
export interface Notification {
  readonly id: string;
  readonly kind: NotificationKind;
  readonly arn: string;
  readonly events: readonly string[];
  /** Undefined where there was no filter. */
  readonly rules: readonly FilterRule[] | undefined;
}

const ruleOf = ({ rules }: Notification, name: FilterRule["Name"]): string => rules?.find(({ Name }) => Name === name)?.Value ?? "";

/** True if the receiver is to be told of such an event, if the object's key fits. */
export const asksFor = ({ events }: Notification, name: ObjectEventName): boolean => events.some((pattern) => isAskedFor(pattern, name));

/** The rules that a key does not meet. */
export const unmetRules = ({ rules = [] }: Notification, key: string): readonly FilterRule[] =>
  rules.filter(({ Name, Value }) => !(Name === "Prefix" ? key.startsWith(Value) : key.endsWith(Value)));

const either = (one: string, other: string, within: (text: string, part: string) => boolean): boolean =>
  within(one, other) || within(other, one);

/** True if an event could be meant by both: they share a kind of event, and of their prefixes as of their suffixes one lies within the other. */
export const conflict = (one: Notification, other: Notification): boolean =>
  one.events.some((event) => other.events.some((another) => eventsOverlap(event, another))) &&
  either(ruleOf(one, "Prefix"), ruleOf(other, "Prefix"), (text, part) => text.startsWith(part)) &&
  either(ruleOf(one, "Suffix"), ruleOf(other, "Suffix"), (text, part) => text.endsWith(part));
