import { CreateFunctionCommand, GetFunctionCommand, TagResourceCommand } from "@aws-sdk/client-lambda";
import { zipOf, type Clients } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { pageOfUser } from "./iam-user.ts";

const count = 300;
const name = (index: number): string => `order-${String(index).padStart(4, "0")}`;
const arn = (index: number): string => `arn:aws:lambda:us-east-1:123456789012:function:${name(index)}`;

test.beforeAll(async ({ aws }) => {
  test.setTimeout(120_000);
  const ZipFile = await zipOf({ "lambda_function.py": "def lambda_handler(event, context):\n    pass\n" });
  // Some at a time, as a deployment would.
  const waiting = Array.from({ length: count }, (_, index) => index);
  const work = async (): Promise<void> => {
    for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) await create(aws, index, ZipFile);
  };
  await Promise.all(Array.from({ length: 20 }, work));
});

async function create({ lambda }: Clients, index: number, ZipFile: Uint8Array): Promise<void> {
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: name(index),
      Runtime: index % 10 === 0 ? "nodejs24.x" : "python3.12",
      Handler: "lambda_function.lambda_handler",
      Role: "arn:aws:iam::123456789012:role/execution_role",
      Timeout: 900 - index,
      Code: { ZipFile },
    }),
  );
  if (index % 60 === 0) await lambda.send(new TagResourceCommand({ Resource: arn(index), Tags: { stage: "production" } }));
}

const rows = (page: Page) => page.getByRole("link", { name: /^order-/ });

async function find(page: Page, text: string): Promise<void> {
  await page.getByRole("combobox", { name: "Find functions" }).fill(text);
  await page.keyboard.press("Enter");
}

async function openList(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/console/functions`);
  await expect(page.getByRole("heading", { name: `Functions (${count})` })).toBeVisible();
}

test("300 functions are filtered by property and tag, sorted and paged without waiting", async ({ page, server }) => {
  await openList(page, server.url);
  await expect(rows(page)).toHaveCount(25);
  await expect(page.getByRole("button", { name: "Page 12 of all pages" })).toBeVisible();
  const started = Date.now();
  await find(page, "Runtime = nodejs24.x");
  await expect(page.getByText("30 matches").first()).toBeVisible();
  await find(page, "stage = production");
  await expect(rows(page)).toHaveText([0, 60, 120, 180, 240].map(name));
  await page.getByRole("button", { name: "Clear filters" }).click();
  await expect(rows(page)).toHaveCount(25);
  await page
    .getByRole("columnheader", { name: /Function name/ })
    .getByRole("button")
    .first()
    .press("Enter");
  await expect(rows(page).first()).toHaveText(name(0));
  await page.getByRole("button", { name: "Next page" }).click();
  await expect(rows(page).first()).toHaveText(name(25));
  // Six things done in a page that holds them all: a person would not notice any of them.
  expect(Date.now() - started).toBeLessThan(10_000);
  await rows(page).first().click();
  await expect(page.getByRole("heading", { level: 1, name: name(25) })).toBeVisible();
  await page.goBack();
  await expect(rows(page).first()).toHaveText(name(25));
});

test("columns that somebody chose stay after a reload, and are sorted by", async ({ page, server }) => {
  await openList(page, server.url);
  await page.getByRole("button", { name: "Preferences" }).click();
  for (const column of ["Timeout (s)", "Tags"])
    await page
      .getByRole("switch", { name: column })
      .or(page.getByRole("checkbox", { name: column }))
      .click();
  await page.getByRole("button", { name: "Confirm" }).click();
  await page
    .getByRole("columnheader", { name: /Timeout/ })
    .getByRole("button")
    .first()
    .press("Enter");
  await page.reload();
  await expect(page.getByRole("columnheader", { name: "Tags" })).toBeVisible();
  await expect(page.getByRole("row").nth(1)).toContainText(name(count - 1));
  await find(page, "stage = production");
  await expect(page.getByRole("row", { name: /order-0000/ })).toContainText("stage: production");
});

test("of several functions to be deleted, one that must not be is named with the reason; the others are gone", async ({
  browser,
  server,
  aws,
}) => {
  const page = await pageOfUser({ browser, server, aws }, "cleaner", [
    { Effect: "Allow", Action: ["lambda:*", "logs:*", "mayfly:*"], Resource: "*" },
    { Effect: "Deny", Action: "lambda:DeleteFunction", Resource: arn(102) },
  ]);
  await openList(page, server.url);
  for (const index of [101, 102, 103]) {
    await find(page, name(index));
    await page.getByRole("checkbox", { name: `Select ${name(index)}` }).click();
    await page.getByRole("button", { name: "Clear filters" }).click();
  }
  await expect(page.getByRole("heading", { name: `Functions (3/${count})` })).toBeVisible();
  await page.getByRole("button", { name: "Actions" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("confirm");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText("1 of 3 functions was not deleted")).toBeVisible();
  const failures = page
    .getByRole("listitem")
    .filter({ hasText: name(102) })
    .last();
  await expect(failures).toContainText("lambda:DeleteFunction");
  await expect(page.getByRole("heading", { name: `Functions (1/${count - 2})` })).toBeVisible();
  for (const index of [101, 103])
    await expect(aws.lambda.send(new GetFunctionCommand({ FunctionName: name(index) }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
  expect((await aws.lambda.send(new GetFunctionCommand({ FunctionName: name(102) }))).Configuration?.FunctionName).toBe(name(102));
  await page.context().close();
});
