import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { dialogViews } from "../views/dialog-views.ts";
import { faceViews } from "../views/face-views.ts";
import { pageViews } from "../views/page-views.ts";
import { test as seeded } from "../views/seed.ts";
import { contextOf } from "../views/signed-in.ts";
import { paint, show, type View } from "../views/view.ts";

const folder = join(import.meta.dirname, "../../../.cache/pictures");
const widths = [1440, 800] as const;
const colours = ["light", "dark"] as const;
/** Of what is seen without scrolling; pages are photographed to their end. */
const height = 1000;

type Who = NonNullable<View["as"]> | "root";

interface FileFixtures {
  /** A browser's profile for each who looks, kept over all views: its cache makes them quicker. */
  readonly profiles: (who: Who, width: number) => Promise<BrowserContext>;
}

const test = seeded.extend<object, FileFixtures>({
  profiles: [
    async ({ browser, server }, use) => {
      const made = new Map<string, Promise<BrowserContext>>();
      await use((who, width) => {
        const key = `${who} ${width}`;
        const profile = made.get(key) ?? contextOf(browser, server, who, { viewport: { width, height } });
        made.set(key, profile);
        return profile;
      });
      for (const profile of made.values()) await (await profile).close();
    },
    { scope: "worker" },
  ],
});

test.beforeAll(() => void mkdirSync(folder, { recursive: true }));

for (const view of [...pageViews, ...dialogViews, ...faceViews]) {
  test(view.name, async ({ server, browser, profiles }) => {
    const files: string[] = [];
    for (const width of widths) {
      const page = await (await profiles(view.as ?? "root", width)).newPage();
      await page.emulateMedia({ colorScheme: "light" });
      await show(page, server.url, view);
      await stretch(page, width);
      for (const colorScheme of colours) {
        const file = join(folder, `${view.name}-${width}-${colorScheme}.png`);
        await paint(page, colorScheme);
        await page.screenshot({ path: file, animations: "disabled" });
        files.push(file);
      }
      await page.close();
    }
    await makeSheet(browser, files, join(folder, `${view.name}.png`));
  });
}

/** Makes the window as high as the page; what is under a dialog is of no interest below the fold. */
async function stretch(page: Page, width: number): Promise<void> {
  if ((await page.getByRole("dialog").count()) > 0) return;
  const needed = await page.evaluate<number>("document.documentElement.scrollHeight");
  await page.setViewportSize({ width, height: Math.max(height, needed) });
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
  await page.screenshot({ path: target, fullPage: true });
  await page.close();
}
