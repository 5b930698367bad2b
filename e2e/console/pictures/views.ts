import { expect, type Page } from "@playwright/test";
import { paste } from "../keyboard.ts";
import { ordersEvent } from "./seed.ts";

/** Something to photograph. */
export interface View {
  readonly name: string;
  /** Below /console. */
  readonly path: string;
  /** What a user does before it is seen. */
  readonly act?: (page: Page) => Promise<void>;
  /** Seen by somebody who has not signed in. */
  readonly signedOut?: true;
}

const orders = "/functions/orders-import";
const group = "/logs/groups/%2Faws%2Flambda%2Forders-import";
const button = (name: string | RegExp) => (page: Page) => page.getByRole("button", { name }).first().click();

/** Types an event into the Test tab and runs it. */
export async function runTest(page: Page, event: unknown): Promise<void> {
  await page.getByRole("textbox", { name: /Event JSON/ }).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page, JSON.stringify(event, null, 2));
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText(/Executing function: (succeeded|failed)/)).toBeVisible();
}

/** Every page. */
export const pageViews: readonly View[] = [
  { name: "sign-in", path: "/functions", signedOut: true },
  { name: "sign-in-user", path: "/functions", signedOut: true, act: (page) => page.getByRole("tab", { name: /user/i }).click() },
  { name: "dashboard", path: "/dashboard" },
  { name: "functions", path: "/functions" },
  { name: "functions-filtered", path: "/functions?q=nothing-like-this" },
  {
    name: "functions-delete",
    path: "/functions",
    act: async (page) => {
      await page.getByRole("checkbox", { name: /thumbnails/ }).click();
      await page.getByRole("button", { name: "Actions" }).click();
      await page.getByRole("menuitem", { name: "Delete" }).click();
    },
  },
  { name: "create", path: "/functions/create" },
  { name: "create-blueprint", path: "/functions/create?method=blueprint" },
  { name: "create-errors", path: "/functions/create", act: button("Create function") },
  { name: "code", path: `${orders}/code` },
  { name: "test", path: `${orders}/test` },
  { name: "test-result", path: `${orders}/test`, act: (page) => runTest(page, ordersEvent) },
  { name: "test-failure", path: `${orders}/test`, act: (page) => runTest(page, { orders: [{ item: "tea" }] }) },
  { name: "monitor", path: `${orders}/monitor` },
  ...["general", "permissions", "environment", "tags", "monitoring", "concurrency"].flatMap((section): View[] => [
    { name: `configuration-${section}`, path: `${orders}/configuration/${section}` },
    { name: `configuration-${section}-edit`, path: `${orders}/configuration/${section}?edit=true` },
  ]),
  { name: "deployments", path: `${orders}/deployments` },
  { name: "not-a-function", path: "/functions/nobody/code" },
  { name: "logs", path: "/logs" },
  { name: "log-group", path: group },
  { name: "log-events", path: `${group}/events` },
  { name: "live-tail", path: "/logs/live-tail?groups=%2Faws%2Flambda%2Forders-import" },
  { name: "live-tail-started", path: "/logs/live-tail?groups=%2Faws%2Flambda%2Forders-import", act: button("Start") },
  {
    name: "log-event-expanded",
    path: `${group}/events`,
    act: (page) =>
      page
        .getByRole("button", { name: /espresso/ })
        .first()
        .click(),
  },
  { name: "roles", path: "/iam/roles" },
  { name: "role-create", path: "/iam/roles/create" },
  { name: "role-create-permissions", path: "/iam/roles/create", act: button(/^Next$/) },
  {
    name: "role-create-review",
    path: "/iam/roles/create",
    act: async (page) => {
      await button(/^Next$/)(page);
      await expect(page.getByRole("heading", { name: /Add permissions/ })).toBeVisible();
      await button(/^Next$/)(page);
    },
  },
  { name: "role-tags", path: "/iam/roles/execution_role?tab=tags" },
  { name: "role-used-by", path: "/iam/roles/execution_role?tab=used-by" },
  { name: "role", path: "/iam/roles/execution_role" },
  { name: "role-trust", path: "/iam/roles/execution_role?tab=trust" },
  { name: "policies", path: "/iam/policies" },
  { name: "policy-create", path: "/iam/policies/create" },
  { name: "policy", path: "/iam/policies/arn%3Aaws%3Aiam%3A%3A123456789012%3Apolicy%2FInvokeOnly" },
  { name: "policy-edit", path: "/iam/policies/arn%3Aaws%3Aiam%3A%3A123456789012%3Apolicy%2FInvokeOnly?edit=document" },
  { name: "policy-versions", path: "/iam/policies/arn%3Aaws%3Aiam%3A%3A123456789012%3Apolicy%2FInvokeOnly?tab=versions" },
  { name: "users", path: "/iam/users" },
  { name: "user-create", path: "/iam/users/create" },
  { name: "user", path: "/iam/users/ann" },
  { name: "user-keys", path: "/iam/users/ann?tab=credentials" },
  { name: "settings", path: "/settings" },
  { name: "help", path: "/functions/create", act: button(/^Info/) },
  { name: "not-found", path: "/no-such-page" },
];
