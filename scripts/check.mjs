// `npm run check`: types, lint, import rules, format, unused code.
import { runChecks } from "./checks.mjs";
import { setUp } from "./setup.mjs";

await setUp();
const { findNode24, node24Missing } = await import("../apps/server/bin/node24.mjs");
const node = findNode24();
if (node === undefined) throw new Error(node24Missing);
process.exitCode = (await runChecks(node)).length === 0 ? 0 : 1;
