import { expect, test } from "./fixtures.ts";
import { withShortCredentials } from "./session-end.ts";

test("another browser's session is ended; that browser has to sign in again", async ({ page, browser, server }) => {
  const other = await (await browser.newContext()).newPage();
  await withShortCredentials(other);
  await other.goto(await server.signinUrl());
  await expect(other.getByRole("heading", { level: 1, name: /^Functions/ })).toBeVisible();
  await page.goto(`${server.url}/console/settings`);
  const sessions = page.getByRole("table", { name: "Console sessions" }).locator("tbody").getByRole("row");
  await expect(sessions).toHaveCount(2);
  await expect(sessions.first()).toContainText(/Chrome \d+ on Linux/);
  await sessions
    .filter({ hasNotText: "This browser" })
    .getByRole("button", { name: /^End session/ })
    .click();
  await page.getByRole("dialog").getByRole("button", { name: "End session" }).click();
  await expect(page.getByText("The session was ended.")).toBeVisible();
  await expect(sessions).toHaveCount(1);
  await other.getByRole("link", { name: "Log groups" }).click();
  await expect(other.getByRole("heading", { name: "Sign in to Mayfly" })).toBeVisible();
  await other.context().close();
});

test("the runtimes of this machine are told apart from those that it has not", async ({ page, server }) => {
  await page.goto(`${server.url}/console/settings`);
  await expect(page.getByRole("table", { name: "Runtimes", exact: true }).getByRole("row", { name: /nodejs24\.x/ })).toContainText("24.");
  await page.getByRole("button", { name: /^Not on this machine/ }).click();
  const missing = page.getByRole("table", { name: "Runtimes that are not on this machine" });
  await expect(missing.getByRole("row", { name: /^nodejs12\.x/ })).toBeVisible();
});
