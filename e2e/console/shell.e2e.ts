import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

const heading = (name: string | RegExp) => ({ level: 1, name }) as const;

test("Ctrl+K goes to functions, pages and settings by a few letters", async ({ page, aws }) => {
  await makeFunction(aws, "palette-target");
  await page.keyboard.press("ControlOrMeta+k");
  await expect(page.getByRole("combobox", { name: "Find a function, page or setting" })).toBeFocused();
  await page.keyboard.type("palet");
  await expect(page.getByRole("option", { name: /palette-target/ })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", heading("palette-target"))).toBeVisible();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("settings");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", heading("Settings"))).toBeVisible();
  await expect(page).toHaveTitle(/^Settings/);
  await page.goBack();
  await expect(page.getByRole("heading", heading("palette-target"))).toBeVisible();
});

test("another Region has functions of its own, and stays after a reload", async ({ page, aws }) => {
  await makeFunction(aws, "here-only");
  await page.getByRole("button", { name: "us-east-1" }).click();
  await page.getByText("eu-west-1", { exact: true }).click();
  await expect(page.getByText("No functions in this region")).toBeVisible();
  await page.reload();
  await expect(page.getByRole("button", { name: "eu-west-1" })).toBeVisible();
  await expect(page.getByText("No functions in this region")).toBeVisible();
});

test("dark and compact are kept", async ({ page, server }) => {
  await page.goto(`${server.url}/console/settings`);
  await page.getByRole("button", { name: "Dark", exact: true }).click();
  await page.getByRole("button", { name: "Compact" }).click();
  await page.reload();
  await expect(page.locator("body")).toHaveClass(/awsui-dark-mode/);
  await expect(page.locator("body")).toHaveClass(/awsui-compact-mode/);
});

test("deep links, tabs of their own and unknown addresses", async ({ page, browser, server, aws }) => {
  await makeFunction(aws, "linked");
  await page.goto(`${server.url}/console/#/functions/linked?tab=configure`);
  await expect(page).toHaveURL(`${server.url}/console/functions/linked/configuration`);
  await page.goto(`${server.url}/console/functions`);
  await page.getByRole("link", { name: "linked" }).click({ button: "middle" });
  // Asked of the browser: Playwright sometimes takes a tab that a page opened for one that navigates for ever, or does not see it at all.
  const targets = await browser.newBrowserCDPSession();
  await expect
    .poll(async () => (await targets.send("Target.getTargets")).targetInfos.map(({ url, title }) => ({ url, title })))
    .toContainEqual({ url: `${server.url}/console/functions/linked/code`, title: "linked | Mayfly" });
  await expect(page.getByRole("heading", heading(/^Functions/))).toBeVisible();
  await page.goto(`${server.url}/console/no-such-page`);
  await page.getByRole("link", { name: "Go to Functions" }).click();
  await expect(page.getByRole("heading", heading(/^Functions/))).toBeVisible();
  await page.goto(`${server.url}/console/functions/nobody`);
  await expect(page.getByText("There is no function nobody")).toBeVisible();
});

test("a function is made by keyboard alone", async ({ page, server, aws }) => {
  await page.goto(`${server.url}/console/functions/create`);
  await expect(page.getByRole("textbox", { name: "Function name" })).toBeFocused();
  await page.keyboard.type("typed-only");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: /code editor/ })).toBeFocused();
  await expect(page.getByText("Successfully created the function typed-only")).toBeVisible();
  await makeFunction(aws, "typed-only");
});
