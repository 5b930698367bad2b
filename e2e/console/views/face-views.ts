import { expect, type Page } from "@playwright/test";
import { changeCode } from "./dialog-views.ts";
import { runTest } from "./page-views.ts";
import { byClicks, clicks, type View } from "./view.ts";

const orders = "/functions/orders-import";
const elsewhere = "?region=eu-west-3";

/** No request reaches the server from now on. */
async function loseServer(page: Page): Promise<void> {
  await page.route("**/*", (route) => route.abort());
  await page.getByRole("tab", { name: "Monitor" }).click();
  await expect(page.getByText("The Mayfly server does not answer", { exact: true })).toBeVisible();
}

/** The server's answers to an operation are an error from now on, and the page is opened again. */
const failing = (operation: RegExp) => async (page: Page) => {
  await page.route(operation, (route) =>
    route.fulfill({
      status: 500,
      headers: { "x-amzn-requestid": "5f2b1b9e-0b1d-4c1a-9a39-0d7c3f1d2a77", "x-amzn-errortype": "ServiceException" },
      contentType: "application/json",
      body: '{"Message":"An internal error occurred.","Type":"Service"}',
    }),
  );
  await page.reload();
  await expect(page.getByText("ServiceException")).toBeVisible();
};

/** Two windows change the code of one function; this one is told. */
async function meetConflict(page: Page): Promise<void> {
  const other = await page.context().newPage();
  await other.goto(page.url());
  await changeCode(other, "# theirs\n");
  await other.keyboard.press("ControlOrMeta+s");
  await expect(other.getByText(/draft saved/)).toBeVisible();
  await other.close();
  await changeCode(page, "# mine\n");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByText("The draft was saved in another window")).toBeVisible();
}

/** Sends the form of the role wizard's last step without a name. */
async function reviewWithoutName(page: Page): Promise<void> {
  await clicks(page, ["Next", "Next", "Create role"]);
  await expect(page.getByText("Role name is required.")).toBeVisible();
}

/** What pages look like when there is nothing, when something is wrong, and in between. */
export const faceViews: readonly View[] = [
  { name: "face-link-used", path: "/signin#token=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", as: "nobody" },
  { name: "face-no-functions", path: `/functions${elsewhere}` },
  { name: "face-no-logs", path: `/logs${elsewhere}` },
  { name: "face-dashboard-empty", path: `/dashboard${elsewhere}` },
  { name: "face-no-match", path: "/functions?filter=nothing-like-this" },
  { name: "face-no-runs", path: "/functions/never-run/monitor" },
  { name: "face-no-events", path: "/logs/groups/%2Faws%2Flambda%2Forders-import/events?filter=nothing-like-this" },
  { name: "face-no-group-chosen", path: "/logs/live-tail" },
  { name: "face-not-a-function", path: "/functions/nobody/code" },
  { name: "face-not-a-version", path: `${orders}/code?qualifier=99` },
  { name: "face-no-versions", path: "/functions/never-run/versions" },
  { name: "face-no-aliases", path: "/functions/never-run/aliases" },
  { name: "face-no-destinations", path: "/functions/never-run/configuration/destinations" },
  { name: "face-not-a-layer", path: "/layers/nothing" },
  { name: "face-no-layers", path: `/layers${elsewhere}` },
  { name: "face-layer-errors", path: "/layers/create", act: byClicks("Create") },
  { name: "face-not-a-role", path: "/iam/roles/nobody" },
  { name: "face-not-a-page", path: "/no-such-page" },
  { name: "face-no-permission", path: "/functions", as: "bare" },
  { name: "face-no-permission-function", path: `${orders}/code`, as: "bare" },
  { name: "face-error", path: "/functions", act: failing(/2015-03-31\/functions/) },
  { name: "face-server-gone", path: `${orders}/code`, act: loseServer },
  { name: "face-create-errors", path: "/functions/create", act: byClicks("Create function") },
  { name: "face-role-errors", path: "/iam/roles/create", act: reviewWithoutName },
  { name: "face-user-errors", path: "/iam/users/create", act: byClicks("Create user") },
  { name: "face-code-changed", path: "/functions/thumbnails/code", act: (page) => changeCode(page, "// changed\n") },
  { name: "face-code-conflict", path: "/functions/nightly-report/code", act: meetConflict },
  { name: "face-code-read-only", path: "/functions/compiled/code" },
  { name: "face-code-binary", path: `${orders}/code`, act: byClicks("logo.png") },
  { name: "face-test-asynchronous", path: `${orders}/test`, act: testAsynchronously },
  { name: "face-test-streaming", path: "/functions/storyteller/test", act: testStreaming },
  { name: "face-test-ran-out-of-time", path: "/functions/too-slow/test", act: (page) => runTest(page, {}) },
  { name: "face-test-not-json", path: `${orders}/test`, act: typeNoJson },
  { name: "face-run-in-history", path: `${orders}/test`, act: runTwice },
  { name: "face-regions", path: "/functions", act: byClicks(/^Region/) },
  { name: "face-account", path: "/functions", act: byClicks(/^Account/) },
];

async function testAsynchronously(page: Page): Promise<void> {
  await page.getByRole("radio", { name: /Asynchronous/ }).check();
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText(/The event is queued/)).toBeVisible();
}

async function testStreaming(page: Page): Promise<void> {
  await page.getByRole("radio", { name: /Response stream/ }).check();
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByLabel("Response", { exact: true })).toContainText("Once upon a time");
}

async function typeNoJson(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: /Event JSON/ }).focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("}");
  await clicks(page, ["Test"]);
}

async function runTwice(page: Page): Promise<void> {
  await runTest(page, { orders: [] });
  await runTest(page, { orders: [{ item: "tea" }] });
  await expect(page.getByText("Executing function: failed")).toBeVisible();
}
