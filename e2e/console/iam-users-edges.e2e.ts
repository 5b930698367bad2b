import { CreateUserCommand, GetUserCommand, GetUserPolicyCommand, ListUserPoliciesCommand, ListUserTagsCommand } from "@aws-sdk/client-iam";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { pageOfUser } from "./iam-user.ts";

const lambdaReader = "AWSLambda_ReadOnlyAccess";

const open = (page: Page, path: string) => page.goto(new URL(`/console/iam/users${path}`, page.url()).href);

/** Fills the creation form: name, console access, one policy. */
async function fillForm(page: Page, name: string): Promise<void> {
  await open(page, "/create");
  await page.getByRole("textbox", { name: "User name" }).fill(name);
  await page.getByRole("checkbox", { name: /Provide user access to the console/ }).check();
  await page.getByRole("searchbox", { name: "Find policies" }).fill("ReadOnlyAccess");
  await page.getByRole("checkbox", { name: `Select ${lambdaReader}` }).click();
}

test("a creation that fails half-way leaves nothing behind, says why, and keeps what was typed", async ({ browser, server, aws }) => {
  const page = await pageOfUser({ browser, server, aws }, "half-admin", [
    { Effect: "Allow", Action: ["iam:*", "mayfly:*"], Resource: "*" },
    { Effect: "Deny", Action: "iam:AttachUserPolicy", Resource: "*" },
  ]);
  await fillForm(page, "half");
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page.getByText("Nothing was created")).toBeVisible();
  await expect(page.getByText("A policy forbids iam:AttachUserPolicy")).toBeVisible();
  await expect(page.getByText("Create user half: taken back")).toBeVisible();
  await expect(page.getByText(`Attach policy ${lambdaReader}: failed`)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "User name" })).toHaveValue("half");
  await expect(aws.iam.send(new GetUserCommand({ UserName: "half" }))).rejects.toMatchObject({ name: "NoSuchEntityException" });
  await page.context().close();
});

test("what could not be taken back is named", async ({ browser, server, aws }) => {
  const page = await pageOfUser({ browser, server, aws }, "no-way-back", [
    { Effect: "Allow", Action: ["iam:*", "mayfly:*"], Resource: "*" },
    { Effect: "Deny", Action: ["iam:CreateLoginProfile", "iam:DeleteUser"], Resource: "*" },
  ]);
  await fillForm(page, "stuck");
  await page.getByRole("button", { name: "Create user" }).click();
  await expect(page.getByText("The user was not created, and not everything could be taken back")).toBeVisible();
  await expect(page.getByText("Create user stuck: is still there, it could not be taken back")).toBeVisible();
  await expect(page.getByText(`Attach policy ${lambdaReader}: taken back`)).toBeVisible();
  await expect(page.getByText("A policy forbids iam:DeleteUser")).toBeVisible();
  expect((await aws.iam.send(new GetUserCommand({ UserName: "stuck" }))).User?.UserName).toBe("stuck");
  await page.context().close();
});

test("a user's inline policy is written, edited and removed", async ({ page, aws }) => {
  await aws.iam.send(new CreateUserCommand({ UserName: "inline" }));
  const names = async () => (await aws.iam.send(new ListUserPoliciesCommand({ UserName: "inline" }))).PolicyNames;
  await open(page, "/inline?edit=inline");
  await page.getByRole("button", { name: "Create policy" }).click();
  await expect(page.getByText("Policy name is required.").first()).toBeVisible();
  await page.getByRole("textbox", { name: "Policy name" }).fill("objects");
  await page.getByRole("button", { name: "Create policy" }).click();
  await expect(page.getByText("The inline policy objects of inline was created.")).toBeVisible();
  const { PolicyDocument = "" } = await aws.iam.send(new GetUserPolicyCommand({ UserName: "inline", PolicyName: "objects" }));
  expect(JSON.parse(decodeURIComponent(PolicyDocument))).toMatchObject({ Statement: [{ Action: ["s3:GetObject"] }] });

  await open(page, "/inline?edit=inline");
  await page.getByRole("textbox", { name: "Policy name" }).fill("objects");
  await expect(page.getByText("The user has an inline policy of this name already.").first()).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("checkbox", { name: /Select objects/ }).click();
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("dialog").getByText(/The user loses what it allows at once/)).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Removed policy objects from inline.")).toBeVisible();
  expect(await names()).toEqual([]);
});

test("a user's tags are added, changed and taken away; one key is not used twice", async ({ page, aws }) => {
  await aws.iam.send(new CreateUserCommand({ UserName: "tagged", Tags: [{ Key: "team", Value: "coffee" }] }));
  await open(page, "/tagged?tab=tags");
  await page.getByRole("button", { name: "Manage tags" }).click();
  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByRole("textbox", { name: "Key of tag 2" }).fill("team");
  await expect(
    page
      .getByText(/already/)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();
  await page.getByRole("textbox", { name: "Key of tag 2" }).fill("stage");
  await page.getByRole("textbox", { name: "Value of tag 2" }).fill("live");
  await page.getByRole("textbox", { name: "Value of tag 1" }).fill("tea");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("The tags of tagged were updated.")).toBeVisible();
  await expect(page.getByRole("table", { name: "Tags" })).toContainText("tea");
  const tags = async () => (await aws.iam.send(new ListUserTagsCommand({ UserName: "tagged" }))).Tags;
  expect(await tags()).toEqual(
    expect.arrayContaining([
      { Key: "stage", Value: "live" },
      { Key: "team", Value: "tea" },
    ]),
  );
  await page.getByRole("button", { name: "Manage tags" }).click();
  await page.getByRole("button", { name: "Remove tag team" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("table", { name: "Tags" })).not.toContainText("tea");
  expect(await tags()).toEqual([{ Key: "stage", Value: "live" }]);
});

test("a secret access key is seen once: not in the browser's storage, not after the dialog, not after a reload", async ({ page, aws }) => {
  await aws.iam.send(new CreateUserCommand({ UserName: "program" }));
  await open(page, "/program?tab=security");
  await page.getByRole("tab", { name: "Security credentials" }).click();
  await page.getByRole("button", { name: "Create access key" }).click();
  const dialog = page.getByRole("dialog", { name: "Access key created" });
  await dialog.getByRole("button", { name: "Copy Secret access key" }).click();
  const secret = await page.evaluate<string>("navigator.clipboard.readText()");
  expect(secret).toMatch(/^\S{40}$/);
  await expect(dialog).not.toContainText(secret);
  await dialog.getByRole("button", { name: "Show Secret access key" }).click();
  await expect(dialog).toContainText(secret);
  expect(await kept(page)).not.toContain(secret);
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(dialog).toHaveCount(0);
  expect(await page.content()).not.toContain(secret);
  await page.reload();
  await expect(page.getByRole("table", { name: "Access keys" }).getByText(/^AKIA/)).toBeVisible();
  expect(await page.content()).not.toContain(secret);
  expect(await kept(page)).not.toContain(secret);
});

/** All that the browser keeps for this page: both storages, cookies that scripts see, databases, caches, history and address. */
const kept = (page: Page): Promise<string> =>
  page.evaluate<string>(`(async () => JSON.stringify([
    { ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state,
    await indexedDB.databases(), await caches.keys(),
  ]))()`);
