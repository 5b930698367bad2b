import type { RuntimeFacts } from "./configuration/runtime-policy.ts";

/** PLACEHOLDER until the catalog lands. */
export const runtimeFacts: readonly RuntimeFacts[] = [
  "nodejs24.x",
  "nodejs22.x",
  "nodejs20.x",
  "python3.8",
  "python3.11",
  "python3.12",
  "python3.14",
].map((identifier) => ({
  identifier,
  refused: false,
  deprecatedAtMs: undefined,
  createBlockedAtMs: undefined,
  updateBlockedAtMs: undefined,
}));
