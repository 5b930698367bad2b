import { AttachUserPolicyCommand, CreatePolicyCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { UpdateFunctionCodeCommand, waitUntilFunctionUpdatedV2 } from "@aws-sdk/client-lambda";
import { zipOf } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { seriousViolations } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

const FunctionName = "accessible";
const policyArn = "arn:aws:iam::123456789012:policy/accessible";
const policyPath = `/iam/policies/${encodeURIComponent(policyArn)}`;
const code = `/functions/${FunctionName}/code`;
const inDialog = "[role=dialog]";
const inPage = "main";

test.use({ contextOptions: { reducedMotion: "reduce" } });

test.beforeAll(async ({ aws }) => {
  await makeFunction(aws, FunctionName, {
    invoke: true,
    files: { "lambda_function.py": "def lambda_handler(event, context):\n    pass\n" },
  });
  const ZipFile = await zipOf({ "lambda_function.py": "def lambda_handler(event, context):\n    return 1\n" });
  await aws.lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
  await waitUntilFunctionUpdatedV2({ client: aws.lambda, maxWaitTime: 30, minDelay: 1 }, { FunctionName });
  await aws.iam.send(new CreateUserCommand({ UserName: "accessible" }));
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:Get*", Resource: "*" }] });
  await aws.iam.send(new CreatePolicyCommand({ PolicyName: "accessible", PolicyDocument }));
  await aws.iam.send(new AttachUserPolicyCommand({ UserName: "accessible", PolicyArn: policyArn }));
});

/** A dialog, or a form in place of one: how it is opened on its page. */
interface Step {
  readonly name: string;
  readonly path: string;
  readonly open: (page: Page) => Promise<void>;
  readonly within?: string;
}

const button = (name: string | RegExp) => (page: Page) =>
  page
    .getByRole("button", typeof name === "string" ? { name, exact: true } : { name })
    .first()
    .click();

/** Chooses from a menu: its button, then the item. */
const menu = (name: string, item: string | RegExp) => async (page: Page) => {
  await button(name)(page);
  await page.getByRole("menuitem", { name: item }).click();
};

const more = (item: RegExp) => menu("More actions on the code", item);
const onFile = (item: string) => menu("Actions for lambda_function.py", item);

/** Changes the code, so that there is a difference. */
async function change(page: Page): Promise<void> {
  await page.getByRole("textbox", { name: "lambda_function.py, code editor" }).focus();
  await page.keyboard.insertText("# changed\n");
  await expect(page.getByText("You have undeployed changes")).toBeVisible();
}

const steps: readonly Step[] = [
  { name: "palette", path: "/functions", open: (page) => page.keyboard.press("ControlOrMeta+k") },
  {
    name: "delete functions",
    path: "/functions",
    open: async (page) => {
      await page.getByRole("checkbox", { name: `Select ${FunctionName}` }).click();
      await menu("Actions", "Delete")(page);
    },
  },
  { name: "new file", path: code, open: more(/^New file/) },
  { name: "rename file", path: code, open: onFile("Rename or move") },
  { name: "delete file", path: code, open: onFile("Delete") },
  { name: "add files", path: code, open: more(/^Add files/) },
  { name: "find in files", path: code, open: more(/^Find in files/) },
  { name: "quick open", path: code, open: more(/^Go to file/) },
  { name: "upload", path: code, open: menu("Upload from", /^\.zip file/) },
  {
    name: "difference",
    path: code,
    open: async (page) => {
      await change(page);
      await button("Review changes")(page);
    },
  },
  { name: "discard", path: code, open: more(/^Discard/) },
  { name: "compare", path: `/functions/${FunctionName}/deployments`, open: button("Compare with what runs") },
  { name: "revert", path: `/functions/${FunctionName}/deployments`, open: button("Revert to this") },
  {
    name: "environment edit",
    path: `/functions/${FunctionName}/configuration/environment?edit=true`,
    open: async (page) => {
      await button("Add environment variable")(page);
      await button("Save")(page);
      await expect(page.getByText(/A key has at least two characters/).first()).toBeVisible();
    },
    within: inPage,
  },
  {
    name: "event saved",
    path: `/functions/${FunctionName}/test`,
    open: async (page) => {
      await page.getByRole("textbox", { name: "Event name" }).fill("kept");
      await button("Save")(page);
    },
    within: inPage,
  },
  { name: "create log group", path: "/logs", open: button("Create log group") },
  { name: "retention", path: `/logs/groups/${encodeURIComponent(`/aws/lambda/${FunctionName}`)}`, open: button("Edit retention") },
  { name: "delete log group", path: `/logs/groups/${encodeURIComponent(`/aws/lambda/${FunctionName}`)}`, open: button("Delete") },
  { name: "edit role", path: "/iam/roles/execution_role", open: button("Edit") },
  { name: "delete role", path: "/iam/roles/execution_role", open: button("Delete") },
  { name: "delete user", path: "/iam/users/accessible", open: button("Delete") },
  {
    name: "remove policies",
    path: "/iam/users/accessible",
    open: async (page) => {
      await page.getByRole("checkbox", { name: /Select accessible/ }).click();
      await button("Remove")(page);
    },
  },
  { name: "attach policies", path: "/iam/users/accessible?edit=attach", open: async () => undefined, within: inPage },
  {
    name: "set password",
    path: "/iam/users/accessible?tab=security",
    open: async (page) => {
      await page.getByRole("tab", { name: "Security credentials" }).click();
      await button("Enable console access")(page);
    },
  },
  {
    name: "create access key",
    path: "/iam/users/accessible?tab=security",
    open: async (page) => {
      await page.getByRole("tab", { name: "Security credentials" }).click();
      await button("Create access key")(page);
    },
  },
  { name: "delete policy", path: policyPath, open: button("Delete") },
];

test("axe finds nothing serious in any dialog, light and dark", async ({ page, server }) => {
  test.setTimeout(240_000);
  const found: string[] = [];
  let shown: string | undefined;
  for (const { name, path, open, within = inDialog } of steps) {
    await page.emulateMedia({ colorScheme: "light" });
    if (path !== shown) await page.goto(`${server.url}/console${path}`);
    await expect(page.locator("h1").first()).toBeVisible();
    await open(page);
    await expect(page.locator(within).first(), name).toBeVisible();
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator("body")).toHaveClass(colorScheme === "dark" ? /awsui-dark-mode/ : /^(?!.*awsui-dark-mode)/);
      found.push(...(await seriousViolations(page, within)).map((violation) => `${name}, ${colorScheme}: ${violation}`));
    }
    shown = within === inDialog ? path : undefined;
    if (within === inDialog) await page.getByRole("dialog").getByRole("button", { name: "Close" }).first().click();
  }
  expect(found).toEqual([]);
});
