import { GetFunctionRecursionConfigCommand, PublishVersionCommand } from "@aws-sdk/client-lambda";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

test("environments are initialised ahead for a version, more of them, and none again", async ({ page, server, aws }) => {
  const FunctionName = "provisioned";
  await makeFunction(aws, FunctionName);
  await aws.lambda.send(new PublishVersionCommand({ FunctionName }));
  await page.goto(`${server.url}/console/functions/${FunctionName}/configuration/concurrency`);
  await expect(page.getByText("A published version or an alias can have environments that wait for it.")).toBeVisible();

  await page.getByRole("button", { name: "Add", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Add provisioned concurrency" });
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("Choose a version or an alias.", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: /^Version or alias/ }).click();
  await page.getByRole("option", { name: "Version 1" }).click();
  await dialog.getByRole("button", { name: "Save" }).click();
  const row = page.getByRole("row").filter({ has: page.getByRole("radio", { name: "Select 1" }) });
  await expect(row).toContainText("Ready");
  await expect(row.getByRole("cell", { name: "1", exact: true })).toHaveCount(3);

  await row.getByRole("radio").check();
  await page.getByRole("button", { name: "Edit provisioned concurrency" }).click();
  await page.getByRole("spinbutton", { name: "Provisioned concurrency" }).fill("2");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(row.getByRole("cell", { name: "2", exact: true })).toHaveCount(3);

  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(row).toHaveCount(0);
});

test("circles of calls are let go on where somebody says so", async ({ page, server, aws }) => {
  const FunctionName = "circling";
  await makeFunction(aws, FunctionName);
  await page.goto(`${server.url}/console/functions/${FunctionName}/configuration/concurrency`);
  await expect(page.getByText(/^Terminate: a circle/)).toBeVisible();
  await page.getByRole("button", { name: "Edit Concurrency" }).click();
  await page.getByRole("radio", { name: /^Allow: circles/ }).check();
  await page.getByRole("button", { name: "Save" }).click();
  // The form has the same words: it is saved once the form is gone.
  await expect(page.getByRole("radio")).toHaveCount(0);
  await expect(page.getByText(/^Allow: circles go on/)).toBeVisible();
  expect((await aws.lambda.send(new GetFunctionRecursionConfigCommand({ FunctionName }))).RecursiveLoop).toBe("Allow");
});
