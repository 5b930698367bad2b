import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { paste } from "./keyboard.ts";
import { makeFunction } from "./make-function.ts";
import { openTest, python, result, runTest } from "./test-page.ts";

const rows = (page: Page) => page.getByRole("table", { name: "Runs" }).locator("tbody tr");
const response = (page: Page) => result(page).getByLabel("Response", { exact: true });

async function runWith(page: Page, event: unknown, answer: string): Promise<void> {
  await page.getByRole("textbox", { name: /Event JSON/ }).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page, JSON.stringify(event));
  await runTest(page);
  await expect(response(page)).toHaveText(answer);
}

test("three runs are kept; each can be looked at, and run again as it was", async ({ page, server, aws }) => {
  await makeFunction(aws, "kept", { files: python("    return event['n'] * 10") });
  await openTest(page, server.url, "kept");
  await runWith(page, { n: 1 }, "10");
  await runWith(page, { n: 2 }, "20");
  await runWith(page, { n: "a" }, '"aaaaaaaaaa"');
  await expect(rows(page)).toHaveCount(3);

  // The oldest stands last; what it answered comes back without another run.
  await rows(page).nth(2).getByRole("link", { name: "hello-world" }).click();
  await expect(response(page)).toHaveText("10");
  await expect(rows(page).nth(2).locator("[aria-current]")).toHaveText("hello-world");
  await expect(rows(page)).toHaveCount(3);

  await rows(page).nth(1).getByRole("button", { name: "Run again: hello-world" }).click();
  await expect(rows(page)).toHaveCount(4);
  await expect(response(page)).toHaveText("20");
  await expect(rows(page).first()).toContainText("Succeeded");
  // The event that is being written stays as it is.
  await expect(page.getByRole("textbox", { name: /Event JSON/ })).toHaveValue('{"n":"a"}');

  // A new test is shown, whichever was being looked at.
  await rows(page).nth(3).getByRole("link", { name: "hello-world" }).click();
  await expect(response(page)).toHaveText("10");
  await runTest(page);
  await expect(response(page)).toHaveText('"aaaaaaaaaa"');
});

test("an asynchronous run is run again asynchronously", async ({ page, server, aws }) => {
  await makeFunction(aws, "posted", { files: python("    print('for', event['name'])") });
  await openTest(page, server.url, "posted", { name: "Ann" });
  await page.getByRole("radio", { name: "Asynchronous" }).check();
  await runTest(page);
  await expect(result(page).getByText("Accepted for asynchronous invocation")).toBeVisible();
  await expect(result(page).getByLabel("Live log lines")).toContainText("for Ann");
  await page.getByRole("radio", { name: "Synchronous", exact: true }).check();
  await rows(page).first().getByRole("button", { name: "Run again: hello-world" }).click();
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText("Accepted");
  await expect(result(page).getByLabel("Live log lines")).toContainText("for Ann");
});

test("the first line of a function that takes 5 s is shown before it ends", async ({ page, server, aws }) => {
  const body = "    print('first line', flush=True)\n    time.sleep(5)\n    return 'the end'";
  await makeFunction(aws, "steady", { files: python(body), timeoutSeconds: 20 });
  await openTest(page, server.url, "steady");
  await runTest(page);
  await expect(result(page).getByLabel("Live log lines")).toContainText("first line");
  expect(await result(page).getByText("Executing function: running").isVisible()).toBe(true);
  await expect(response(page)).toHaveText('"the end"');
  await expect(result(page).getByLabel("Log lines", { exact: true })).toContainText("first line");
});
