import {
  CreateFunctionUrlConfigCommand,
  GetFunctionCodeSigningConfigCommand,
  ListCodeSigningConfigsCommand,
  UpdateFunctionCodeCommand,
} from "@aws-sdk/client-lambda";
import { zipOf } from "@mayfly/testkit";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

const FunctionName = "signed";
const profile = (name: string): string => `arn:aws:signer:us-east-1:123456789012:/signing-profiles/${name}`;

test.beforeAll(({ aws }) => makeFunction(aws, FunctionName));

test("a configuration is made, checked at its fields, changed, attached to a function, where it refuses code, and deleted", async ({
  page,
  server,
  aws,
}) => {
  const updateCode = async () =>
    aws.lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: await zipOf({ "lambda_function.py": "x = 1\n" }) }));
  await page.goto(`${server.url}/console/code-signing`);
  await expect(page.getByText("No code signing configurations")).toBeVisible();
  await page.getByRole("link", { name: "Create configuration" }).first().click();
  await page.getByRole("textbox", { name: /^Description/ }).fill("Releases");
  await page.getByRole("textbox", { name: "ARN of signing profile 1" }).fill("team");
  await page.getByRole("button", { name: "Create configuration" }).click();
  await expect(page.getByText(/A signing profile's ARN looks like/)).toBeVisible();
  await page.getByRole("textbox", { name: "ARN of signing profile 1" }).fill(profile("team"));
  await page.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(page.getByText(/aws lambda create-code-signing-config/)).toContainText(profile("team"));
  await page.getByRole("button", { name: "Create configuration" }).click();
  await expect(page.getByRole("heading", { name: /^csc-/ })).toBeVisible();
  await expect(page.getByText("Warn: the code is deployed all the same")).toBeVisible();

  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await page.getByRole("button", { name: "Add signing profile" }).click();
  await page.getByRole("textbox", { name: "ARN of signing profile 2" }).fill(profile("other"));
  await page.getByRole("radio", { name: /^Enforce/ }).check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("table", { name: "Signing profiles" }).getByRole("row", { name: /other/ })).toBeVisible();
  const { CodeSigningConfigs = [] } = await aws.lambda.send(new ListCodeSigningConfigsCommand({}));
  expect(CodeSigningConfigs).toMatchObject([
    {
      Description: "Releases",
      AllowedPublishers: { SigningProfileVersionArns: [profile("team"), profile("other")] },
      CodeSigningPolicies: { UntrustedArtifactOnDeployment: "Enforce" },
    },
  ]);
  const id = CodeSigningConfigs[0]?.CodeSigningConfigId ?? "";

  await page.goto(`${server.url}/console/functions/${FunctionName}/configuration/code-signing`);
  await expect(page.getByText("No code signing", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Edit Code signing" }).click();
  await page.getByRole("button", { name: /^Code signing configuration/ }).click();
  await page.getByRole("option", { name: new RegExp(`^${id}`) }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Enforce: the code is refused")).toBeVisible();
  await expect(updateCode()).rejects.toMatchObject({ name: "CodeVerificationFailedException" });

  await page.getByRole("link", { name: id }).click();
  await expect(
    page.getByRole("table", { name: "Functions with this configuration" }).getByRole("link", { name: FunctionName }),
  ).toBeVisible();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("confirm");
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(dialog.getByText(/is in use by 1 function/)).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("link", { name: FunctionName }).click();
  await page.getByRole("button", { name: "Edit Code signing" }).click();
  await page.getByRole("button", { name: /^Code signing configuration/ }).click();
  await page.getByRole("option", { name: /^None/ }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("No code signing", { exact: true })).toBeVisible();
  expect(await aws.lambda.send(new GetFunctionCodeSigningConfigCommand({ FunctionName }))).not.toHaveProperty("CodeSigningConfigArn");
  await updateCode();
  await page.goto(`${server.url}/console/code-signing`);
  await page.getByRole("link", { name: id }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await dialog.getByRole("textbox").fill("confirm");
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No code signing configurations")).toBeVisible();
});

test("the diagram shows the function's URL as what calls it, and leads to its settings", async ({ page, server, aws }) => {
  await aws.lambda.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: "AWS_IAM" }));
  await page.goto(`${server.url}/console/functions/${FunctionName}`);
  const diagram = page.getByRole("group", { name: "Diagram" });
  await expect(diagram.getByText("AWS_IAM")).toBeVisible();
  await diagram.getByRole("link", { name: "Function URL" }).click();
  await expect(page.getByRole("heading", { name: "Function URL" })).toBeVisible();
});
