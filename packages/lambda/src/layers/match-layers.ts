import type { LayerVersionRecord } from "./layer-store.ts";

/** Which layer versions a list is to have. */
export interface LayerFilter {
  readonly CompatibleRuntime?: string | undefined;
  readonly CompatibleArchitecture?: string | undefined;
}

/** What a version does not say it fits, it is not listed for. */
export const matchesFilter =
  ({ CompatibleRuntime: runtime, CompatibleArchitecture: architecture }: LayerFilter) =>
  ({ compatibleRuntimes = [], compatibleArchitectures = [] }: LayerVersionRecord): boolean =>
    (runtime === undefined || compatibleRuntimes.includes(runtime)) &&
    (architecture === undefined || compatibleArchitectures.includes(architecture));
