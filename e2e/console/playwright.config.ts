import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

const testFiles = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".e2e.ts"));

/** The console's suite: a real Chromium against real servers. */
export default defineConfig({
  testDir: import.meta.dirname,
  // A project a file: workers are not shared by projects, so that each file has a server of its own.
  projects: testFiles.map((name) => ({ name: name.replace(".e2e.ts", ""), testMatch: name })),
  outputDir: join(import.meta.dirname, "../../.cache/console-tests"),
  fullyParallel: false,
  // A browser and a server keep two cores busy.
  workers: Math.max(1, Math.min(4, Math.floor(availableParallelism() / 2))),
  globalSetup: join(import.meta.dirname, "unpack-chromium.ts"),
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [["line"]],
  use: {
    viewport: { width: 1440, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
    screenshot: "only-on-failure",
    // `MAYFLY_TRACE=1 npm test -- e2e/console/FILE` keeps what Playwright recorded of a failed test; recording costs a fifth of the time.
    trace: process.env["MAYFLY_TRACE"] === "1" ? "retain-on-failure" : "off",
  },
});
