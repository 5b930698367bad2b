import { readFileSync } from "node:fs";
import { join } from "node:path";
import { seriousViolations } from "./axe.ts";
import { expect } from "./fixtures.ts";
import { dialogViews } from "./views/dialog-views.ts";
import { faceViews } from "./views/face-views.ts";
import {
  bucketViews,
  functionViews,
  iamViews,
  layerViews,
  logViews,
  otherViews,
  pageViews,
  queueViews,
  topicViews,
} from "./views/page-views.ts";
import { test } from "./views/seed.ts";
import { createTour } from "./views/tour.ts";
import { paint, type View } from "./views/view.ts";

const kinds: readonly { readonly kind: string; readonly views: readonly View[]; readonly within?: string }[] = [
  { kind: "on any page about functions", views: functionViews },
  { kind: "on any page about layers", views: layerViews },
  { kind: "on any page about queues", views: queueViews },
  { kind: "on any page about topics", views: topicViews },
  { kind: "on any page about buckets", views: bucketViews },
  { kind: "on any page about logs", views: logViews },
  { kind: "on any page about roles, policies and users", views: iamViews },
  { kind: "on any other page", views: otherViews },
  { kind: "in any dialog", views: dialogViews, within: "[role=dialog]" },
  { kind: "in any other face of a page", views: faceViews },
];

/** The frame around the pages, which is the same on each: the first view is looked at with it. */
const frame = ["#top-bar", "nav[aria-label='Side navigation']"];

for (const { kind, views, within } of kinds) {
  test(`axe finds nothing serious ${kind}, light and dark`, async ({ browser, server }) => {
    test.setTimeout(600_000);
    const tour = createTour(browser, server);
    const found: string[] = [];
    const seen = new Set<View["as"]>();
    let colours: readonly ("light" | "dark")[] = ["light", "dark"];
    for (const view of views) {
      const page = await test.step(view.name, () => tour.show(view));
      const without = seen.has(view.as) ? frame : [];
      seen.add(view.as);
      for (const [index, colour] of colours.entries()) {
        await paint(page, colour);
        const violations = await seriousViolations(page, { within, without, rules: index === 0 ? "all" : "colours" });
        found.push(...violations.map((violation) => `${view.name}, ${colour}: ${violation}`));
      }
      if (within !== undefined) await tour.closeDialog(page);
      // The next one is seen first as this one was last.
      colours = colours.toReversed();
    }
    await tour.close();
    expect(found).toEqual([]);
  });
}

test("every page of the console is among those that are looked at", async () => {
  const pages = readFileSync(join(import.meta.dirname, "../../apps/console/src/app/pages.ts"), "utf8");
  const routes = [...pages.matchAll(/page\(\s*"([^"]+)"/g)].map(([, path = ""]) => path);
  const shown = pageViews.map(({ path }) => path.replace(/[?#].*/, ""));
  const isShown = (route: string): boolean => {
    const pattern = new RegExp(`^/${route.replace(/\/:\w+\?/g, "(/[^/]+)?").replace(/:\w+/g, "[^/]+")}$`);
    // An address of its own, such as a form's, is no example of another route's.
    return shown.some((path) => pattern.test(path) && (path === `/${route}` || !routes.includes(path.slice(1))));
  };
  expect(routes.length).toBeGreaterThan(15);
  // The name of a stream, a subscription or a configuration is known only when it is there: views go to them by a click.
  expect(routes.filter((route) => !isShown(route))).toEqual([
    "code-signing/:configArn",
    "sns/subscriptions/:subscriptionArn",
    "sns/subscriptions/:subscriptionArn/edit",
    "logs/groups/:groupName/streams/:streamName",
  ]);
});
