import {
  GetAccountSettingsCommand,
  InvokeCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import type { Clients } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

const code = `import logging
def lambda_handler(event, context):
    if event.get("told"):
        logging.error("only told, nothing failed")
    if event.get("fail"):
        raise ValueError("no coffee")
    return "done"
`;

async function invoke({ lambda }: Clients, FunctionName: string, events: readonly object[]): Promise<void> {
  for (const event of events) await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
}

const openMonitor = (page: Page, url: string, name: string) => page.goto(`${url}/console/functions/${name}/monitor`);

/** A figure under its label. */
const figure = (page: Page, label: string) =>
  page
    .getByRole("term")
    .filter({ hasText: new RegExp(`^${label}$`) })
    .locator("xpath=following-sibling::dd[1]");

/** Goes by keyboard through a chart's stretches of time, as somebody does who does not see it; answers what each is called. */
async function stretchesOf(page: Page, chart: string): Promise<string[]> {
  await page.getByRole("application", { name: chart }).focus();
  const names: string[] = [];
  for (let stretch = 0; stretch <= 30; stretch++) {
    names.push(await page.evaluate<string>("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"));
    await page.keyboard.press("ArrowRight");
  }
  return names;
}

test("the figures, the charts and the tables agree on what ran and what failed", async ({ page, server, aws }) => {
  await makeFunction(aws, "counted", { files: { "lambda_function.py": code } });
  await openMonitor(page, server.url, "counted");
  await expect(page.getByText("No invocations in this time")).toBeVisible();
  await expect(page.getByRole("link", { name: "Test the function" })).toBeVisible();

  await invoke(aws, "counted", [{}, { told: true }, { fail: true }, {}, { fail: true }]);
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(figure(page, "Invocations")).toHaveText("5");
  await expect(figure(page, "Errors")).toHaveText("2");
  await expect(figure(page, "Success rate")).toHaveText("60.0 %");
  await expect(figure(page, "Cold starts")).toHaveText("1");
  await expect(page.getByRole("heading", { name: "Recent invocations (5)" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Failed invocations (2)" })).toBeVisible();
  const recent = page.getByRole("table", { name: "Recent invocations" });
  await expect(recent.getByText("Succeeded")).toHaveCount(3);
  await expect(recent.getByText("Error", { exact: true })).toHaveCount(2);

  await page.getByRole("table", { name: "Failed invocations" }).getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Invocation", exact: true })).toBeVisible();
  await expect(page.getByRole("log").getByText("no coffee").first()).toBeVisible();
});

test("each chart is read by keyboard", async ({ page, server, aws }) => {
  await makeFunction(aws, "plotted", { files: { "lambda_function.py": code } });
  await invoke(aws, "plotted", [{}, { fail: true }, {}, {}]);
  await openMonitor(page, server.url, "plotted");
  await expect(figure(page, "Invocations")).toHaveText("4");
  expect((await stretchesOf(page, "Invocations")).filter((name) => name.endsWith("Invocations 4"))).toHaveLength(1);
  expect((await stretchesOf(page, "Errors")).filter((name) => name.endsWith("Errors 1"))).toHaveLength(1);
  expect((await stretchesOf(page, "Success rate")).at(-1)).toMatch(/Success rate \(%\) 75$/);
  expect((await stretchesOf(page, "Cold starts")).filter((name) => name.endsWith("Cold starts 1"))).toHaveLength(1);
});

test("functions that share a log group are told apart", async ({ page, server, aws }) => {
  for (const name of ["sharing", "sharing-too"]) {
    await makeFunction(aws, name, { files: { "lambda_function.py": code } });
    await aws.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, LoggingConfig: { LogGroup: "/shared" } }));
    await waitUntilFunctionUpdatedV2({ client: aws.lambda, maxWaitTime: 20, minDelay: 1 }, { FunctionName: name });
  }
  await invoke(aws, "sharing", [{}, {}]);
  await invoke(aws, "sharing-too", [{}, { fail: true }, {}]);
  await openMonitor(page, server.url, "sharing-too");
  await expect(figure(page, "Invocations")).toHaveText("3");
  await expect(figure(page, "Errors")).toHaveText("1");
  await openMonitor(page, server.url, "sharing");
  await expect(figure(page, "Invocations")).toHaveText("2");
  await expect(figure(page, "Errors")).toHaveText("0");
});

test("the dashboard counts functions, code and concurrency as the API does", async ({ page, server, aws }) => {
  await makeFunction(aws, "counted");
  await aws.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: "counted", ReservedConcurrentExecutions: 25 }));
  await page.goto(`${server.url}/console/dashboard`);
  await expect(figure(page, "Unreserved account concurrency")).toHaveText("975");
  const { AccountUsage } = await aws.lambda.send(new GetAccountSettingsCommand({}));
  await expect(figure(page, "Lambda functions")).toHaveText(String(AccountUsage?.FunctionCount));
  await figure(page, "Lambda functions").getByRole("link").click();
  await expect(page.getByRole("heading", { name: `Functions (${AccountUsage?.FunctionCount})` })).toBeVisible();
});

test("an empty region's dashboard offers a first step", async ({ page, server }) => {
  await page.goto(`${server.url}/console/dashboard?region=sa-east-1`);
  await expect(page.getByText("No functions in this region")).toBeVisible();
  await expect(figure(page, "Lambda functions")).toHaveText("0");
  await expect(page.getByRole("button", { name: /sample/i })).toBeVisible();
});

test("the monitor shows the environments, and what their starts spent time on", async ({ page, server, aws }) => {
  await makeFunction(aws, "started", { files: { "lambda_function.py": code } });
  await openMonitor(page, server.url, "started");
  await expect(page.getByText("None since the server started.")).toBeVisible();
  await invoke(aws, "started", [{}, {}]);
  const table = page.getByRole("table", { name: "Environments and their starts" });
  const row = table.getByRole("row").filter({ hasText: "Idle" });
  await expect(row).toHaveCount(1);
  await expect(row.getByRole("cell").nth(2)).toHaveText("2");
  await expect(row.getByRole("img", { name: /(Sandbox|Code given) [\d.]+ (µs|ms|s), Init [\d.]+ (ms|s), First response/ })).toBeVisible();

  // A change makes other environments; the old one ends, and both stay in the list. The second one's process waited booted.
  await aws.lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: "started", Environment: { Variables: { CHANGED: "yes" } } }),
  );
  await waitUntilFunctionUpdatedV2({ client: aws.lambda, maxWaitTime: 20, minDelay: 0.05, maxDelay: 0.2 }, { FunctionName: "started" });
  await invoke(aws, "started", [{}]);
  await expect(table.getByRole("row").filter({ hasText: "Ended" })).toHaveCount(1);
  await expect(row.getByRole("cell").nth(2)).toHaveText("1");
});
