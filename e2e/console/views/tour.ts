import type { ServerProcess } from "@mayfly/testkit";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { contextOf } from "./signed-in.ts";
import { goOn, show, type View } from "./view.ts";

/** Somebody's window. */
interface Window {
  readonly page: Page;
  /** Nothing of the views before is left in it. */
  isAsNew: boolean;
}

/** Goes from view to view: in one window, as a user does, until a view leaves something in it; then in a new one. */
export interface Tour {
  show(view: View): Promise<Page>;
  /** Closes the dialog that a view has opened. If that is all that it left, the window is as new. */
  closeDialog(page: Page): Promise<void>;
  close(): Promise<void>;
}

/** Starts a tour without any window. */
export function createTour(browser: Browser, server: ServerProcess): Tour {
  const profiles = new Map<string, Promise<BrowserContext>>();
  const windows = new Map<string, Window>();
  const openWindow = async (who: NonNullable<View["as"]> | "root"): Promise<Window> => {
    const profile = profiles.get(who) ?? contextOf(browser, server, who, { reducedMotion: "reduce" });
    profiles.set(who, profile);
    return { page: await (await profile).newPage(), isAsNew: true };
  };
  return {
    async show(view) {
      const who = view.as ?? "root";
      const held = windows.get(who);
      // Another region's answers would be taken for this one's.
      const isElsewhere = view.path.includes("region=");
      const goesOn = held?.isAsNew === true && !isElsewhere;
      if (!goesOn) await held?.page.close();
      const window = goesOn ? held : await openWindow(who);
      windows.set(who, window);
      await (goesOn ? goOn(window.page, view) : show(window.page, server.url, view));
      window.isAsNew = view.act === undefined && !isElsewhere && who !== "nobody";
      return window.page;
    },
    async closeDialog(page) {
      await page.keyboard.press("Escape");
      const window = [...windows.values()].find((one) => one.page === page);
      if (window) window.isAsNew = (await page.getByRole("dialog").filter({ visible: true }).count()) === 0;
    },
    async close() {
      for (const profile of profiles.values()) await (await profile).close();
    },
  };
}
