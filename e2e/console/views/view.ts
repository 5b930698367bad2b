import { expect, type Page } from "@playwright/test";

/** Something of the console to look at: a page, a dialog over it, or one of the faces that it has. */
export interface View {
  readonly name: string;
  /** Below /console. */
  readonly path: string;
  /** What a user does before it is seen. */
  readonly act?: (page: Page) => Promise<void>;
  /** Who looks. Default: the account's root user. */
  readonly as?: "nobody" | "bare";
}

/** The user who may do nothing; the seed makes it. */
export const bareUser = { UserName: "bare", Password: "may-do-Nothing-1" };

/** Clicks what has these names, one after another: buttons, links that look like some, menu items, tabs, choices. */
export async function clicks(page: Page, names: readonly (string | RegExp)[]): Promise<void> {
  for (const name of names)
    await page
      .getByRole("button", { name, exact: true })
      .or(page.getByRole("menuitem", { name }))
      .or(page.getByRole("tab", { name }))
      .or(page.getByRole("checkbox", { name }))
      .or(page.getByRole("radio", { name }))
      .filter({ visible: true })
      .first()
      .click();
}

/** An act of such clicks. */
export const byClicks =
  (...names: readonly (string | RegExp)[]) =>
  (page: Page): Promise<void> =>
    clicks(page, names);

/** An act of such clicks, the last of which opens a dialog. */
export const dialogBy =
  (...names: readonly (string | RegExp)[]) =>
  async (page: Page): Promise<void> => {
    await clicks(page, names);
    await expect(page.getByRole("dialog")).toBeVisible();
  };

/** Nothing is loading any more. */
async function settled(page: Page): Promise<void> {
  await expect(page.locator("h1").first()).toBeVisible();
  await expect(page.getByRole("status", { name: "Loading" })).toHaveCount(0);
  await expect(page.getByText(/^Loading/)).toHaveCount(0);
}

/** Goes to a view, on the server at this address. */
export async function show(page: Page, serverUrl: string, view: View): Promise<void> {
  await page.goto(`${serverUrl}/console${view.path}`);
  await see(page, view);
}

/** Does what a view's user does, once its page is there. */
async function see(page: Page, { act }: View): Promise<void> {
  await settled(page);
  if (act === undefined) return;
  await act(page);
  await settled(page);
}

/** An address that is no page. */
const nowhere = "/no-such-page";

/** Goes to a view from another one in the same window, as by a link: what is loaded stays. */
export async function goOn(page: Page, view: View): Promise<void> {
  // By way of nowhere: whatever has a heading afterwards is the view's.
  const isNowhere = page.getByText("There is no such page");
  await follow(page, nowhere);
  await expect(isNowhere).toBeVisible();
  if (view.path !== nowhere) {
    await follow(page, view.path);
    await expect(isNowhere).toBeHidden();
  }
  await see(page, view);
}

const follow = (page: Page, path: string): Promise<void> =>
  page.evaluate(`history.pushState(undefined, "", ${JSON.stringify(`/console${path}`)}); dispatchEvent(new PopStateEvent("popstate"));`);

/** Changes between light and dark, as the system's setting would. */
export async function paint(page: Page, colorScheme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator("body")).toHaveClass(colorScheme === "dark" ? /awsui-dark-mode/ : /^(?!.*awsui-dark-mode)/);
}
