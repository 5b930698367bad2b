import type { LifecycleRule } from "@aws-sdk/client-s3";

/** A rule's form as it is filled in. Days that are empty: it does not do that. */
export interface LifecycleDraft {
  readonly id: string;
  readonly isEnabled: boolean;
  readonly prefix: string;
  readonly expireDays: string;
  readonly removesMarkers: boolean;
  readonly noncurrentDays: string;
  readonly abortDays: string;
}

/** What a new rule begins as. */
export const newRule: LifecycleDraft = {
  id: "",
  isEnabled: true,
  prefix: "",
  expireDays: "",
  removesMarkers: false,
  noncurrentDays: "",
  abortDays: "",
};

/** The prefix of a rule in either of its forms. */
export const prefixOf = ({ Prefix, Filter }: LifecycleRule): string => Prefix ?? Filter?.Prefix ?? Filter?.And?.Prefix ?? "";

/** Whether the form has all of a rule: others are kept as they are, and edited by the API. */
export const isSimple = ({ Expiration, Filter, NoncurrentVersionExpiration }: LifecycleRule): boolean =>
  Expiration?.Date === undefined &&
  NoncurrentVersionExpiration?.NewerNoncurrentVersions === undefined &&
  Object.keys(Filter ?? {}).every((name) => name === "Prefix");

const text = (days: number | undefined): string => (days === undefined ? "" : String(days));

/** The form of a rule that is there. */
export const draftOf = (rule: LifecycleRule): LifecycleDraft => ({
  id: rule.ID ?? "",
  isEnabled: rule.Status === "Enabled",
  prefix: prefixOf(rule),
  expireDays: text(rule.Expiration?.Days),
  removesMarkers: rule.Expiration?.ExpiredObjectDeleteMarker ?? false,
  noncurrentDays: text(rule.NoncurrentVersionExpiration?.NoncurrentDays),
  abortDays: text(rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation),
});

/** The rule that a form says. */
export const ruleOf = ({
  id,
  isEnabled,
  prefix,
  expireDays,
  removesMarkers,
  noncurrentDays,
  abortDays,
}: LifecycleDraft): LifecycleRule => ({
  ID: id,
  Status: isEnabled ? "Enabled" : "Disabled",
  Filter: { Prefix: prefix },
  ...(expireDays !== "" && { Expiration: { Days: Number(expireDays) } }),
  ...(removesMarkers && expireDays === "" && { Expiration: { ExpiredObjectDeleteMarker: true } }),
  ...(noncurrentDays !== "" && { NoncurrentVersionExpiration: { NoncurrentDays: Number(noncurrentDays) } }),
  ...(abortDays !== "" && { AbortIncompleteMultipartUpload: { DaysAfterInitiation: Number(abortDays) } }),
});

/** What is wrong with the fields, by their names; `actions`: the rule does nothing. */
export function problemsOf(draft: LifecycleDraft, others: readonly LifecycleRule[]): Readonly<Record<string, string>> {
  const { id, expireDays, removesMarkers, noncurrentDays, abortDays } = draft;
  const days = { expireDays, noncurrentDays, abortDays };
  const wrong = Object.entries(days).filter(([, value]) => value !== "" && !/^[1-9]\d*$/.test(value));
  return {
    ...Object.fromEntries(wrong.map(([name]) => [name, "A whole number of days, from 1 on."])),
    ...((id === "" || id.length > 255) && { id: "Use 1 to 255 characters." }),
    ...(others.some(({ ID }) => ID === id) && { id: "Another rule is called that." }),
    ...(removesMarkers && expireDays !== "" && { removesMarkers: "A rule that expires objects does that by itself." }),
    ...(Object.values(days).every((value) => value === "") && !removesMarkers && { actions: "Say what the rule does." }),
  };
}

const dayText = (days: number | undefined): string => (days === 1 ? "1 day" : `${days} days`);

/** What a rule does, in words. */
export function actionTexts(rule: LifecycleRule): string[] {
  const { Expiration, NoncurrentVersionExpiration, AbortIncompleteMultipartUpload } = rule;
  const newer = NoncurrentVersionExpiration?.NewerNoncurrentVersions;
  return [
    Expiration?.Days === undefined ? "" : `Objects expire after ${dayText(Expiration.Days)}`,
    Expiration?.Date === undefined ? "" : `Objects expire on ${new Date(Expiration.Date).toISOString().slice(0, 10)}`,
    Expiration?.ExpiredObjectDeleteMarker ? "Delete markers with nothing behind them go" : "",
    NoncurrentVersionExpiration
      ? `Earlier versions go after ${dayText(NoncurrentVersionExpiration.NoncurrentDays)}${newer ? `, but for the newest ${newer}` : ""}`
      : "",
    AbortIncompleteMultipartUpload
      ? `Uploads that are not completed go after ${dayText(AbortIncompleteMultipartUpload.DaysAfterInitiation)}`
      : "",
  ].filter((each) => each !== "");
}
