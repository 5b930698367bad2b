import { CreateAliasCommand, GetPolicyCommand, PublishVersionCommand } from "@aws-sdk/client-lambda";
import type { Clients } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

const FunctionName = "permitted";
const permissions = (url: string): string => `${url}/console/functions/${FunctionName}/configuration/permissions`;
const table = (page: Page) => page.getByRole("table", { name: "Policy statements" });

test.beforeAll(async ({ aws }) => {
  await makeFunction(aws, FunctionName);
  await aws.lambda.send(new PublishVersionCommand({ FunctionName }));
  await aws.lambda.send(new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
});

async function statements({ lambda }: Clients, Qualifier?: string): Promise<Record<string, unknown>[]> {
  const { Policy = "" } = await lambda.send(new GetPolicyCommand({ FunctionName, ...(Qualifier && { Qualifier }) }));
  return (JSON.parse(Policy) as { Statement: Record<string, unknown>[] }).Statement;
}

test("a service is let in for one resource, with its command; the policy is shown as JSON", async ({ page, server, aws }) => {
  await page.goto(permissions(server.url));
  await expect(page.getByText("No statements", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Add permissions" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText(/Use 1 to 100 letters/)).toBeVisible();
  await dialog.getByRole("textbox", { name: "Statement ID" }).fill("uploads");
  await dialog.getByRole("button", { name: /^Service/ }).click();
  await page.getByRole("option", { name: /^S3/ }).click();
  await dialog.getByRole("textbox", { name: /^Source ARN/ }).fill("arn:aws:s3:::pictures");
  await dialog.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(dialog.getByText(/aws lambda add-permission/)).toContainText("--source-arn arn:aws:s3:::pictures");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(table(page).getByRole("row", { name: /uploads/ })).toContainText("AWS:SourceArn is like arn:aws:s3:::pictures");
  expect(await statements(aws)).toMatchObject([{ Sid: "uploads", Principal: { Service: "s3.amazonaws.com" } }]);
  await page.getByRole("button", { name: "View policy" }).click();
  await expect(dialog.getByLabel("Policy", { exact: true })).toContainText('"Service": "s3.amazonaws.com"');
});

test("a function URL for everybody takes both statements; each can be deleted", async ({ page, server, aws }) => {
  await page.goto(permissions(server.url));
  await page.getByRole("button", { name: "Add permissions" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Function URL" }).click();
  await dialog.getByRole("textbox", { name: "Statement ID" }).fill("public");
  await dialog.getByRole("radio", { name: /^NONE/ }).check();
  await expect(dialog.getByText(/Whoever knows the URL/)).toBeVisible();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(table(page).getByRole("row", { name: /public-invoke/ })).toContainText("Everybody");
  await table(page).getByRole("button", { name: "Delete public-invoke" }).click();
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(table(page).getByRole("row", { name: /public-invoke/ })).toHaveCount(0);
  expect((await statements(aws)).map(({ Sid }) => Sid)).toEqual(["uploads", "public"]);
});

test("an alias has a policy of its own, for another account", async ({ page, server, aws }) => {
  await page.goto(`${permissions(server.url)}?qualifier=live`);
  await page.getByRole("button", { name: "Add permissions" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "AWS account" }).click();
  await dialog.getByRole("textbox", { name: "Statement ID" }).fill("partner");
  await dialog.getByRole("textbox", { name: "Principal" }).fill("210987654321");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(table(page).getByRole("row", { name: /partner/ })).toContainText("Account 210987654321");
  await expect(page.getByRole("button", { name: "Edit Execution role" })).toHaveCount(0);
  const [statement] = await statements(aws, "live");
  expect(statement).toMatchObject({ Sid: "partner", Resource: expect.stringMatching(/:permitted:live$/) });
});
