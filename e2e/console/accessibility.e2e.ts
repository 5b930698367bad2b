import type { Page } from "@playwright/test";
import { seriousViolations } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

/** Every page that is there without anything but one function. */
const pages: readonly string[] = [
  "/dashboard",
  "/functions",
  "/functions/create",
  "/functions/accessible/code",
  "/functions/accessible/test",
  "/functions/accessible/monitor",
  "/functions/accessible/configuration/general",
  "/functions/accessible/configuration/environment",
  "/functions/accessible/configuration/concurrency?edit=true",
  "/functions/accessible/deployments",
  "/logs",
  "/logs/live-tail",
  "/logs/groups/%2Faws%2Flambda%2Faccessible",
  "/logs/groups/%2Faws%2Flambda%2Faccessible/events",
  "/iam/roles",
  "/iam/roles/create",
  "/iam/roles/execution_role",
  "/iam/roles/execution_role?edit=attach",
  "/iam/roles/execution_role?edit=inline",
  "/iam/roles/execution_role?tab=trust",
  "/iam/roles/execution_role?tab=trust&edit=trust",
  "/iam/roles/execution_role?tab=tags",
  "/iam/roles/execution_role?tab=used-by",
  "/iam/roles/no-such-role",
  "/iam/policies",
  "/iam/users",
  "/settings",
  "/no-such-page",
];

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("axe finds nothing serious on any page", async ({ page, server, aws }) => {
      test.setTimeout(240_000);
      await makeFunction(aws, "accessible", { invoke: true });
      const found: string[] = [];
      for (const path of pages) {
        await page.goto(`${server.url}/console${path}`);
        await settled(page);
        found.push(...(await seriousViolations(page)).map((violation) => `${path}: ${violation}`));
      }
      expect(found).toEqual([]);
    });
  });
}

test("axe finds nothing serious on the sign-in page", async ({ guest, server }) => {
  await guest.goto(`${server.url}/console/`);
  await expect(guest.getByRole("heading", { name: "Sign in to Mayfly" })).toBeVisible();
  expect(await seriousViolations(guest)).toEqual([]);
});

/** Nothing is loading any more. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator("h1").first()).toBeVisible();
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
  await expect(page.getByText(/^Loading /)).toHaveCount(0);
}
