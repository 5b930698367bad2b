import {
  GetFunctionConfigurationCommand,
  GetLayerVersionPolicyCommand,
  ListLayerVersionsCommand,
  PublishLayerVersionCommand,
} from "@aws-sdk/client-lambda";
import { zipOf, type Clients } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";
import { python, result, runTest } from "./test-page.ts";

const FunctionName = "layered";
const code = (url: string): string => `${url}/console/functions/${FunctionName}/code`;
const layersTable = (page: Page) => page.getByRole("table", { name: "Layers" });

test.beforeAll(({ aws }) => makeFunction(aws, FunctionName, { files: python("    import shared\n    return shared.word") }));

async function layersOf({ lambda }: Clients): Promise<string[]> {
  const { Layers = [] } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return Layers.map(({ Arn = "" }) => Arn.split(":").slice(6).join(":"));
}

test("a layer is made of a .zip file, checked at the field, and its page shows it", async ({ page, server, aws }) => {
  await page.goto(`${server.url}/console/layers`);
  await expect(page.getByText("No layers", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Create layer" }).first().click();
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByText("Choose a .zip file.")).toBeVisible();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("words");
  await page.getByRole("textbox", { name: /^Description/ }).fill("Words to say");
  await page.getByLabel("Package").setInputFiles({
    name: "words.zip",
    mimeType: "application/zip",
    buffer: Buffer.from(await zipOf({ "python/shared.py": "word = 'from the layer'\n" })),
  });
  await page.getByRole("checkbox", { name: "x86_64" }).check();
  await page.getByRole("button", { name: /^Compatible runtimes/ }).click();
  await page.getByRole("option", { name: /python3\.12/ }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(page.getByText(/aws lambda publish-layer-version/)).toContainText("--compatible-runtimes python3.12");
  await page.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByText("Created version 1 of the layer words.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Version 1" })).toBeVisible();
  await expect(page.getByText("Words to say").first()).toBeVisible();
  const { LayerVersions } = await aws.lambda.send(new ListLayerVersionsCommand({ LayerName: "words" }));
  expect(LayerVersions).toMatchObject([{ CompatibleRuntimes: ["python3.12"], CompatibleArchitectures: ["x86_64"] }]);
});

test("a function gets a layer, those that fit are offered first, and its code finds it", async ({ page, server, aws }) => {
  const Content = { ZipFile: await zipOf({ "nodejs/x.json": "{}" }) };
  await aws.lambda.send(new PublishLayerVersionCommand({ LayerName: "a-node-layer", Content, CompatibleRuntimes: ["nodejs24.x"] }));
  await page.goto(code(server.url));
  await page.getByRole("button", { name: "Add a layer" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Layer Choose/ }).click();
  await expect(page.getByRole("option")).toHaveText([/^words/, /^a-node-layer/]);
  await page.getByRole("option", { name: /^a-node-layer/ }).click();
  await expect(dialog.getByText(/It says that it was made for nodejs24.x/)).toBeVisible();
  await dialog.getByRole("button", { name: /^Layer a-node-layer/ }).click();
  await page.getByRole("option", { name: /^words/ }).click();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(layersTable(page).getByRole("row", { name: /words/ })).toBeVisible();
  expect(await layersOf(aws)).toEqual(["words:1"]);
  await page.getByRole("tab", { name: "Test" }).click();
  await runTest(page);
  await expect(result(page).getByLabel("Response", { exact: true })).toHaveText('"from the layer"');
});

test("a layer is added by its ARN, the order is changed, and one is removed", async ({ page, server, aws }) => {
  await page.goto(code(server.url));
  await page.getByRole("button", { name: "Add a layer" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /^Specify an ARN/ }).check();
  await dialog.getByRole("textbox", { name: "Layer version ARN" }).fill("not-an-arn");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText(/ends with :layer:NAME:VERSION/)).toBeVisible();
  await dialog.getByRole("textbox", { name: "Layer version ARN" }).fill("arn:aws:lambda:us-east-1:123456789012:layer:a-node-layer:1");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(layersTable(page).getByRole("row", { name: /a-node-layer/ })).toBeVisible();
  expect(await layersOf(aws)).toEqual(["words:1", "a-node-layer:1"]);

  await page.getByRole("button", { name: "Edit layers" }).click();
  await dialog.getByRole("button", { name: "Move a-node-layer up" }).click();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => layersOf(aws)).toEqual(["a-node-layer:1", "words:1"]);

  await page.getByRole("button", { name: "Edit layers" }).click();
  await dialog.getByRole("button", { name: "Remove a-node-layer" }).click();
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(layersTable(page).getByRole("row", { name: /a-node-layer/ })).toHaveCount(0);
  expect(await layersOf(aws)).toEqual(["words:1"]);
});

test("a layer's page lists who uses it; another account is let in and out; the version is deleted", async ({ page, server, aws }) => {
  const layer = { LayerName: "words", VersionNumber: 1 };
  await page.goto(`${server.url}/console/layers/words`);
  await expect(page.getByRole("table", { name: "Functions using this layer" })).toContainText(FunctionName);
  await page.getByRole("button", { name: "Add permissions" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Statement ID" }).fill("partner");
  await dialog.getByRole("textbox", { name: "Account ID" }).fill("210987654321");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  const statements = page.getByRole("table", { name: "Policy statements" });
  await expect(statements.getByRole("row", { name: /partner/ })).toContainText("Account 210987654321");
  expect((await aws.lambda.send(new GetLayerVersionPolicyCommand(layer))).Policy).toContain("arn:aws:iam::210987654321:root");
  await page.getByRole("button", { name: "View policy" }).click();
  await expect(dialog.getByLabel("Policy", { exact: true })).toContainText('"Sid": "partner"');
  await dialog.getByRole("button", { name: "Close" }).click();
  await statements.getByRole("button", { name: "Delete partner" }).click();
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No statements", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("Deleted version 1 of the layer words.")).toBeVisible();
  await expect(page.getByRole("link", { name: "words", exact: true })).toHaveCount(0);
  expect((await aws.lambda.send(new ListLayerVersionsCommand({ LayerName: "words" }))).LayerVersions).toEqual([]);
});
