import type { GroupRecord } from "./store/log-store.ts";

const dayMs = 86_400_000;

/** Lines older than this are expired; undefined if the group keeps all. Epoch milliseconds. */
export const retainedFromMs = ({ retentionInDays }: Pick<GroupRecord, "retentionInDays">, nowMs: number): number | undefined =>
  retentionInDays === null ? undefined : nowMs - retentionInDays * dayMs;

/** The start of a range of time, no earlier than the group's lines are kept. */
export function visibleFromMs(group: GroupRecord, nowMs: number, startTime: number | undefined): number | undefined {
  const retained = retainedFromMs(group, nowMs);
  return startTime === undefined || retained === undefined ? (startTime ?? retained) : Math.max(startTime, retained);
}
