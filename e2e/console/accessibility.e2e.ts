import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { seriousViolations } from "./axe.ts";
import { expect } from "./fixtures.ts";
import { dialogViews } from "./views/dialog-views.ts";
import { faceViews } from "./views/face-views.ts";
import { functionViews, iamViews, logViews, otherViews, pageViews } from "./views/page-views.ts";
import { test } from "./views/seed.ts";
import { contextOf } from "./views/signed-in.ts";
import { paint, show, type View } from "./views/view.ts";

const kinds: readonly { readonly kind: string; readonly views: readonly View[]; readonly within?: string }[] = [
  { kind: "on any page about functions", views: functionViews },
  { kind: "on any page about logs", views: logViews },
  { kind: "on any page about roles, policies and users", views: iamViews },
  { kind: "on any other page", views: otherViews },
  { kind: "in any dialog", views: dialogViews, within: "[role=dialog]" },
  { kind: "in any other face of a page", views: faceViews },
];

for (const { kind, views, within } of kinds) {
  test(`axe finds nothing serious ${kind}, light and dark`, async ({ browser, server }) => {
    test.setTimeout(600_000);
    const profiles = new Map<string, BrowserContext>();
    const found: string[] = [];
    for (const view of views) {
      const who = view.as ?? "root";
      const profile = profiles.get(who) ?? (await contextOf(browser, server, who, { reducedMotion: "reduce" }));
      profiles.set(who, profile);
      const page = await profile.newPage();
      await test.step(view.name, () => show(page, server.url, view));
      found.push(...(await violationsOf(page, within)).map((violation) => `${view.name}, ${violation}`));
      await page.close();
    }
    for (const profile of profiles.values()) await profile.close();
    expect(found).toEqual([]);
  });
}

async function violationsOf(page: Page, within: string | undefined): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await paint(page, colorScheme);
    found.push(...(await seriousViolations(page, within)).map((violation) => `${colorScheme}: ${violation}`));
  }
  return found;
}

test("every page of the console is among those that are looked at", async () => {
  const pages = readFileSync(join(import.meta.dirname, "../../apps/console/src/app/pages.ts"), "utf8");
  const routes = [...pages.matchAll(/page\("([^"]+)"/g)].map(([, path = ""]) => path);
  const shown = pageViews.map(({ path }) => path.replace(/[?#].*/, ""));
  const isShown = (route: string): boolean => {
    const pattern = new RegExp(`^/${route.replace(/\/:\w+\?/g, "(/[^/]+)?").replace(/:\w+/g, "[^/]+")}$`);
    return shown.some((path) => pattern.test(path));
  };
  expect(routes.length).toBeGreaterThan(15);
  // A stream's name is known only when it is there: the view log-stream goes to it by a click.
  expect(routes.filter((route) => !isShown(route))).toEqual(["logs/groups/:groupName/streams/:streamName"]);
});
