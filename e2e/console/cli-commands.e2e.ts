import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { GetFunctionCommand, GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { clientsFor, type ServerProcess } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { currentCli } from "../cli/aws-cli.ts";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

const FunctionName = "commanded";
let aws: string;

test.beforeAll(async ({ aws: clients }) => {
  test.setTimeout(300_000);
  aws = (await currentCli()).path;
  await makeFunction(clients, FunctionName);
});

/** Opens a section's form. */
async function edit(page: Page, server: ServerProcess, section: string, search = ""): Promise<void> {
  await page.goto(`${server.url}/console/functions/${FunctionName}/configuration/${section}?edit=true${search}`);
  await expect(page.getByRole("button", { name: "Save", exact: true })).toBeVisible();
}

/** Copies the form's command by its button, leaves the form without saving, and runs what was copied in a shell that has the server's own block. */
async function runCopied(page: Page, server: ServerProcess): Promise<void> {
  await page.getByRole("button", { name: "Equivalent CLI command" }).click();
  await page.getByRole("button", { name: "Copy the command" }).click();
  await expect(page.getByText("Copied", { exact: true })).toBeVisible();
  const copied = await page.evaluate<string>("navigator.clipboard.readText()");
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  const block = server
    .output()
    .split("\n")
    .filter((line) => line.trim().startsWith("export "));
  const command = copied.replaceAll(/^aws /gm, `${aws} `);
  await promisify(execFile)("bash", ["-e", "-c", [...block, command].join("\n")], {
    env: { PATH: process.env["PATH"] ?? "", HOME: server.dataFolder, AWS_PAGER: "" },
    timeout: 60_000,
  });
}

const field = (page: Page, name: RegExp) => page.getByRole("spinbutton", { name }).or(page.getByRole("textbox", { name }));

test("general settings, and a description taken away again", async ({ page, server, aws: { lambda } }) => {
  await edit(page, server, "general");
  await field(page, /Description/).fill("it's $HOME, -- or `not`");
  await field(page, /Memory/).fill("256");
  await field(page, /seconds/).fill("21");
  await runCopied(page, server);
  expect(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).toMatchObject({
    Description: "it's $HOME, -- or `not`",
    MemorySize: 256,
    Timeout: 21,
  });
  for (const text of ["-dashes first", ""]) {
    await edit(page, server, "general");
    await field(page, /Description/).fill(text);
    await runCopied(page, server);
    expect((await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).Description).toBe(text);
  }
});

test("environment variables keep their values", async ({ page, server, aws: { lambda } }) => {
  const variables = { GREETING: `it's "so"`, TABLE: "orders" };
  await edit(page, server, "environment");
  for (const [index, [key, value]] of Object.entries(variables).entries()) {
    await page.getByRole("button", { name: "Add environment variable" }).click();
    await page.getByRole("textbox", { name: `Key of environment variable ${index + 1}` }).fill(key);
    await page.getByRole("textbox", { name: `Value of environment variable ${index + 1}` }).fill(value);
  }
  await runCopied(page, server);
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  expect(Environment?.Variables).toEqual(variables);
  await page.reload();
  await expect(page.getByRole("table", { name: "Environment variables" })).toContainText("TABLE");
});

test("tags are added, changed and taken away in one go", async ({ page, server, aws: { lambda } }) => {
  const tags = async () => (await lambda.send(new GetFunctionCommand({ FunctionName }))).Tags;
  await edit(page, server, "tags");
  for (const [index, [key, value]] of [
    ["cost centre", "4 711"],
    ["stage", "test"],
  ].entries()) {
    await page.getByRole("button", { name: "Add tag" }).click();
    await page.getByRole("textbox", { name: `Key of tag ${index + 1}` }).fill(key ?? "");
    await page.getByRole("textbox", { name: `Value of tag ${index + 1}` }).fill(value ?? "");
  }
  await runCopied(page, server);
  expect(await tags()).toEqual({ "cost centre": "4 711", stage: "test" });
  await edit(page, server, "tags");
  await page.getByRole("button", { name: "Remove tag cost centre" }).click();
  await page.getByRole("textbox", { name: "Value of tag 1" }).fill("live");
  await runCopied(page, server);
  expect(await tags()).toEqual({ stage: "live" });
});

test("reserved concurrency is set and taken away", async ({ page, server, aws: { lambda } }) => {
  const reserved = async () => (await lambda.send(new GetFunctionCommand({ FunctionName }))).Concurrency?.ReservedConcurrentExecutions;
  await edit(page, server, "concurrency");
  await page.getByRole("radio", { name: "Reserve concurrency" }).check();
  await field(page, /Reserved concurrency/).fill("3");
  await runCopied(page, server);
  expect(await reserved()).toBe(3);
  await edit(page, server, "concurrency");
  await page.getByRole("radio", { name: "Use unreserved" }).check();
  await runCopied(page, server);
  expect(await reserved()).toBeUndefined();
});

test("logging, and the region when it is not the server's own", async ({ page, server }) => {
  const there = clientsFor(server, "eu-west-1");
  await makeFunction(there, FunctionName);
  await edit(page, server, "monitoring", "&region=eu-west-1");
  await page.getByRole("radio", { name: "JSON" }).check();
  await field(page, /Log group/).fill("/shared/orders");
  await runCopied(page, server);
  const { LoggingConfig } = await there.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  expect(LoggingConfig).toEqual({
    LogFormat: "JSON",
    ApplicationLogLevel: "INFO",
    SystemLogLevel: "INFO",
    LogGroup: "/shared/orders",
  });
  there.destroy();
});
