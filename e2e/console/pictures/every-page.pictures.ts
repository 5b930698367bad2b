import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "@playwright/test";
import { expect } from "../fixtures.ts";
import { test } from "./seed.ts";
import { dialogViews } from "./dialog-views.ts";
import { pageViews, type View } from "./views.ts";

const folder = join(import.meta.dirname, "../../../.cache/pictures");

/** How each view is seen. */
const looks = [1440, 800].flatMap((width) => (["light", "dark"] as const).map((colorScheme) => ({ width, colorScheme })));

test.beforeAll(() => void mkdirSync(folder, { recursive: true }));

for (const view of [...pageViews, ...dialogViews]) {
  test(view.name, async ({ page, server, context, browser }) => {
    const storageState = await context.storageState();
    const files: string[] = [];
    for (const { width, colorScheme } of looks) {
      const other = await browser.newContext({ ...(!view.signedOut && { storageState }), colorScheme, viewport: { width, height: 1000 } });
      const file = join(folder, `${view.name}-${width}-${colorScheme}.png`);
      await photograph(await other.newPage(), `${server.url}/console`, view, file);
      files.push(file);
      await other.close();
    }
    await page.close();
    await makeSheet(browser, files, join(folder, `${view.name}.png`));
  });
}

async function photograph(page: Page, base: string, { path, act }: View, file: string): Promise<void> {
  await page.goto(base + path);
  await settled(page);
  if (act !== undefined) {
    await act(page);
    await settled(page);
  }
  await page.screenshot({ path: file, animations: "disabled" });
}

/** Nothing is loading any more. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator("h1").first()).toBeVisible();
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
  await expect(page.getByText(/^Loading/)).toHaveCount(0);
  await page.waitForLoadState("networkidle");
}

/** Four looks on one sheet: quicker to go through. */
async function makeSheet(browser: Browser, files: readonly string[], target: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 2240, height: 2000 } });
  const images = await Promise.all(
    files.map(async (file) => `<img src="data:image/png;base64,${(await readFile(file)).toString("base64")}">`),
  );
  await page.setContent(
    `<body style="margin:0;display:grid;grid-template-columns:1440px 800px">${[0, 2, 1, 3].map((i) => images[i]).join("")}`,
  );
  await page.screenshot({ path: target });
  await page.close();
}
