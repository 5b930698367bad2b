/** A stretch of time: the last so many milliseconds, or between two moments. */
export type TimeRange =
  | { readonly kind: "relative"; readonly ms: number }
  | { readonly kind: "absolute"; readonly startMs: number; readonly endMs: number };

/** The stretches that are one click away. */
export const quickRanges: readonly { readonly id: string; readonly ms: number }[] = [
  { id: "1m", ms: 60_000 },
  { id: "5m", ms: 5 * 60_000 },
  { id: "30m", ms: 30 * 60_000 },
  { id: "1h", ms: 3_600_000 },
  { id: "3h", ms: 3 * 3_600_000 },
  { id: "12h", ms: 12 * 3_600_000 },
  { id: "1d", ms: 86_400_000 },
  { id: "1w", ms: 7 * 86_400_000 },
];

/** Reads a range from the address: `1h`, or `START~END` in epoch milliseconds; undefined is all there is. */
export function readRange(text: string | undefined): TimeRange | undefined {
  if (text === undefined) return undefined;
  const quick = quickRanges.find(({ id }) => id === text);
  if (quick) return { kind: "relative", ms: quick.ms };
  const [, start, end] = /^(\d+)~(\d+)$/.exec(text) ?? [];
  return start && end ? { kind: "absolute", startMs: Number(start), endMs: Number(end) } : undefined;
}

/** The range as the address has it. */
export function writeRange(range: TimeRange | undefined): string | undefined {
  if (range === undefined) return undefined;
  if (range.kind === "absolute") return `${range.startMs}~${range.endMs}`;
  return quickRanges.find(({ ms }) => ms === range.ms)?.id;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** `2026-11-23 19:40:05.123`, local or UTC. */
export function formatEventTime(ms: number, isUtc: boolean): string {
  const time = new Date(ms);
  if (isUtc) return time.toISOString().replace("T", " ").slice(0, 23);
  const date = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${date} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${String(time.getMilliseconds()).padStart(3, "0")}`;
}
