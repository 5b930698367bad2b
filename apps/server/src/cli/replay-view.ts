import type { KeptInvocation, MayflyOperations } from "@mayfly/wire/mayfly";
import type { Wired } from "./call-mayfly.ts";
import { table } from "./table.ts";

type Replayed = Wired<MayflyOperations["ReplayInvocation"]["output"]>;

const gap = " | ";
const narrowestColumns = 60;

const timeOf = (seconds: number): string =>
  new Date(seconds * 1000)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, "");

/** The kept invocations of a function as a table. */
export const keptView = (invocations: readonly Wired<KeptInvocation>[]): string =>
  table(
    ["invoked (UTC)", "request id", "version", "duration", "event", "result"],
    invocations.map((kept) => [
      timeOf(kept.InvokedAt),
      kept.RequestId,
      kept.ExecutedVersion,
      `${kept.DurationMs} ms`,
      `${kept.EventSize} bytes`,
      kept.FunctionError ?? "succeeded",
    ]),
  );

/** Both runs side by side. @param columns of the terminal */
export function replayView({ Original, Replay }: Replayed, columns: number): string {
  const width = Math.floor((Math.max(columns, narrowestColumns) - gap.length) / 2);
  const sections: readonly (readonly [string, string])[] = [
    [`invoked ${timeOf(Original.InvokedAt)}`, `replayed ${timeOf(Replay.InvokedAt)}`],
    [`version ${Original.ExecutedVersion}`, `version ${Replay.ExecutedVersion}`],
    [`duration ${Original.DurationMs} ms`, `duration ${Replay.DurationMs} ms`],
    [Original.FunctionError ?? "succeeded", Replay.FunctionError ?? "succeeded"],
    ["", ""],
    [shown(Original.Response) ?? "(was streamed, and is not kept)", shown(Replay.Response) ?? ""],
    ["", ""],
    [Original.Log ?? "(its log is gone)", Replay.Log],
  ];
  return sections.flatMap(([left, right]) => beside(left, right, width)).join("\n");
}

/** JSON on lines of its own, other text as it is. */
function shown(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}

function beside(left: string, right: string, width: number): readonly string[] {
  const [ours, theirs] = [wrapped(left, width), wrapped(right, width)];
  return Array.from({ length: Math.max(ours.length, theirs.length) }, (_, at) =>
    `${(ours[at] ?? "").padEnd(width)}${gap}${theirs[at] ?? ""}`.trimEnd(),
  );
}

// What a function says must not move the cursor or colour the terminal.
const control = /[^\P{Cc}\n]/gu;

const wrapped = (text: string, width: number): readonly string[] =>
  text
    .trimEnd()
    .replaceAll("\t", "  ")
    .replace(control, "")
    .split("\n")
    .flatMap((line) => line.match(new RegExp(`.{1,${width}}`, "gu")) ?? [""]);
