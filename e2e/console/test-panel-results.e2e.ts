import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";
import { openTest, python, result, runTest } from "./test-page.ts";

const response = (page: Page) => result(page).getByLabel("Response", { exact: true });

/** The page does what it is told. */
async function isUsable(page: Page): Promise<void> {
  await page.getByRole("radio", { name: "Asynchronous" }).check();
  await page.getByRole("tab", { name: "Configuration" }).click();
  await expect(page.getByRole("button", { name: "Edit General configuration" })).toBeVisible();
  await page.getByRole("tab", { name: "Test" }).click();
  await expect(response(page)).toBeVisible();
}

test("a thousand levels of nesting are shown, indented", async ({ page, server, aws }) => {
  const body = "    nested = 'the core'\n    for level in range(1_000):\n        nested = [nested]\n    return nested";
  await makeFunction(aws, "nested", { files: python(body) });
  await openTest(page, server.url, "nested");
  await runTest(page);
  await expect(response(page)).toContainText(`${"  ".repeat(400)}[`);
  await isUsable(page);
});

test("nesting that would grow beyond measure is shown as it came", async ({ page, server, aws }) => {
  // A handler that writes its answer's JSON itself: Python's own writer stops at a thousand levels.
  const body = "    import json\n    json.dumps = lambda *_, **__: '[' * 50_000 + ']' * 50_000\n    return 1";
  await makeFunction(aws, "bottomless", { files: python(body) });
  await openTest(page, server.url, "bottomless");
  await runTest(page);
  await expect(response(page)).toContainText("[".repeat(500));
  await isUsable(page);
});

test("control characters are shown as pictures, in the answer and in the log, and do nothing", async ({ page, server, aws }) => {
  const body = String.raw`    print('bell \x07 null \x00 back \x08 turned \u202e round')
    print('\x1b[31mred\x1b[0m \x1b]0;owned\x07')
    return 'bell \x07 null \x00 turned \u202e round'`;
  await makeFunction(aws, "controlling", { files: python(body) });
  await openTest(page, server.url, "controlling");
  await runTest(page);
  await expect(response(page)).toContainText(String.raw`bell \u0007 null \u0000`);
  await expect(response(page)).toContainText("turned <U+202E> round");
  const log = result(page).getByLabel("Log lines", { exact: true });
  await expect(log).toContainText("bell ␇ null ␀ back ␈ turned <U+202E> round");
  await expect(log).toContainText("red ␛]0;owned␇");
  expect(await page.title()).not.toContain("owned");
});

test("an answer of nearly 6 MB is shown in part, downloaded whole, never executed, and the page stays usable", async ({
  page,
  server,
  aws,
}) => {
  const hostile = "<img src=x onerror=document.title='owned'><script>document.title='owned'</script>";
  await makeFunction(aws, "huge", { files: python(`    return ${JSON.stringify(hostile)} + 'x' * 6_200_000`), timeoutSeconds: 20 });
  await openTest(page, server.url, "huge");
  await runTest(page);
  await expect(response(page)).toContainText("<script>document.title='owned'</script>xxx");
  await isUsable(page);
  expect(await page.title()).not.toContain("owned");
  await expect(response(page).locator("img, script")).toHaveCount(0);
  const downloading = page.waitForEvent("download");
  await result(page).getByRole("button", { name: "Download all of it" }).click();
  let bytes = 0;
  for await (const chunk of await (await downloading).createReadStream()) bytes += (chunk as Buffer).length;
  expect(bytes).toBeGreaterThan(6_200_000);
});
