import type { LoggedInvocation } from "../monitor/invocations.ts";

/** The version is in the stream's name: `2026/11/27/[3]b1d4...`. */
export function countByVersion(invocations: readonly Pick<LoggedInvocation, "logStreamName">[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { logStreamName } of invocations) {
    const version = /\[(\$LATEST|\d+)\]/.exec(logStreamName)?.[1];
    if (version !== undefined) counts.set(version, (counts.get(version) ?? 0) + 1);
  }
  return counts;
}
