// `npm run pictures`: photographs every page and dialog of the console, wide and narrow, light and dark, into .cache/pictures, and README's
// pictures into docs/images. For people to look at; arguments after `--` go to Playwright.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { root, setUp } from "./setup.mjs";

await setUp();
const { findNode24, node24Missing } = await import("../apps/server/bin/node24.mjs");
const node = findNode24();
if (node === undefined) throw new Error(node24Missing);
const playwright = spawn(
  node,
  [
    join(root, "node_modules/@playwright/test/cli.js"),
    "test",
    "--config=e2e/console/pictures/pictures.config.ts",
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: "inherit" },
);
process.exitCode = await new Promise((resolve) => playwright.once("close", resolve));
