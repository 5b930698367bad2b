import { AttachRolePolicyCommand, GetPolicyCommand, GetPolicyVersionCommand } from "@aws-sdk/client-iam";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { paste } from "./keyboard.ts";

const open = (page: Page, path: string) => page.goto(new URL(`/console/iam/policies${path}`, page.url()).href);
const arn = "arn:aws:iam::123456789012:policy/ReadOrders";

async function rewrite(page: Page, text: string): Promise<void> {
  await expect(page.locator(".monaco-editor").first()).toBeVisible();
  await page.getByRole("textbox", { name: "Policy document" }).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page, text);
}

const document = (action: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });

test("a policy is made, changed to a second version, and gone back on", async ({ page, aws }) => {
  await open(page, "");
  await page.getByRole("link", { name: "Create policy" }).click();
  await rewrite(page, document("no-service"));
  await page.getByRole("textbox", { name: "Policy name" }).fill("ReadOrders");
  await page.getByRole("button", { name: "Create policy" }).click();
  await expect(page.getByText("Correct the errors in the policy.")).toBeVisible();
  await rewrite(page, document("dynamodb:GetItem"));
  await page.getByRole("button", { name: "Create policy" }).click();
  await expect(page.getByText("Policy ReadOrders created.")).toBeVisible();
  await page.getByRole("button", { name: "View policy" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "ReadOrders" })).toBeVisible();
  await expect(page.getByLabel("Document of ReadOrders")).toContainText("dynamodb:GetItem");

  await page.getByRole("button", { name: "Edit" }).click();
  await rewrite(page, document("dynamodb:Query"));
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("The policy was updated.")).toBeVisible();
  const current = async (): Promise<string> => {
    const { Policy } = await aws.iam.send(new GetPolicyCommand({ PolicyArn: arn }));
    const VersionId = Policy?.DefaultVersionId ?? "";
    const { PolicyVersion } = await aws.iam.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId }));
    return `${VersionId} ${decodeURIComponent(PolicyVersion?.Document ?? "")}`;
  };
  expect(await current()).toBe(`v2 ${document("dynamodb:Query")}`);

  await page.getByRole("tab", { name: "Versions" }).click();
  await page.getByRole("radio", { name: "Select v1" }).click();
  await expect(page.getByLabel("Document of version v1")).toContainText("dynamodb:GetItem");
  await page.getByRole("button", { name: "Set as default" }).click();
  await expect(page.getByText("v1 is the policy's default version now.")).toBeVisible();
  expect(await current()).toBe(`v1 ${document("dynamodb:GetItem")}`);
});

test("who has a policy is said, and it is deleted with its attachments", async ({ page, aws }) => {
  await open(page, "/create");
  await page.getByRole("textbox", { name: "Policy name" }).fill("Everywhere");
  await page.getByRole("button", { name: /^Starting point/ }).click();
  await page.getByRole("option", { name: /Look at functions and logs/ }).click();
  await page.getByRole("button", { name: "Create policy" }).click();
  await expect(page.getByText("Policy Everywhere created.")).toBeVisible();
  const PolicyArn = "arn:aws:iam::123456789012:policy/Everywhere";
  await aws.iam.send(new AttachRolePolicyCommand({ RoleName: "execution_role", PolicyArn }));
  await open(page, `/${encodeURIComponent(PolicyArn)}?tab=entities`);
  await page.getByRole("link", { name: "execution_role" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "execution_role" })).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("Everywhere");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Deleted policy Everywhere.")).toBeVisible();
  await expect(aws.iam.send(new GetPolicyCommand({ PolicyArn }))).rejects.toMatchObject({ name: "NoSuchEntityException" });
});

test("AWS's own policies are read only, and say why", async ({ page, server }) => {
  await page.goto(`${server.url}/console/iam/policies`);
  await expect(page.getByRole("row", { name: /AmazonS3ReadOnlyAccess/ })).toContainText("Provides read-only access to all buckets.");
  await open(page, `/${encodeURIComponent("arn:aws:iam::aws:policy/AWSLambda_ReadOnlyAccess")}`);
  await expect(page.getByText(/AWS's own policies are the same everywhere/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Edit" })).toBeDisabled();
  await expect(page.getByLabel("Document of AWSLambda_ReadOnlyAccess")).toContainText("lambda:List*");
});
