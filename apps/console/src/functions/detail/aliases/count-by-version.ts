import { versionOf, type LoggedInvocation } from "../monitor/invocations.ts";

/** How many of the invocations each version had. */
export function countByVersion(invocations: readonly Pick<LoggedInvocation, "logStreamName">[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { logStreamName } of invocations) {
    const version = versionOf(logStreamName);
    if (version !== undefined) counts.set(version, (counts.get(version) ?? 0) + 1);
  }
  return counts;
}
