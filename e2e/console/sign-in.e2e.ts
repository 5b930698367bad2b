import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AttachUserPolicyCommand, CreateLoginProfileCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";
import { endSession, withShortCredentials } from "./session-end.ts";

const functionsPage = (page: Page) => page.getByRole("heading", { level: 1, name: /^Functions/ });
const signInPage = (page: Page) => page.getByRole("heading", { name: "Sign in to Mayfly" });

/** The root user's key of the credentials file. */
function rootKey(dataFolder: string): { readonly id: string; readonly secret: string } {
  const text = readFileSync(join(dataFolder, "credentials"), "utf8");
  const value = (name: string): string => new RegExp(`${name}\\s*=\\s*(\\S+)`).exec(text)?.[1] ?? "";
  return { id: value("aws_access_key_id"), secret: value("aws_secret_access_key") };
}

test("a link signs in once; the second time the page says how to get another", async ({ guest, browser, server }) => {
  const link = await server.signinUrl();
  await guest.goto(link);
  await expect(functionsPage(guest)).toBeVisible();
  expect(guest.url()).not.toContain("token");
  const other = await (await browser.newContext()).newPage();
  await other.goto(link);
  await expect(other.getByText("This sign-in link was used already. Run npx mayfly signin for a new one.")).toBeVisible();
  await expect(signInPage(other)).toBeVisible();
  await other.context().close();
});

test("an access key signs in; a wrong one does not, and says so", async ({ guest, server }) => {
  const { id, secret } = rootKey(server.dataFolder);
  await guest.goto(`${server.url}/console/iam/roles`);
  await guest.getByRole("tab", { name: "Access key" }).click();
  await guest.getByRole("textbox", { name: "Access key ID" }).fill(id);
  await guest.getByLabel("Secret access key").fill("not-the-secret");
  await guest.getByRole("button", { name: "Sign in" }).click();
  await expect(guest.getByText("That did not sign you in")).toBeVisible();
  await guest.getByLabel("Secret access key").fill(secret);
  await guest.getByRole("button", { name: "Sign in" }).click();
  // Where the address led before.
  await expect(guest.getByRole("heading", { level: 1, name: /^Roles/ })).toBeVisible();
});

test("a reload stays signed in; signing out ends it in every tab", async ({ page, context, server }) => {
  await page.reload();
  await expect(functionsPage(page)).toBeVisible();
  const other = await context.newPage();
  await other.goto(`${server.url}/console/settings`);
  await expect(other.getByRole("heading", { level: 1, name: "Settings" })).toBeVisible();
  await page.getByRole("button", { name: /root/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(signInPage(page)).toBeVisible();
  await page.goto(`${server.url}/console/functions`);
  await expect(signInPage(page)).toBeVisible();
  await other.reload();
  await expect(signInPage(other)).toBeVisible();
});

async function signInByKey(page: Page, { id, secret }: ReturnType<typeof rootKey>): Promise<void> {
  await page.getByRole("tab", { name: "Access key" }).click();
  await page.getByRole("textbox", { name: "Access key ID" }).fill(id);
  await page.getByLabel("Secret access key").fill(secret);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const editor = (page: Page) => page.getByRole("textbox", { name: /code editor/ });

test("a tab left overnight comes back to where it was, with what was typed", async ({ page, server, aws }) => {
  await makeFunction(aws, "overnight");
  await withShortCredentials(page);
  await page.goto(`${server.url}/console/functions/overnight/code`);
  await editor(page).focus();
  await endSession(page);
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText("# typed in the morning\n");
  await expect(page.getByText("Your session has ended. Sign in again to go on where you were.")).toBeVisible();
  await expect(page.getByText("typed in the morning")).toBeHidden();
  await signInByKey(page, rootKey(server.dataFolder));
  await expect(page.getByText("typed in the morning")).toBeVisible();
  await expect(page).toHaveURL(`${server.url}/console/functions/overnight/code`);
  await expect(page).toHaveTitle("overnight | Mayfly");
  await expect(page.getByText(/draft saved/)).toBeVisible();
});

test("a dialog and a form that were open when the session ended are there again", async ({ page, server }) => {
  await withShortCredentials(page);
  await page.goto(`${server.url}/console/logs`);
  await page.getByRole("button", { name: "Create log group" }).first().click();
  await page.getByRole("dialog").getByRole("textbox").first().fill("/kept/over/night");
  const create = await page.getByRole("dialog").getByRole("button", { name: "Create" }).elementHandle();
  await endSession(page);
  // The page may have found out by itself and hidden the dialog.
  await create?.evaluate((button) => (button as unknown as { click(): void }).click());
  await expect(signInPage(page)).toBeVisible();
  await expect(page.getByRole("dialog")).toBeHidden();
  await signInByKey(page, rootKey(server.dataFolder));
  await expect(page.getByRole("dialog").getByRole("textbox").first()).toHaveValue("/kept/over/night");
  await page.getByRole("dialog").getByRole("button", { name: "Create" }).click();
  await expect(page.getByRole("link", { name: "/kept/over/night" })).toBeVisible();
});

test("somebody else who signs in there sees nothing of what was typed", async ({ page, server, aws }) => {
  await makeFunction(aws, "overnight");
  const user = { UserName: "somebody-else", Password: "another-One-2" };
  await aws.iam.send(new CreateUserCommand({ UserName: user.UserName }));
  await aws.iam.send(new CreateLoginProfileCommand(user));
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await aws.iam.send(new AttachUserPolicyCommand({ UserName: user.UserName, PolicyArn }));
  await withShortCredentials(page);
  await page.goto(`${server.url}/console/functions/overnight/code`);
  await editor(page).focus();
  await endSession(page);
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText("# a private thought\n");
  await expect(signInPage(page)).toBeVisible();
  await page.getByRole("tab", { name: "IAM user" }).click();
  await page.getByRole("textbox", { name: "Account ID" }).fill("123456789012");
  await page.getByRole("textbox", { name: "User name" }).fill(user.UserName);
  await page.getByLabel("Password").fill(user.Password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "Account: somebody-else" })).toBeVisible();
  await expect(page).toHaveURL(`${server.url}/console/functions/overnight/code`);
  await expect(page.getByText("lambda_handler").first()).toBeVisible();
  await expect(page.getByText("a private thought")).toHaveCount(0);
});

test("signing in again in one tab brings the others back", async ({ page, context, server }) => {
  const other = await context.newPage();
  await withShortCredentials(other);
  await other.goto(`${server.url}/console/iam/roles`);
  await expect(other.getByRole("heading", { level: 1, name: /^Roles/ })).toBeVisible();
  await endSession(other);
  // Somebody looks at the tab again: what it shows is asked for anew.
  await expect(async () => {
    await other.evaluate("document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))");
    await expect(signInPage(other)).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await page.goto(await server.signinUrl());
  await expect(functionsPage(page)).toBeVisible();
  await other.evaluate("dispatchEvent(new Event('focus'))");
  await expect(signInPage(other)).toBeHidden();
  await expect(other.getByRole("heading", { level: 1, name: /^Roles/ })).toBeVisible();
});

test("a part of the page that can't be loaded is said, and loaded as soon as it is to be had", async ({ guest, server }) => {
  await guest.route(/sign-in-page-.*\.js/, (route) => route.abort());
  await guest.goto(`${server.url}/console/logs`);
  await expect(guest.getByText("The console could not be shown")).toBeVisible();
  await guest.unroute(/sign-in-page-.*\.js/);
  await expect(signInPage(guest)).toBeVisible();
});

test("an address that needs a session leads on to it after signing in", async ({ guest, server }) => {
  await guest.goto(`${server.url}/console/logs`);
  await expect(signInPage(guest)).toBeVisible();
  await signInByKey(guest, rootKey(server.dataFolder));
  await expect(guest).toHaveURL(`${server.url}/console/logs`);
  await expect(guest.getByRole("heading", { level: 1, name: /^Log groups/ })).toBeVisible();
});
