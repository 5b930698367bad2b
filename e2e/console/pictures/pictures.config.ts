import { defineConfig } from "@playwright/test";
import suite from "../playwright.config.ts";

/** The console's pictures: the browser and servers of the suite, but no tests. */
export default defineConfig({
  ...suite,
  testDir: import.meta.dirname,
  projects: [{ name: "pictures", testMatch: "*.pictures.ts" }],
  fullyParallel: true,
  timeout: 180_000,
  expect: { timeout: 20_000 },
});
