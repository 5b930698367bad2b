import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";
import { openTest, result, runTest } from "./test-page.ts";

const node = { runtime: "nodejs24.x", handler: "index.handler", timeoutSeconds: 30 } as const;

const teller = `export const handler = awslambda.streamifyResponse(async (event, stream) => {
  stream.write("the first line, ä\\n");
  await new Promise((resolve) => setTimeout(resolve, event.waitMs));
  if (event.fail) throw new TypeError("no second line");
  stream.write("the second line\\n");
  stream.end();
});
`;

test.beforeAll(({ aws }) => makeFunction(aws, "teller", { files: { "index.mjs": teller }, ...node }));

test("a streamed answer is shown as it comes", async ({ page, server }) => {
  await openTest(page, server.url, "teller", { waitMs: 8_000 });
  await page.getByRole("radio", { name: /Response stream/ }).check();
  await runTest(page);
  const response = result(page).getByLabel("Response", { exact: true });
  await expect(response).toHaveText("the first line, ä");
  await expect(result(page)).toContainText("Executing function: running");
  await expect(response).toHaveText("the first line, äthe second line");
  await expect(result(page)).toContainText("Executing function: succeeded");
  await expect(result(page)).toContainText("First byte after");
  await expect(result(page).getByLabel("Log lines")).toContainText("REPORT RequestId");
});

test("an error in the middle of a stream is told, and what had come stays", async ({ page, server }) => {
  await openTest(page, server.url, "teller", { waitMs: 0, fail: true });
  await page.getByRole("radio", { name: /Response stream/ }).check();
  await runTest(page);
  await expect(result(page)).toContainText("Executing function: failed");
  await expect(result(page)).toContainText("The function failed with TypeError");
  await expect(result(page).getByLabel("Response", { exact: true })).toContainText("the first line, ä");
  await expect(result(page).getByLabel("Error details", { exact: true })).toContainText("no second line");
});

test("nobody has to wait for the end of a stream", async ({ page, server }) => {
  await openTest(page, server.url, "teller", { waitMs: 20_000 });
  await page.getByRole("radio", { name: /Response stream/ }).check();
  await runTest(page);
  await expect(result(page).getByLabel("Response", { exact: true })).toHaveText("the first line, ä");
  await page.getByRole("button", { name: "Stop waiting" }).click();
  await expect(result(page)).toContainText("No longer waited for");
  await expect(result(page).getByLabel("Response", { exact: true })).toHaveText("the first line, ä");
});
