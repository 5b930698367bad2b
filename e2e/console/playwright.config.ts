import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";

/** The console's suite: a real Chromium against real servers, each test file with a server of its own. */
export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: "**/*.e2e.ts",
  outputDir: join(import.meta.dirname, "../../.cache/console-tests"),
  fullyParallel: false,
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
    trace: "retain-on-failure",
  },
});
