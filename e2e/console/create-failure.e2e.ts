import { CreateFunctionCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { CreateRoleCommand, ListRolesCommand } from "@aws-sdk/client-iam";
import { zipSync, strToU8 } from "fflate";
import type { Page } from "@playwright/test";
import type { Clients } from "@mayfly/testkit";
import { openCreate } from "./create-page.ts";
import { expect, test } from "./fixtures.ts";

const roleNames = async ({ iam }: Clients): Promise<string[]> =>
  ((await iam.send(new ListRolesCommand({}))).Roles ?? []).flatMap(({ RoleName }) => RoleName ?? []);
const functionNames = async ({ lambda }: Clients): Promise<string[]> =>
  ((await lambda.send(new ListFunctionsCommand({}))).Functions ?? []).flatMap(({ FunctionName }) => FunctionName ?? []);

async function createFunction({ iam, lambda }: Clients, FunctionName: string): Promise<void> {
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: `role-of-${FunctionName}`, AssumeRolePolicyDocument }));
  const ZipFile = zipSync({ "index.mjs": strToU8("export const handler = async () => 1;") });
  await lambda.send(
    new CreateFunctionCommand({ FunctionName, Role: Role?.Arn, Runtime: "nodejs22.x", Handler: "index.handler", Code: { ZipFile } }),
  );
}

const createButton = (page: Page) => page.getByRole("button", { name: "Create function" });

test("fields say what is wrong, and the first of them gets the focus", async ({ page, aws }) => {
  await createFunction(aws, "Taken");
  await openCreate(page);
  const name = page.getByLabel("Function name");
  await expect(name).toBeFocused();
  await createButton(page).click();
  await expect(page.getByText("Function name is required.")).toBeVisible();
  await expect(name).toBeFocused();
  await name.fill("Hello World");
  await expect(page.getByText("Function name can contain only letters, numbers, hyphens, and underscores with no spaces.")).toBeVisible();
  await name.fill("Taken");
  await expect(page.getByText("Function already exist: Taken")).toBeVisible();
  await name.fill("Free");
  await page.getByRole("button", { name: "Additional settings" }).click();
  await page.getByLabel("Memory (MB)").fill("64");
  await page.getByRole("button", { name: "Additional settings" }).click();
  await page.keyboard.press("Tab");
  await createButton(page).click();
  await expect(page.getByText("Memory must be between 128 and 10240 MB, a whole number.")).toBeVisible();
  await expect(page.getByLabel("Memory (MB)")).toBeFocused();
});

test("a name that is taken meanwhile is refused at its field; the new role is taken back, what was typed stays", async ({ page, aws }) => {
  await openCreate(page);
  await page.getByRole("button", { name: "Additional settings" }).click();
  await page.getByRole("textbox", { name: "Description - optional" }).fill("What I typed");
  await page.getByLabel("Function name").fill("Contested");
  await createFunction(aws, "Contested");
  const before = await roleNames(aws);
  await createButton(page).click();
  await expect(page.getByText("Nothing was created")).toBeVisible();
  await expect(page.getByRole("status", { name: "Progress" })).toContainText(/Create role Contested-role-[a-z0-9]{8}: taken back/);
  await expect(page.getByLabel("Function name")).toBeFocused();
  await expect(page.getByText("Function already exist: Contested").first()).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Description - optional" })).toHaveValue("What I typed");
  expect(await roleNames(aws)).toEqual(before);
  await page.getByLabel("Function name").fill("Uncontested");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/functions\/Uncontested\/code/);
});

test("when the answer to CreateFunction is lost, the function that was made goes too", async ({ page, aws }) => {
  await openCreate(page);
  await page.getByLabel("Function name").fill("Lost");
  const before = await roleNames(aws);
  await page.route("**/2015-03-31/functions", async (route) => {
    if (route.request().method() !== "POST") return route.fallback();
    await route.fetch();
    return route.abort("connectionreset");
  });
  await createButton(page).click();
  await expect(page.getByText("Nothing was created")).toBeVisible();
  expect(await functionNames(aws)).not.toContain("Lost");
  expect(await roleNames(aws)).toEqual(before);
});

test("what can't be taken back is named", async ({ page }) => {
  await openCreate(page);
  await page.getByLabel("Function name").fill("Left");
  // The connection is lost for good when the function is to be made, and when the role is to be deleted.
  await page.route("**/2015-03-31/functions", async (route) =>
    route.request().method() === "POST" ? route.abort("connectionrefused") : route.fallback(),
  );
  await page.route("**/", async (route) =>
    (route.request().postData() ?? "").includes("Action=DeleteRole&") ? route.abort("connectionrefused") : route.fallback(),
  );
  await createButton(page).click();
  await expect(page.getByText("The function was not created, and not everything could be taken back")).toBeVisible();
  await expect(page.getByRole("status", { name: "Progress" })).toContainText(/Create role Left-role-[a-z0-9]{8}: is still there/);
});
