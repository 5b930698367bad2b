import { constants } from "node:os";

/** Where a number has several names the first is the usual one. */
const names = new Map(
  Object.entries(constants.signals)
    .toReversed()
    .map(([name, number]) => [number, name as NodeJS.Signals]),
);

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** The same as Node has it, from how the launcher says it: with a signal's number, or 0. */
export function processEnd({ code, signal }: { readonly code: number; readonly signal: number }): ProcessEnd {
  const name = names.get(signal) ?? null;
  return { code: name === null ? code : null, signal: name };
}
