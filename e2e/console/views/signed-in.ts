import type { ServerProcess } from "@mayfly/testkit";
import { expect, type Browser, type BrowserContext, type BrowserContextOptions } from "@playwright/test";
import { bareUser } from "./view.ts";

/** A profile of the browser in which somebody is signed in, or nobody. */
export async function contextOf(
  browser: Browser,
  server: ServerProcess,
  who: "root" | "nobody" | "bare",
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"], ...options });
  if (who === "nobody") return context;
  const page = await context.newPage();
  if (who === "root") await page.goto(await server.signinUrl());
  else {
    await page.goto(`${server.url}/console/settings`);
    await page.getByRole("tab", { name: "IAM user" }).click();
    await page.getByRole("textbox", { name: "Account ID" }).fill("123456789012");
    await page.getByRole("textbox", { name: "User name" }).fill(bareUser.UserName);
    await page.getByLabel("Password").fill(bareUser.Password);
    await page.getByRole("button", { name: "Sign in" }).click();
  }
  await expect(page.getByRole("button", { name: /^Account:/ })).toBeVisible();
  await page.close();
  return context;
}
