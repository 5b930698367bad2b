import type { Probe } from "./probe.ts";

/** A probe and what its run answered. */
export interface Result {
  readonly probe: Probe;
  /** An error's `Code: message`, if the run answered one. */
  readonly error: string | undefined;
}

const cell = (text: string): string => text.replaceAll("|", "\\|");

/** A table of what runs found, a row each. */
export const renderTable = (heading: string, results: readonly Result[]): string =>
  [
    `| ${heading} | here | what a run sees |`,
    "|---|---|---|",
    ...results.map(
      ({ probe, error }) =>
        `| ${probe.name} | ${probe.finding} | ${cell(probe.what)}${error === undefined ? "" : `: \`${cell(error)}\``} |`,
    ),
  ].join("\n");

/** Puts a table between a file's marks. @throws Error if the file has none */
export function replaceTable(document: string, mark: string, table: string): string {
  const [begin, end] = [`<!-- begin ${mark} -->`, `<!-- end ${mark} -->`];
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`No place for ${mark}`);
  return `${document.slice(0, from + begin.length)}\n\n${table}\n\n${document.slice(to)}`;
}
