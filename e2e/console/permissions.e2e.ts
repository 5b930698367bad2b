import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { pageOfUser } from "./iam-user.ts";
import { makeFunction } from "./make-function.ts";

const functionName = "guarded";

test.beforeAll(({ aws }) => makeFunction(aws, functionName, { invoke: true }));

/** The page names the missing permission, says what to do about it, and is not blank. */
async function expectMissing(page: Page, action: string): Promise<void> {
  const missing = page.getByRole("main").getByText(`What is missing is the permission ${action}`).first();
  await expect(missing).toBeVisible();
  await expect(missing).toContainText("Ask for a policy that allows it");
  await expect(page.locator("h1").first()).toBeVisible();
}

const bare: readonly (readonly [path: string, action: string])[] = [
  ["/functions", "lambda:ListFunctions"],
  ["/dashboard", "lambda:GetAccountSettings"],
  [`/functions/${functionName}/code`, "lambda:GetFunction"],
  [`/functions/${functionName}/configuration/general`, "lambda:GetFunction"],
  ["/logs", "logs:DescribeLogGroups"],
  [`/logs/groups/%2Faws%2Flambda%2F${functionName}`, "logs:DescribeLogGroups"],
  [`/logs/groups/%2Faws%2Flambda%2F${functionName}/events`, "logs:FilterLogEvents"],
  ["/s3/buckets", "s3:ListAllMyBuckets"],
  ["/iam/roles", "iam:ListRoles"],
  ["/iam/roles/execution_role", "iam:GetRole"],
  ["/iam/policies", "iam:ListPolicies"],
  ["/iam/users", "iam:ListUsers"],
  ["/iam/users/bare", "iam:GetUser"],
];

test("a user who may do nothing reads on every page which action is missing", async ({ browser, server, aws }) => {
  const page = await pageOfUser({ browser, server, aws }, "bare", []);
  for (const [path, action] of bare) {
    await page.goto(`${server.url}/console${path}`);
    await expectMissing(page, action);
  }
  await page.goto(`${server.url}/console/functions`);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByRole("button", { name: "Copy a policy that allows it" }).first().click();
  expect(JSON.parse(await page.evaluate<string>("navigator.clipboard.readText()"))).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "lambda:ListFunctions", Resource: "*" }],
  });
  await page.context().close();
});

test("a reader's edits, tests and deletions are refused with the action; what was typed stays", async ({ browser, server, aws }) => {
  const page = await pageOfUser({ browser, server, aws }, "reader", [
    { Effect: "Allow", Action: ["lambda:Get*", "lambda:List*", "iam:Get*", "iam:List*", "mayfly:*"], Resource: "*" },
  ]);
  await page.goto(`${server.url}/console/functions/${functionName}/configuration/general?edit=true`);
  await page.getByRole("textbox", { name: /Description/ }).fill("mine");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The changes were not saved")).toBeVisible();
  await expectMissing(page, "lambda:UpdateFunctionConfiguration");
  await expect(page.getByRole("textbox", { name: /Description/ })).toHaveValue("mine");

  await page.goto(`${server.url}/console/functions/${functionName}/monitor`);
  await expectMissing(page, "logs:FilterLogEvents");

  await page.goto(`${server.url}/console/functions/${functionName}/code`);
  await page.getByRole("button", { name: "Actions" }).first().click();
  await page.getByRole("menuitem", { name: "Delete function" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("confirm");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("dialog").getByText("What is missing is the permission lambda:DeleteFunction")).toBeVisible();

  await page.goto(`${server.url}/console/iam/users/create`);
  await page.getByRole("textbox", { name: "User name" }).fill("another");
  await page.getByRole("button", { name: "Create user" }).click();
  await expectMissing(page, "iam:CreateUser");
  await expect(page.getByRole("textbox", { name: "User name" })).toHaveValue("another");
  await page.context().close();
});

test("what a policy forbids is told apart from what none allows", async ({ browser, server, aws }) => {
  const page = await pageOfUser({ browser, server, aws }, "forbidden", [
    { Effect: "Allow", Action: "*", Resource: "*" },
    { Effect: "Deny", Action: "iam:ListRoles", Resource: "*" },
  ]);
  await page.goto(`${server.url}/console/iam/roles`);
  await expect(page.getByText("A policy forbids iam:ListRoles")).toBeVisible();
  await expect(page.getByRole("button", { name: "Copy a policy that allows it" })).toHaveCount(0);
  await page.context().close();
});
