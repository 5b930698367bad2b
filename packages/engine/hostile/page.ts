import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Allowed, HostileCase } from "./case.ts";
import { hostileGroups } from "./cases/index.ts";
import { serverCases } from "./cases/server.ts";
import { holders } from "./holders.ts";

const page = join(import.meta.dirname, "../../../docs/isolation.md");
const [from, to] = ["<!-- cases: written by packages/engine/hostile/page.ts -->\n", "<!-- end of cases -->"];

/** What the page has of a case. */
type Row = Pick<HostileCase, "name" | "heldBy" | "ends" | "comesTo" | "withoutControlGroup">;

const groups: readonly { readonly title: string; readonly cases: readonly Row[] }[] = [
  ...hostileGroups,
  { title: "The server", cases: serverCases },
];

const isWords = (allowed: Allowed): allowed is string | readonly string[] => typeof allowed === "string" || Array.isArray(allowed);

function endingText({ comesTo, ends }: Row): string {
  if (comesTo !== undefined) return comesTo;
  const words = [ends].flat().flatMap((way) => ("error" in way ? way.error : Object.values(way.answers).filter(isWords).flat()));
  return [...new Set(words)].join(", ");
}

const withoutControlGroup: Readonly<Record<NonNullable<HostileCase["withoutControlGroup"]>, string>> = {
  watched: "without control groups: the memory watch",
  lost: "without control groups: nothing, and doctor says so",
  "lost with bubblewrap": "with bubblewrap and without control groups: nothing, and doctor says so",
};

function holderText({ heldBy, withoutControlGroup: level }: Row): string {
  const names = heldBy.map((holder) => holders[holder]).join(", ");
  return level === undefined ? names : `${names} (${withoutControlGroup[level]})`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|");

/** The table of all cases, as the page has it. */
function table(): string {
  const rows = groups.flatMap(({ title, cases }) => [
    `\n### ${title}\n`,
    "| what is tried | what comes of it | what holds it |",
    "|---|---|---|",
    ...cases.map((hostile) => `| ${[hostile.name, endingText(hostile), holderText(hostile)].map(cell).join(" | ")} |`),
  ]);
  return `${rows.join("\n")}\n\n`;
}

/** The page as it is, and as it should be. */
export async function isolationPage(): Promise<{ readonly now: string; readonly due: string }> {
  const now = await readFile(page, "utf8");
  const [head = "", rest = ""] = now.split(from);
  return { now, due: `${head}${from}${table()}${to}${rest.split(to)[1] ?? ""}` };
}

// `node packages/engine/hostile/page.ts` brings the page up to date.
if (process.argv[1] === import.meta.filename) await writeFile(page, (await isolationPage()).due);
