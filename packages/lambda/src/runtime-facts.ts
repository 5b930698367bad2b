import { runtimeCatalog } from "@mayfly/runtimes";
import type { RuntimeFacts } from "./configuration/runtime-policy.ts";

/**
 * The days from which AWS refuses deprecated runtimes, at the earliest; a runtime that is deprecated later follows after a month, then another.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
const firstBlockDays = { create: "2027-02-01", update: "2027-03-03" } as const;
const blockDelaysMs = { create: 30 * 86_400_000, update: 60 * 86_400_000 } as const;

/** The catalog of runtimes, as the policy about them reads it. */
export const runtimeFacts: readonly RuntimeFacts[] = [...runtimeCatalog.values()].map(({ id, refused, deprecatedOn }) => {
  const deprecatedAtMs = deprecatedOn === undefined ? undefined : Date.parse(deprecatedOn);
  const blockedAtMs = (purpose: "create" | "update"): number | undefined =>
    deprecatedAtMs === undefined ? undefined : Math.max(Date.parse(firstBlockDays[purpose]), deprecatedAtMs + blockDelaysMs[purpose]);
  return { identifier: id, refused, deprecatedAtMs, createBlockedAtMs: blockedAtMs("create"), updateBlockedAtMs: blockedAtMs("update") };
});
