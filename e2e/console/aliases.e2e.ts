import {
  GetAliasCommand,
  InvokeCommand,
  ListAliasesCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";
import { python, result, runTest } from "./test-page.ts";

const FunctionName = "routed";
const aliases = (url: string): string => `${url}/console/functions/${FunctionName}/aliases`;

test.beforeAll(async ({ aws }) => {
  await makeFunction(aws, FunctionName, { files: python("    return context.invoked_function_arn") });
  await aws.lambda.send(new PublishVersionCommand({ FunctionName }));
  await aws.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description: "second" }));
  await waitUntilFunctionUpdatedV2({ client: aws.lambda, maxWaitTime: 30, minDelay: 1 }, { FunctionName });
  await aws.lambda.send(new PublishVersionCommand({ FunctionName }));
});

async function choose(page: Page, field: RegExp, option: RegExp): Promise<void> {
  await page.getByRole("dialog").getByRole("button", { name: field }).click();
  await page.getByRole("option", { name: option }).click();
}

test("an alias is made of two versions, weighted by the slider, and checked at the field", async ({ page, server, aws }) => {
  await page.goto(aliases(server.url));
  await expect(page.getByText("No aliases", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Create alias" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Name" }).fill("7");
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await expect(dialog.getByText(/A name of numbers alone/)).toBeVisible();
  await dialog.getByRole("textbox", { name: "Name" }).fill("live");
  await choose(page, /^Version/, /^Version 1/);
  await choose(page, /^Additional version/, /^Version 2/);
  const slider = dialog.getByRole("slider", { name: "Weight of version 2" });
  await slider.focus();
  for (let step = 0; step < 15; step++) await slider.press("ArrowRight");
  await expect(dialog.getByRole("group", { name: "Traffic as it would be" })).toContainText("Version 1: 75%");
  await dialog.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(dialog.getByText(/aws lambda create-alias/)).toContainText(`'{"AdditionalVersionWeights":{"2":0.25}}'`);
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByText("Created the alias live.")).toBeVisible();
  await expect(page.getByRole("grid", { name: "Aliases" })).toContainText("1 (75%), 2 (25%)");
  const alias = await aws.lambda.send(new GetAliasCommand({ FunctionName, Name: "live" }));
  expect(alias).toMatchObject({ FunctionVersion: "1", RoutingConfig: { AdditionalVersionWeights: { "2": 0.25 } } });
});

test("an alias's page shows its traffic, and all of it goes to the other version after an edit", async ({ page, server, aws }) => {
  await page.goto(aliases(server.url));
  await page.getByRole("link", { name: "live", exact: true }).click();
  await expect(page.getByRole("group", { name: "Traffic as configured" })).toContainText("Version 2: 25%");
  await page.getByRole("button", { name: "Edit alias" }).click();
  await choose(page, /^Additional version/, /^None/);
  await choose(page, /^Version/, /^Version 2/);
  await page.getByRole("dialog").getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("group", { name: "Traffic as configured" })).toContainText("Version 2: 100%");
  const { RoutingConfig, FunctionVersion } = await aws.lambda.send(new GetAliasCommand({ FunctionName, Name: "live" }));
  expect([FunctionVersion, RoutingConfig?.AdditionalVersionWeights ?? {}]).toEqual(["2", {}]);

  await page.getByRole("tab", { name: "Test" }).click();
  await runTest(page);
  await expect(result(page)).toContainText("Executing function: succeeded");
  await expect(result(page).getByLabel("Response", { exact: true })).toHaveText(/:routed:live"$/);
  await expect(result(page)).toContainText("Function version2");
  await expect(page.getByRole("group", { name: "Traffic of the last hour" })).toContainText("Version 2: 1 (100%)", { timeout: 20_000 });
  await aws.lambda.send(new InvokeCommand({ FunctionName }));
  await page.getByRole("tab", { name: "Monitor" }).click();
  await expect(page.getByText("the versions that live leads to (2)")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Recent invocations (1)" })).toBeVisible();
  await page.getByRole("link", { name: "Go to $LATEST" }).click();
  await page.getByRole("tab", { name: "Monitor" }).click();
  await expect(page.getByRole("heading", { name: "Recent invocations (2)" })).toBeVisible();
});

test("an alias is deleted", async ({ page, server, aws }) => {
  await page.goto(`${server.url}/console/functions/${FunctionName}/code?qualifier=live`);
  await page.getByRole("button", { name: "Actions", exact: true }).click();
  await page.getByRole("menuitem", { name: "Delete alias" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("Deleted the alias live")).toBeVisible();
  await expect(page.getByText("No aliases", { exact: true })).toBeVisible();
  expect((await aws.lambda.send(new ListAliasesCommand({ FunctionName }))).Aliases).toEqual([]);
});
