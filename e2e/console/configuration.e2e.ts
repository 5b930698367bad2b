import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { GetFunctionConcurrencyCommand, GetFunctionConfigurationCommand, InvokeCommand, ListTagsCommand } from "@aws-sdk/client-lambda";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

const FunctionName = "configured";
const functionArn = `arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}`;

test.beforeAll(({ aws }) => makeFunction(aws, FunctionName));

async function edit(page: Page, url: string, section: string): Promise<void> {
  await page.goto(`${url}/console/functions/${FunctionName}/configuration/${section}`);
  await page
    .getByRole("button", { name: /^(Edit|Manage tags)/ })
    .first()
    .click();
}

const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();

test("general settings are checked at the field, saved, and shown as a command", async ({ page, server, aws }) => {
  await edit(page, server.url, "general");
  await page
    .getByRole("spinbutton", { name: /Memory/ })
    .or(page.getByRole("textbox", { name: /Memory/ }))
    .fill("64");
  await save(page);
  await expect(page.getByText(/128/).filter({ visible: true }).first()).toBeVisible();
  await page
    .getByRole("spinbutton", { name: /Memory/ })
    .or(page.getByRole("textbox", { name: /Memory/ }))
    .fill("512");
  await page.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(page.getByText(/aws lambda update-function-configuration/)).toContainText("--memory-size 512");
  await save(page);
  await expect(page.getByText("512 MB").first()).toBeVisible();
  expect((await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).MemorySize).toBe(512);
});

test("environment variables are masked until shown, and reserved names refused", async ({ page, server, aws }) => {
  await edit(page, server.url, "environment");
  await page.getByRole("button", { name: "Add environment variable" }).click();
  await page.getByRole("textbox", { name: "Key of environment variable 1" }).fill("AWS_REGION");
  await page.getByRole("textbox", { name: /Value/ }).first().fill("nowhere");
  await save(page);
  await expect(
    page
      .getByText(/reserved/i)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();
  await page.getByRole("textbox", { name: "Key of environment variable 1" }).fill("TABLE");
  await page.getByRole("textbox", { name: /Value/ }).first().fill("orders");
  await save(page);
  await expect(page.getByRole("table", { name: "Environment variables" })).toContainText("TABLE");
  await expect(page.getByRole("table", { name: "Environment variables" })).not.toContainText("orders");
  await page.getByRole("button", { name: "Show values" }).click();
  await expect(page.getByRole("table", { name: "Environment variables" })).toContainText("orders");
  const { Environment } = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  expect(Environment?.Variables).toEqual({ TABLE: "orders" });
});

test("tags and reserved concurrency", async ({ page, server, aws }) => {
  await edit(page, server.url, "tags");
  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByRole("textbox", { name: "Key of tag 1" }).fill("team");
  await page.getByRole("textbox", { name: /Value/ }).first().fill("coffee");
  await save(page);
  await expect(page.getByRole("table", { name: "Tags" })).toContainText("coffee");
  expect((await aws.lambda.send(new ListTagsCommand({ Resource: functionArn }))).Tags).toEqual({ team: "coffee" });

  await edit(page, server.url, "concurrency");
  await page.getByRole("radio", { name: "Reserve concurrency" }).check();
  await page
    .getByRole("spinbutton")
    .or(page.getByRole("textbox", { name: /oncurrency/ }))
    .first()
    .fill("7");
  await save(page);
  await expect(page.getByText("Reserved: 7")).toBeVisible();
  const { ReservedConcurrentExecutions } = await aws.lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }));
  expect(ReservedConcurrentExecutions).toBe(7);
});

test("a function is throttled, says so, and is let run again", async ({ page, server, aws }) => {
  await makeFunction(aws, "throttled");
  await page.goto(`${server.url}/console/functions/throttled/test`);
  await page.getByRole("button", { name: "Throttle" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Throttle" }).click();
  await expect(page.getByText("The function throttled is throttled: it is not invoked any more.")).toBeVisible();
  await expect(page.getByText("Throttled: its reserved concurrency is 0")).toBeVisible();
  await expect(page.getByRole("button", { name: "Throttle", exact: true })).toBeDisabled();
  await expect(aws.lambda.send(new InvokeCommand({ FunctionName: "throttled" }))).rejects.toMatchObject({
    name: "TooManyRequestsException",
  });
  await page.getByRole("button", { name: "Edit concurrency" }).click();
  await page.getByRole("radio", { name: "Use unreserved account concurrency" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Throttled: its reserved concurrency is 0")).toBeHidden();
  expect((await aws.lambda.send(new InvokeCommand({ FunctionName: "throttled" }))).StatusCode).toBe(200);
});

test("a setting that was changed elsewhere meanwhile is not overwritten", async ({ page, context, server }) => {
  await edit(page, server.url, "general");
  const other = await context.newPage();
  await edit(other, server.url, "general");
  await other.getByRole("textbox", { name: /Description/ }).fill("theirs");
  await save(other);
  await expect(other.getByText("theirs").first()).toBeVisible();
  await page.getByRole("textbox", { name: /Description/ }).fill("mine");
  await save(page);
  await expect(page.getByText(/PreconditionFailedException/)).toBeVisible();
  await expect(page.getByRole("textbox", { name: /Description/ })).toHaveValue("mine");
});

test("another execution role is chosen among those that Lambda may take on", async ({ page, server, aws }) => {
  const trust = (Service: string): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }] });
  const { Role } = await aws.iam.send(
    new CreateRoleCommand({ RoleName: "narrow", AssumeRolePolicyDocument: trust("lambda.amazonaws.com") }),
  );
  await aws.iam.send(new CreateRoleCommand({ RoleName: "of-events", AssumeRolePolicyDocument: trust("events.amazonaws.com") }));
  await edit(page, server.url, "permissions");
  await page.getByRole("button", { name: /^Execution role/ }).click();
  await expect(page.getByRole("option", { name: "execution_role" })).toBeVisible();
  await expect(page.getByRole("option", { name: "of-events" })).toHaveCount(0);
  await page.getByRole("option", { name: "narrow" }).click();
  await save(page);
  await expect(page.getByRole("link", { name: "narrow" })).toBeVisible();
  await expect(page.getByText("This role may do nothing")).toBeVisible();
  expect((await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).Role).toBe(Role?.Arn);
});
