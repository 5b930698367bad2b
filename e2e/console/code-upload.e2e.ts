import { randomBytes } from "node:crypto";
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash } from "node:crypto";
import { pipeline } from "node:stream/promises";
import { CreateFunctionCommand, GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { zipOf } from "@mayfly/testkit";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

let folder: string;
test.beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "mayfly-upload-"))));
test.afterAll(() => rmSync(folder, { recursive: true }));

async function zipFile(name: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<{ path: string; sha256: string }> {
  const bytes = await zipOf(files);
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return { path, sha256: createHash("sha256").update(bytes).digest("base64") };
}

test("a package of nearly 50 MB goes up while the page stays alive, and comes down as it was", async ({ page, server, aws }) => {
  test.setTimeout(120_000);
  await makeFunction(aws, "large");
  const handler = "def lambda_handler(event, context):\n    return 'large'\n";
  const { path, sha256 } = await zipFile("large.zip", { "lambda_function.py": handler, "data.bin": randomBytes(48 * 2 ** 20) });
  await page.goto(`${server.url}/console/functions/large/code`);
  await page.getByRole("button", { name: "Upload from" }).click();
  await page.getByRole("menuitem", { name: ".zip file", exact: true }).click();
  await page.locator("input[type=file]").setInputFiles(path);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Uploading large.zip to large", { exact: true })).toBeVisible();
  await page.getByRole("tab", { name: "Test" }).click();
  await page.getByRole("textbox", { name: "Event name" }).fill("typed-meanwhile");
  await expect(page.getByText("Successfully updated the function large.")).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole("textbox", { name: "Event name" })).toHaveValue("typed-meanwhile");
  const { CodeSha256 } = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "large" }));
  expect(CodeSha256).toBe(sha256);

  await page.getByRole("tab", { name: "Code" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Upload from" }).click();
  await page.getByRole("menuitem", { name: "Download .zip" }).click();
  const hash = createHash("sha256");
  await pipeline(createReadStream(await (await download).path()), hash);
  expect(hash.digest("base64")).toBe(sha256);
});

test("what is no .zip file is refused, and nothing is lost", async ({ page, server, aws }) => {
  await makeFunction(aws, "kept");
  writeFileSync(join(folder, "no.zip"), "this is no zip file");
  await page.goto(`${server.url}/console/functions/kept/code`);
  await page.getByRole("button", { name: "Upload from" }).click();
  await page.getByRole("menuitem", { name: ".zip file", exact: true }).click();
  await page.locator("input[type=file]").setInputFiles(join(folder, "no.zip"));
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The function kept was not updated")).toBeVisible();
  await expect(page.getByText(/Could not unzip uploaded file/)).toBeVisible();
  await expect(page.getByText("Deployed: this is the code that runs")).toBeVisible();
});

test("code that is compiled can be looked at, and says why it can't be edited", async ({ page, server, aws }) => {
  await aws.lambda.send(
    new CreateFunctionCommand({
      FunctionName: "compiled",
      Runtime: "provided.al2023",
      Handler: "bootstrap",
      Role: "arn:aws:iam::123456789012:role/execution_role",
      Code: { ZipFile: await zipOf({ bootstrap: "#!/bin/sh\n" }) },
    }),
  );
  await page.goto(`${server.url}/console/functions/compiled/code`);
  await expect(
    page
      .getByText(/Functions of the runtime provided\.al2023 are compiled/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();
  await expect(page.getByRole("button", { name: "Deploy", exact: true })).toBeDisabled();
});
