import type { FunctionKey } from "@mayfly/lambda";
import type { FunctionReplayConfig } from "@mayfly/wire/mayfly";
import { mayflyLimits as limits } from "../limits.ts";
import type { MayflyResources } from "../resources.ts";

/** Whether a function's invocations are kept, and how many are. */
export async function shapeReplayConfig({ kept }: MayflyResources, key: FunctionKey): Promise<FunctionReplayConfig> {
  const { count, bytes } = await kept.usage(key);
  return {
    KeepInvocations: kept.isAllowed(key),
    KeptCount: count,
    KeptBytes: bytes,
    MaximumCount: limits.keptInvocationCount,
    MaximumBytes: limits.keptInvocationsBytes,
    MaximumAgeSeconds: limits.keptInvocationMs / 1000,
  };
}
