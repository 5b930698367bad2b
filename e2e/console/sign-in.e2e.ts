import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

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
  await expect(other.getByText("This sign-in link was used already. Run mayfly signin for a new one.")).toBeVisible();
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

test("a reload and a restart of the server stay signed in; signing out ends it in every tab", async ({ page, context, server }) => {
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

test("a tab whose session was ended elsewhere comes back to where it was", async ({ page, server }) => {
  await page.goto(`${server.url}/console/logs`);
  await expect(page.getByRole("heading", { level: 1, name: /^Log groups/ })).toBeVisible();
  await page.context().clearCookies();
  await page.reload();
  await expect(signInPage(page)).toBeVisible();
  const { id, secret } = rootKey(server.dataFolder);
  await page.getByRole("tab", { name: "Access key" }).click();
  await page.getByRole("textbox", { name: "Access key ID" }).fill(id);
  await page.getByLabel("Secret access key").fill(secret);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(`${server.url}/console/logs`);
  await expect(page.getByRole("heading", { level: 1, name: /^Log groups/ })).toBeVisible();
});
