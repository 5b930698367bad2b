import { expect, type Page } from "@playwright/test";
import { paste } from "../keyboard.ts";
import type { View } from "./views.ts";

const orders = "/functions/orders-import";
const group = "/logs/groups/%2Faws%2Flambda%2Forders-import";

/** Clicks buttons, menu items and tabs by their names, one after another; the last opens a dialog. */
const dialogBy =
  (...names: readonly (string | RegExp)[]) =>
  async (page: Page): Promise<void> => {
    await clicks(page, names);
    await expect(page.getByRole("dialog")).toBeVisible();
  };

async function clicks(page: Page, names: readonly (string | RegExp)[]): Promise<void> {
  for (const name of names)
    await page
      .getByRole("button", { name, exact: true })
      .or(page.getByRole("menuitem", { name }))
      .or(page.getByRole("tab", { name }))
      .or(page.getByRole("checkbox", { name }))
      .filter({ visible: true })
      .first()
      .click();
}

const more = "More actions on the code";
const editor = (page: Page) => page.getByRole("textbox", { name: /code editor/ });

async function change(page: Page, text: string): Promise<void> {
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+Home");
  await paste(page, text);
  await expect(page.getByText("You have undeployed changes")).toBeVisible();
}

/** The dialogs over pages, opened as a user opens them. */
export const dialogViews: readonly View[] = [
  { name: "dialog-palette", path: "/functions", act: openPalette },
  { name: "dialog-preferences", path: "/functions", act: dialogBy("Preferences") },
  { name: "dialog-new-file", path: `${orders}/code`, act: dialogBy(more, "New file") },
  { name: "dialog-rename", path: `${orders}/code`, act: dialogBy("Actions for README.md", "Rename or move") },
  { name: "dialog-delete-file", path: `${orders}/code`, act: dialogBy("Actions for README.md", "Delete") },
  { name: "dialog-quick-open", path: `${orders}/code`, act: byKeys("ControlOrMeta+p") },
  { name: "dialog-find", path: `${orders}/code`, act: findInFiles },
  { name: "dialog-upload", path: `${orders}/code`, act: dialogBy("Upload from", ".zip file") },
  {
    name: "dialog-difference",
    path: `${orders}/code`,
    act: async (page) => {
      await change(page, "# changed\n");
      await dialogBy("Review changes")(page);
      await expect(page.getByRole("dialog").getByText("# changed").first()).toBeVisible();
    },
  },
  { name: "dialog-revert", path: `${orders}/deployments`, act: dialogBy("Revert to this") },
  {
    name: "dialog-compare",
    path: `${orders}/deployments`,
    act: async (page) => {
      await dialogBy("Compare with what runs")(page);
      await expect(page.getByRole("dialog").getByText("Sums up the").first()).toBeVisible();
    },
  },
  { name: "dialog-delete-function", path: `${orders}/code`, act: dialogBy("Actions", "Delete function") },
  { name: "dialog-create-log-group", path: "/logs", act: dialogBy("Create log group") },
  { name: "dialog-retention", path: group, act: dialogBy("Edit retention") },
  { name: "dialog-delete-log-group", path: group, act: dialogBy("Delete") },
  { name: "dialog-policy-document", path: "/iam/roles/execution_role", act: (page) => clicks(page, [/^View/]) },
  { name: "dialog-delete-role", path: "/iam/roles/execution_role", act: dialogBy("Delete") },
  { name: "dialog-delete-policy", path: "/iam/policies/arn%3Aaws%3Aiam%3A%3A123456789012%3Apolicy%2FInvokeOnly", act: dialogBy("Delete") },
  { name: "dialog-delete-user", path: "/iam/users/ann", act: dialogBy("Delete") },
  { name: "dialog-delete-key", path: "/iam/users/ann?tab=credentials", act: (page) => clicks(page, [/^Delete AKIA/]) },
];

async function openPalette(page: Page): Promise<void> {
  await byKeys("ControlOrMeta+k")(page);
  await page.keyboard.type("or");
  await expect(page.getByRole("option", { name: /orders-import/ }).first()).toBeVisible();
}

function byKeys(keys: string) {
  return async (page: Page): Promise<void> => {
    if (page.url().includes("/code")) await editor(page).focus();
    await page.keyboard.press(keys);
    await expect(page.getByRole("dialog")).toBeVisible();
  };
}

async function findInFiles(page: Page): Promise<void> {
  await byKeys("ControlOrMeta+Shift+f")(page);
  await page.getByRole("dialog").getByRole("searchbox").fill("price");
  await expect(page.getByRole("dialog").getByText("lambda_function.py").first()).toBeVisible();
}
