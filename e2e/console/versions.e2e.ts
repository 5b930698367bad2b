import {
  CreateAliasCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { zipOf } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";
import { python, result, runTest } from "./test-page.ts";

const FunctionName = "released";
const table = (page: Page) => page.getByRole("grid", { name: "Versions" });
const versions = (url: string): string => `${url}/console/functions/${FunctionName}/versions`;

async function publish(page: Page, description: string): Promise<void> {
  await page.getByRole("button", { name: "Publish new version" }).first().click();
  await page.getByRole("textbox", { name: /^Description/ }).fill(description);
  await page.getByRole("button", { name: "Publish", exact: true }).click();
}

test.beforeAll(({ aws }) =>
  makeFunction(aws, FunctionName, { files: python("    print('I am version one')\n    return context.function_version") }),
);

test("a version is published, with its command; without a change there is nothing to publish", async ({ page, server, aws }) => {
  await page.goto(versions(server.url));
  await expect(page.getByText("No versions", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Publish new version" }).first().click();
  await page.getByRole("textbox", { name: /^Description/ }).fill("The first one");
  await page.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(page.getByText(/aws lambda publish-version/)).toContainText("--description 'The first one'");
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(page.getByText("Published version 1 of the function")).toBeVisible();
  await expect(table(page).getByRole("row", { name: /The first one/ })).toContainText("1");

  await publish(page, "The same again");
  await expect(page.getByText("Nothing to publish")).toBeVisible();
  await expect(page.getByRole("dialog")).toContainText("version 1");
  const { Versions } = await aws.lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
  expect(Versions?.map(({ Version }) => Version)).toEqual(["$LATEST", "1"]);
});

test("a version's page shows its code and configuration to be read, and leads back to $LATEST", async ({ page, server, aws }) => {
  await aws.lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 512 }));
  await page.goto(versions(server.url));
  await table(page).getByRole("link", { name: "1", exact: true }).click();
  await expect(page.getByText("This is version 1 of the function")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "lambda_function.py, read-only" })).toBeAttached();
  await expect(page.getByText("I am version one")).toBeVisible();
  await expect(page.getByRole("button", { name: "Deploy", exact: true })).toHaveCount(0);

  await page.getByRole("tab", { name: "Configuration" }).click();
  await expect(page.getByText("128 MB (0.07 vCPU)")).toBeVisible();
  await expect(page.getByRole("button", { name: "Edit General configuration" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Tags" })).toHaveCount(0);

  await page.getByRole("link", { name: "Go to $LATEST" }).click();
  await page.getByRole("tab", { name: "Configuration" }).click();
  await expect(page.getByText("512 MB (0.29 vCPU)")).toBeVisible();
});

test("the chooser in the header goes to a version on the same tab, and a test there runs that version", async ({ page, server }) => {
  await page.goto(`${server.url}/console/functions/${FunctionName}/test`);
  await page.getByRole("button", { name: /^Version or alias/ }).click();
  await page.getByRole("option", { name: /^Version 1/ }).click();
  await expect(page).toHaveURL(/\/test\?qualifier=1$/);
  await runTest(page);
  await expect(result(page)).toContainText("Executing function: succeeded");
  await expect(result(page).getByLabel("Response", { exact: true })).toHaveText('"1"');
});

test("a version that an alias leads to is not deleted; any other is", async ({ page, server, aws }) => {
  await page.goto(versions(server.url));
  await publish(page, "Short-lived");
  await expect(page.getByText("Published version 2 of the function")).toBeVisible();
  await aws.lambda.send(new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
  await page.reload();
  await page.getByRole("radio", { name: "Select version 1" }).check();
  await expect(page.getByRole("button", { name: "Delete", exact: true })).toBeDisabled();
  await page.getByRole("radio", { name: "Select version 2" }).check();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("Deleted version 2")).toBeVisible();
  await expect(table(page).getByRole("link", { name: "2", exact: true })).toHaveCount(0);

  await page.goto(`${server.url}/console/functions/${FunctionName}/code?qualifier=2`);
  await expect(page.getByText(`There is no version 2 of the function ${FunctionName}`)).toBeVisible();
});

test("a version's code is shown when more deploys came after it than are kept", async ({ page, server, aws }) => {
  const name = "often-deployed";
  await makeFunction(aws, name, { files: python("    return 'as it was published'") });
  await aws.lambda.send(new PublishVersionCommand({ FunctionName: name }));
  for (let deploy = 0; deploy <= 20; deploy++) {
    const ZipFile = await zipOf(python(`    return ${deploy}`));
    // Refused while the deploy before it is still under way.
    await expect(() => aws.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: name, ZipFile }))).toPass({
      intervals: [20, 50, 100],
    });
  }
  await page.goto(`${server.url}/console/functions/${name}/code?qualifier=1`);
  await expect(page.getByText("as it was published")).toBeVisible();
});
