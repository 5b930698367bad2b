import type { LifecycleRule, LifecycleRuleFilter } from "@mayfly/wire/s3";
import { invalidArgument, invalidRequest, malformedXml, notImplemented } from "../faults.ts";
import { limits } from "../limits.ts";
import type { Tags } from "../tags.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html @throws Fault */
export function checkRules(rules: readonly LifecycleRule[]): void {
  if (rules.length === 0 || rules.length > limits.lifecycleRuleCount) throw malformedXml();
  const ids = rules.map(({ ID }) => ID).filter((id) => id !== undefined);
  if (new Set(ids).size < ids.length) throw invalidArgument("RuleId must be unique. Found same ID for more than one rule", "ID");
  rules.forEach(checkRule);
}

function checkRule({
  ID,
  Filter,
  Prefix,
  Expiration,
  NoncurrentVersionExpiration,
  AbortIncompleteMultipartUpload,
  ...rest
}: LifecycleRule): void {
  if ((ID?.length ?? 0) > 255) throw invalidArgument("ID length should not exceed allowed limit of 255", "ID");
  // Storage classes are one here: nothing would move.
  if (rest.Transitions !== undefined || rest.NoncurrentVersionTransitions !== undefined) throw notImplemented("Transition");
  // A rule without either is for everything only if it says so.
  if ((Filter === undefined) === (Prefix === undefined)) throw malformedXml();
  checkFilter(Filter ?? {}, { AbortIncompleteMultipartUpload, Expiration });
  if (Expiration === undefined && NoncurrentVersionExpiration === undefined && AbortIncompleteMultipartUpload === undefined)
    throw invalidRequest("At least one action needs to be specified in a rule");
  const given = [Expiration?.Days, Expiration?.Date, Expiration?.ExpiredObjectDeleteMarker].filter((value) => value !== undefined);
  if (Expiration !== undefined && given.length !== 1) throw malformedXml();
  const days = [Expiration?.Days, NoncurrentVersionExpiration?.NoncurrentDays, AbortIncompleteMultipartUpload?.DaysAfterInitiation];
  if (days.some((count) => count !== undefined && count < 1))
    throw invalidArgument("'Days' for Expiration action must be a positive integer", "Days");
  if (Expiration?.Date !== undefined && Expiration.Date.getTime() % dayMs !== 0)
    throw invalidArgument("'Date' must be at midnight GMT", "Date");
}

/** Uploads and delete markers have neither tags nor sizes. */
function checkFilter(
  { And, ...single }: LifecycleRuleFilter,
  { AbortIncompleteMultipartUpload, Expiration }: Pick<LifecycleRule, "AbortIncompleteMultipartUpload" | "Expiration">,
): void {
  const given = Object.values({ And, ...single }).filter((value) => value !== undefined);
  if (given.length > 1) throw malformedXml();
  const { Tag, ObjectSizeGreaterThan, ObjectSizeLessThan } = { ...And, ...single };
  const hasTags = Tag !== undefined || (And?.Tags ?? []).length > 0;
  const hasSizes = ObjectSizeGreaterThan !== undefined || ObjectSizeLessThan !== undefined;
  if (AbortIncompleteMultipartUpload !== undefined && (hasTags || hasSizes))
    throw invalidRequest(`AbortIncompleteMultipartUpload cannot be specified with ${hasTags ? "Tags" : "Object Size"}.`);
  if (Expiration?.ExpiredObjectDeleteMarker && (hasTags || hasSizes))
    throw invalidRequest(`ExpiredObjectDeleteMarker cannot be specified with ${hasTags ? "Tags" : "Object Size"}.`);
}

const dayMs = 86_400_000;

/** Times become texts when they are kept. */
const dateOf = (value: Date | string): number => new Date(value).getTime();

/** When something that is so old is to go: at the next midnight after so many days. */
export const expiryMs = (sinceMs: number, days: number): number => Math.ceil((sinceMs + days * dayMs) / dayMs) * dayMs;

/** When a rule is over an object that is current; undefined if it is for other things. */
export function expiresAtMs({ Expiration: { Days, Date: date } = {} }: LifecycleRule, lastModifiedMs: number): number | undefined {
  if (date !== undefined) return dateOf(date);
  return Days === undefined ? undefined : expiryMs(lastModifiedMs, Days);
}

/** What of an object a rule's filter looks at. */
export interface Filtered {
  readonly key: string;
  readonly size: number;
  readonly tags: Tags;
}

/** The prefix that a rule is for. */
export const prefixOf = ({ Prefix, Filter }: LifecycleRule): string => Prefix ?? Filter?.Prefix ?? Filter?.And?.Prefix ?? "";

/** Whether a rule is for an object of its prefix. */
export function isFor({ Filter }: LifecycleRule, object: Filtered): boolean {
  const { And, ...single } = Filter ?? {};
  return (
    fits(single, object) &&
    (And === undefined || (fits(And, object) && (And.Tags ?? []).every(({ Key = "", Value }) => object.tags[Key] === Value)))
  );
}

/**
 * What answers tell of the rule that removes a current object first.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-expire-general-considerations.html
 */
export function expirationOutput(rules: readonly LifecycleRule[] | undefined, object: Filtered & { readonly lastModifiedMs: number }) {
  const over = (rules ?? [])
    .filter((rule) => rule.Status === "Enabled" && object.key.startsWith(prefixOf(rule)) && isFor(rule, object))
    .map((rule) => ({ id: rule.ID ?? "", atMs: expiresAtMs(rule, object.lastModifiedMs) ?? Infinity }));
  const first = over.toSorted((a, b) => a.atMs - b.atMs)[0];
  if (first === undefined || first.atMs === Infinity) return {};
  return { Expiration: `expiry-date="${new Date(first.atMs).toUTCString()}", rule-id="${encodeURIComponent(first.id)}"` };
}

const fits = ({ Tag, ObjectSizeGreaterThan, ObjectSizeLessThan }: LifecycleRuleFilter, { size, tags }: Filtered): boolean =>
  (Tag === undefined || tags[Tag.Key ?? ""] === Tag.Value) &&
  (ObjectSizeGreaterThan === undefined || size > ObjectSizeGreaterThan) &&
  (ObjectSizeLessThan === undefined || size < ObjectSizeLessThan);
