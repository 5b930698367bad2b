import { GetUserCommand, ListAccessKeysCommand, ListAttachedUserPoliciesCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { clientsFor } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const lambdaReader = "AWSLambda_ReadOnlyAccess";

const open = (page: Page, path: string) => page.goto(new URL(`/console/iam/users${path}`, page.url()).href);

/** A text that is behind a Copy button. */
async function copied(page: Page, label: string): Promise<string> {
  await page
    .getByRole("dialog")
    .getByRole("button", { name: `Copy ${label}`, exact: true })
    .click();
  return page.evaluate<string>("navigator.clipboard.readText()");
}

async function createUser(page: Page, name: string): Promise<void> {
  await open(page, "/create");
  await page.getByRole("textbox", { name: "User name" }).fill(name);
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

test("a user with a password signs in with its permissions, and reads which are missing", async ({ page, browser, server, aws }) => {
  await open(page, "");
  await expect(page.getByText("No users")).toBeVisible();
  await page.getByRole("link", { name: "Create user" }).first().click();
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page.getByText("User name is required.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "User name" })).toBeFocused();
  await page.getByRole("textbox", { name: "User name" }).fill("ann");
  await page.getByRole("checkbox", { name: /Provide user access to the console/ }).check();
  await page.getByRole("searchbox", { name: "Find policies" }).fill("ReadOnlyAccess");
  await page.getByRole("checkbox", { name: `Select ${lambdaReader}` }).click();
  await page.getByRole("button", { name: "Create user" }).click();

  await expect(page.getByRole("dialog", { name: "User ann created" })).toBeVisible();
  const password = await copied(page, "Password");
  expect(password).toMatch(/^\S{20}$/);
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "ann" })).toBeVisible();
  const { AttachedPolicies } = await aws.iam.send(new ListAttachedUserPoliciesCommand({ UserName: "ann" }));
  expect(AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual([lambdaReader]);

  const hers = await (await browser.newContext()).newPage();
  await hers.goto(`${server.url}/console/`);
  await hers.getByRole("tab", { name: /user/i }).click();
  await hers.getByRole("textbox", { name: /Account ID/ }).fill("123456789012");
  await hers.getByRole("textbox", { name: "User name" }).fill("ann");
  await hers.getByLabel("Password", { exact: true }).fill(password);
  await hers.getByRole("button", { name: "Sign in" }).click();
  await expect(hers.getByText("No functions in this region")).toBeVisible();
  await hers.goto(`${server.url}/console/iam/users`);
  await expect(hers.getByText("iam:ListUsers").first()).toBeVisible();
  await hers.context().close();
});

test("an access key is shown once, works, and can be switched off", async ({ page, server, aws }) => {
  await createUser(page, "ci");
  await page.getByRole("tab", { name: "Security credentials" }).click();
  await page.getByRole("button", { name: "Create access key" }).click();
  await expect(page.getByRole("dialog", { name: "Access key created" })).toBeVisible();
  const accessKeyId = await copied(page, "Access key ID");
  const secretAccessKey = await copied(page, "Secret access key");
  await expect(page.getByRole("dialog")).not.toContainText(secretAccessKey);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download .csv file" }).click();
  expect((await download).suggestedFilename()).toBe("ci-access-key.csv");
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();

  const program = clientsFor({ url: server.url, credentials: { accessKeyId, secretAccessKey } });
  const arn = async (): Promise<string | undefined> => (await program.sts.send(new GetCallerIdentityCommand({}))).Arn;
  expect(await arn()).toBe("arn:aws:iam::123456789012:user/ci");
  await page.getByRole("button", { name: `Deactivate ${accessKeyId}` }).click();
  await expect(page.getByText(`The access key ${accessKeyId} is inactive now.`)).toBeVisible();
  await expect(arn()).rejects.toMatchObject({ name: "InvalidClientTokenId" });

  await page.getByRole("button", { name: `Delete ${accessKeyId}` }).click();
  await page.getByRole("dialog").getByRole("textbox").fill(accessKeyId);
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No access keys")).toBeVisible();
  expect((await aws.iam.send(new ListAccessKeysCommand({ UserName: "ci" }))).AccessKeyMetadata).toEqual([]);
  const stored = await page.evaluate<string>("JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])");
  expect(stored).not.toContain(secretAccessKey);
  program.destroy();
});

test("a password is set, changed and taken away", async ({ page }) => {
  await createUser(page, "bob");
  await page.getByRole("tab", { name: "Security credentials" }).click();
  await expect(page.getByText("Console access is disabled")).toBeVisible();
  await page.getByRole("button", { name: "Enable console access" }).click();
  await page.getByRole("radio", { name: "Custom password" }).check();
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByText("A password has at least 8 characters.")).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill("correct-Horse-7");
  await page.getByRole("button", { name: "Set password" }).click();
  await expect(page.getByRole("dialog", { name: "Console password" })).toBeVisible();
  await page.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("button", { name: "Change password" })).toBeVisible();
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Console access is disabled")).toBeVisible();
});

test("deleting a user takes what it holds", async ({ page, aws }) => {
  await createUser(page, "gone");
  await page.getByRole("button", { name: "Attach policies" }).click();
  await page.getByRole("searchbox", { name: "Find policies" }).fill(lambdaReader);
  await page.getByRole("checkbox", { name: `Select ${lambdaReader}` }).click();
  await page.getByRole("button", { name: "Add permissions" }).click();
  await expect(page.getByText("A policy was attached to gone.")).toBeVisible();
  await page.getByRole("tab", { name: "Security credentials" }).click();
  await page.getByRole("button", { name: "Create access key" }).click();
  await page.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Enable console access" }).click();
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByRole("button", { name: "Done" }).click();

  await page.getByRole("button", { name: "Delete", exact: true }).first().click();
  await page.getByRole("dialog").getByRole("textbox").fill("gone");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Deleted user gone.")).toBeVisible();
  await expect(aws.iam.send(new GetUserCommand({ UserName: "gone" }))).rejects.toMatchObject({ name: "NoSuchEntityException" });
  await open(page, "/gone");
  await expect(page.getByRole("link", { name: "View all users" })).toBeVisible();
});
