import { CreateFunctionCommand, ListFunctionsCommand, TagResourceCommand } from "@aws-sdk/client-lambda";
import { zipOf, type Clients } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const count = 120;
const name = (index: number): string => `function-${String(index).padStart(3, "0")}`;

test.beforeAll(async ({ aws }) => {
  const ZipFile = await zipOf({ "lambda_function.py": "def lambda_handler(event, context):\n    pass\n" });
  await Promise.all(Array.from({ length: count }, (_, index) => create(aws, index, ZipFile)));
});

async function create(aws: Clients, index: number, ZipFile: Uint8Array): Promise<void> {
  const { FunctionArn } = await aws.lambda.send(
    new CreateFunctionCommand({
      FunctionName: name(index),
      Runtime: index % 2 === 0 ? "python3.12" : "python3.8",
      Handler: "lambda_function.lambda_handler",
      Role: "arn:aws:iam::123456789012:role/execution_role",
      Description: index === 7 ? "the seventh" : "",
      Code: { ZipFile },
    }),
  );
  if (index < 3) await aws.lambda.send(new TagResourceCommand({ Resource: FunctionArn ?? "", Tags: { team: "coffee" } }));
}

const sortByName = (page: Page) =>
  page
    .getByRole("columnheader", { name: /Function name/ })
    .getByRole("button")
    .first()
    .press("Enter");

test("functions are filtered by property and tag, sorted and paged; all of it is in the address", async ({ page, server }) => {
  await page.goto(`${server.url}/console/functions`);
  await expect(page.getByRole("heading", { name: `Functions (${count})` })).toBeVisible();
  const rows = page.getByRole("link", { name: /^function-/ });
  await expect(rows).toHaveCount(25);
  await sortByName(page);
  await expect(rows.first()).toHaveText(name(0));
  await sortByName(page);
  await expect(rows.first()).toHaveText(name(count - 1));
  const filter = page.getByRole("combobox", { name: "Find functions" });
  await filter.fill("Runtime = python3.8");
  await page.keyboard.press("Enter");
  await expect(page.getByText("60 matches").first()).toBeVisible();
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(page).toHaveURL(/filter=.*page=2|page=2.*filter=/);
  await page.reload();
  await expect(page.getByText("60 matches").first()).toBeVisible();
  await expect(rows).toHaveCount(25);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await filter.fill("team = coffee");
  await page.keyboard.press("Enter");
  await expect(rows).toHaveText([name(2), name(1), name(0)]);
  await page.getByRole("button", { name: "Clear filters" }).click();
  await filter.fill("nothing like this");
  await page.keyboard.press("Enter");
  await expect(page.getByText("No functions match the filter.")).toBeVisible();
  await page.getByRole("button", { name: "Clear filter", exact: true }).click();
  await expect(rows).toHaveCount(25);
});

test("columns and page size that somebody chose stay", async ({ page, server }) => {
  await page.goto(`${server.url}/console/functions`);
  await page.getByRole("button", { name: "Preferences" }).click();
  await page.getByRole("radio", { name: "50 functions" }).check();
  await page
    .getByRole("switch", { name: "Memory (MB)" })
    .or(page.getByRole("checkbox", { name: "Memory (MB)" }))
    .click();
  await page.getByRole("button", { name: "Confirm" }).click();
  await page.reload();
  await expect(page.getByRole("columnheader", { name: /Memory \(MB\)/ })).toBeVisible();
  await expect(page.getByRole("link", { name: /^function-/ })).toHaveCount(50);
});

test("several are deleted at once, after a typed word", async ({ page, server, aws }) => {
  await page.goto(`${server.url}/console/functions`);
  for (const index of [10, 11]) {
    const filter = page.getByRole("combobox", { name: "Find functions" });
    await filter.fill(name(index));
    await page.keyboard.press("Enter");
    await page.getByRole("checkbox", { name: `Select ${name(index)}` }).click();
    await page.getByRole("button", { name: "Clear filters" }).click();
  }
  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(name(10))).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Delete" })).toBeDisabled();
  await dialog.getByRole("textbox").fill("confirm");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("heading", { name: `Functions (${count - 2})` })).toBeVisible();
  const { Functions = [] } = await aws.lambda.send(new ListFunctionsCommand({ MaxItems: 50 }));
  expect(Functions.map(({ FunctionName }) => FunctionName)).not.toContain(name(10));
});
