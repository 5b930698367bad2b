import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { limitTable } from "./limits.ts";

const file = new URL("../../../docs/limits.md", import.meta.url);

/** `seconds` of `timeoutSeconds`. */
const unitOf = (name: string): string => (/[A-Z][a-z]*$/.exec(name)?.[0] ?? "").toLowerCase();
const shown = (bound: number | readonly number[]): string =>
  typeof bound === "number" ? bound.toLocaleString("en") : JSON.stringify(bound);

it("docs/limits.md lists every limit", () => {
  const rows = Object.entries(limitTable).map(
    ([name, { bound, what, page }]) =>
      `| \`${name}\` | ${shown(bound)} | ${unitOf(name)} | ${what} | ${page === undefined ? "Mayfly's own" : `[AWS](${page})`} |`,
  );
  const text = [
    "# Limits",
    "",
    "Made from `packages/lambda/src/limits.ts` by `MAYFLY_WRITE_LIMITS=1 npm test -- packages/lambda/src/limits.test.ts`. `--limits FILE` replaces some of them: a JSON object of names and bounds. What a request may send follows from them; one over 380 MB for packages or 500 MB for payloads has no effect beyond that.",
    "",
    "| name | bound | unit | what it bounds | from |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
  if (process.env["MAYFLY_WRITE_LIMITS"] === "1") writeFileSync(file, text);
  expect(readFileSync(file, "utf8")).toBe(text);
});
