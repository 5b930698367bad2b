import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRoleTagsCommand,
} from "@aws-sdk/client-iam";
import type { Page } from "@playwright/test";
import type { Clients } from "@mayfly/testkit";
import { expect, test } from "./fixtures.ts";
import { paste } from "./keyboard.ts";
import { makeFunction } from "./make-function.ts";

const logsPolicy = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

async function open(page: Page, path: string): Promise<void> {
  await page.goto(new URL(`/console/iam/roles${path}`, page.url()).href);
}

async function makeRole(aws: Clients, RoleName: string): Promise<void> {
  const statement = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await aws.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  await aws.iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn: logsPolicy }));
}

const attachedTo = async (aws: Clients, RoleName: string): Promise<(string | undefined)[]> => {
  const { AttachedPolicies = [] } = await aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
  return AttachedPolicies.map(({ PolicyName }) => PolicyName).sort();
};

const next = (page: Page) => page.getByRole("button", { name: "Next", exact: true });

/** Puts a text in the place of what the policy editor holds. */
async function rewrite(page: Page, name: string, text: string): Promise<void> {
  await expect(page.locator(".monaco-editor").first()).toBeVisible();
  await page.getByRole("textbox", { name }).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page, text);
}

test("the wizard makes a role in three steps, and offers what to do with it", async ({ page, aws }) => {
  await open(page, "");
  await page.getByRole("link", { name: "Create role" }).click();
  await expect(page.getByRole("radio", { name: "AWS service" })).toBeChecked();
  await expect(page.getByRole("button", { name: /Service or use case/ })).toContainText("Lambda");
  await next(page).click();

  await page.getByRole("searchbox", { name: "Find policies" }).fill("BasicExec");
  await page.getByRole("button", { name: "AWSLambdaBasicExecutionRole: preview" }).click();
  await expect(page.getByLabel("Document of AWSLambdaBasicExecutionRole")).toContainText("logs:PutLogEvents");
  await expect(page.getByRole("list", { name: "The policy in words" })).toContainText("Allows logs: write");
  await page.getByRole("checkbox", { name: "Select AWSLambdaBasicExecutionRole" }).click();
  await page.getByRole("searchbox", { name: "Find policies" }).fill("S3ReadOnly");
  await page.getByRole("checkbox", { name: "Select AmazonS3ReadOnlyAccess" }).click();
  await next(page).click();

  await page.getByRole("textbox", { name: "Role name" }).fill("by-wizard");
  await page.getByRole("textbox", { name: "Description" }).fill("Made in the browser");
  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByRole("textbox", { name: "Key of tag 1" }).fill("team");
  await page.getByRole("textbox", { name: "Value of tag 1" }).fill("blue");

  // Nothing is lost on the way back and forth, by the browser's button or the wizard's.
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Add permissions" })).toBeVisible();
  await page.getByRole("button", { name: "Previous", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Select trusted entity" })).toBeVisible();
  await next(page).click();
  await expect(page.getByRole("heading", { name: /^Add permissions/ })).toBeVisible();
  await next(page).click();
  await expect(page.getByRole("textbox", { name: "Role name" })).toHaveValue("by-wizard");
  await expect(page.getByRole("table", { name: "Permissions policy summary" })).toContainText("AmazonS3ReadOnlyAccess");
  await page.getByRole("button", { name: "Create role" }).click();

  await expect(page.getByText("Role by-wizard created.")).toBeVisible();
  expect(await attachedTo(aws, "by-wizard")).toEqual(["AWSLambdaBasicExecutionRole", "AmazonS3ReadOnlyAccess"]);
  const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: "by-wizard" }));
  expect(Role).toMatchObject({ Description: "Made in the browser", Tags: [{ Key: "team", Value: "blue" }] });

  await page.getByRole("link", { name: "Create a function with it" }).click();
  await expect(page.getByRole("radio", { name: "Use an existing role" })).toBeChecked();
  await expect(page.getByRole("button", { name: /^Existing role/ })).toContainText("by-wizard");
  await page.getByRole("button", { name: "View role" }).click();
  await expect(page.getByRole("heading", { name: "by-wizard" })).toBeVisible();
});

test("a role for another account needs its ID, and the external ID is part of the trust policy", async ({ page, aws }) => {
  await open(page, "/create");
  await page.getByRole("radio", { name: "AWS account" }).click();
  await page.getByRole("radio", { name: "Another AWS account" }).click();
  await next(page).click();
  const account = page.getByRole("textbox", { name: "Account ID" });
  await expect(account).toBeFocused();
  await expect(page.getByText("An account ID has 12 digits, without hyphens.")).toBeVisible();
  await account.fill("210987654321");
  await page.getByRole("checkbox", { name: "Require external ID" }).click();
  await page.getByRole("textbox", { name: "External ID" }).fill("between-us");
  await next(page).click();
  await expect(page.getByRole("heading", { name: /^Add permissions/ })).toBeVisible();
  await next(page).click();
  await page.getByRole("textbox", { name: "Role name" }).fill("for-partner");
  await page.getByRole("textbox", { name: "Role name" }).press("Enter");
  await expect(page.getByText("Role for-partner created.")).toBeVisible();
  const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: "for-partner" }));
  expect(JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""))).toMatchObject({
    Statement: [{ Principal: { AWS: "arn:aws:iam::210987654321:root" }, Condition: { StringEquals: { "sts:ExternalId": "between-us" } } }],
  });
});

test("a custom trust policy is checked by line as one types", async ({ page }) => {
  await open(page, "/create");
  await page.getByRole("radio", { name: "Custom trust policy" }).click();
  const check = page.getByRole("status", { name: "Check of the policy" });
  await expect(check).toContainText("No errors");
  await rewrite(page, "Trust policy", `{\n"Version": "2012-10-17",\n"Statement": { "Effect": "allow", "Action": "sts:AssumeRole" }\n}`);
  await expect(check).toContainText("2 errors");
  const problems = page.getByRole("list", { name: "What is wrong with the policy" });
  await expect(problems).toContainText('Line 3 "Effect" must be "Allow" or "Deny"');
  await expect(problems).toContainText('"Principal" is missing');
  await next(page).click();
  await expect(page.getByText("Correct the errors in the trust policy.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Select trusted entity" })).toBeVisible();
});

test("a creation that is refused half-way leaves nothing, and the form keeps everything", async ({ page, aws }) => {
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sqs:*", Resource: "*" }] });
  const { Policy } = await aws.iam.send(new CreatePolicyCommand({ PolicyName: "passing", PolicyDocument }));
  await open(page, "/create");
  await next(page).click();
  const find = page.getByRole("searchbox", { name: "Find policies" });
  await find.fill("BasicExec");
  await page.getByRole("checkbox", { name: "Select AWSLambdaBasicExecutionRole" }).click();
  await find.fill("passing");
  await page.getByRole("checkbox", { name: "Select passing" }).click();
  await next(page).click();
  await page.getByRole("textbox", { name: "Role name" }).fill("half-way");
  await aws.iam.send(new DeletePolicyCommand({ PolicyArn: Policy?.Arn }));
  await page.getByRole("button", { name: "Create role" }).click();
  await expect(page.getByText("Nothing was created")).toBeVisible();
  await expect(page.getByText("Attach policy passing: failed")).toBeVisible();
  await expect(page.getByText("Create role half-way: taken back")).toBeVisible();
  await expect(aws.iam.send(new GetRoleCommand({ RoleName: "half-way" }))).rejects.toMatchObject({ name: "NoSuchEntityException" });

  await page.getByRole("button", { name: "Edit permissions" }).click();
  await page.getByRole("button", { name: "Remove it from the selection" }).click();
  await next(page).click();
  await expect(page.getByRole("textbox", { name: "Role name" })).toHaveValue("half-way");
  await page.getByRole("button", { name: "Create role" }).click();
  await expect(page.getByText("Role half-way created.")).toBeVisible();
  expect(await attachedTo(aws, "half-way")).toEqual(["AWSLambdaBasicExecutionRole"]);
});

test("a name that is taken or has a wrong character is said at the field", async ({ page, aws }) => {
  await makeRole(aws, "taken");
  await open(page, "/create");
  await next(page).click();
  await expect(page.getByRole("heading", { name: /^Add permissions/ })).toBeVisible();
  await next(page).click();
  const name = page.getByRole("textbox", { name: "Role name" });
  await name.fill("not good");
  await expect(page.getByText("Role name is invalid. Use alphanumeric and '+=,.@-_' characters.")).toBeVisible();
  await name.fill("TAKEN");
  await expect(page.getByText("Role with name TAKEN already exists.")).toBeVisible();
  await page.getByRole("button", { name: "Create role" }).click();
  await expect(name).toBeFocused();
});

test("policies are attached to a role, shown in words, and removed", async ({ page, aws }) => {
  await makeRole(aws, "changing");
  await open(page, "/changing");
  const policies = page.getByRole("table", { name: "Permissions policies" });
  await expect(policies).toContainText("AWSLambdaBasicExecutionRole");
  await expect(page.getByRole("table", { name: "What this role may do" })).toContainText("PutLogEvents");
  await page.getByRole("button", { name: "Add permissions" }).click();
  await page.getByRole("menuitem", { name: "Attach policies" }).click();
  await page.getByRole("searchbox", { name: "Find policies" }).fill("S3Read");
  await page.getByRole("checkbox", { name: "Select AmazonS3ReadOnlyAccess" }).click();
  await page.getByRole("button", { name: "Add permissions" }).click();
  await expect(page.getByText("A policy was attached to changing.")).toBeVisible();
  await expect(policies.getByRole("link", { name: "AmazonS3ReadOnlyAccess" })).toBeVisible();
  await page.getByRole("button", { name: "View AmazonS3ReadOnlyAccess" }).click();
  await expect(page.getByLabel("Document of AmazonS3ReadOnlyAccess")).toContainText('"s3:Get*"');

  await page.getByRole("checkbox", { name: "Select AWSLambdaBasicExecutionRole" }).click();
  await page.getByRole("button", { name: "Remove" }).click();
  await page
    .getByRole("dialog", { name: /Remove policy/ })
    .getByRole("button", { name: "Remove" })
    .click();
  await expect(page.getByText("Removed policy AWSLambdaBasicExecutionRole from changing.")).toBeVisible();
  await expect(policies.getByRole("row")).toHaveCount(2);
  expect(await attachedTo(aws, "changing")).toEqual(["AmazonS3ReadOnlyAccess"]);
});

test("an inline policy is written, refused where it is wrong, and edited", async ({ page, aws }) => {
  await makeRole(aws, "inline");
  await open(page, "/inline?edit=inline");
  await page.getByRole("textbox", { name: "Policy name" }).fill("tables");
  await rewrite(
    page,
    "Policy document",
    `{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "GetItem", "Resource": "*" } }`,
  );
  await page.getByRole("button", { name: "Create policy" }).click();
  await expect(page.getByText("Correct the errors in the policy.")).toBeVisible();
  const good = `{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "*" } }`;
  await rewrite(page, "Policy document", good);
  await expect(page.getByRole("list", { name: "The policy in words" })).toContainText("Allows dynamodb: read (GetItem) on all resources.");
  await page.getByRole("button", { name: "Create policy" }).click();
  await expect(page.getByText("The inline policy tables of inline was created.")).toBeVisible();

  await page.getByRole("button", { name: "Edit tables" }).click();
  await rewrite(page, "Policy document", good.replace("GetItem", "Query"));
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("table", { name: "What this role may do" })).toContainText("read: Query");
  const { PolicyDocument = "" } = await aws.iam.send(new GetRolePolicyCommand({ RoleName: "inline", PolicyName: "tables" }));
  expect(decodeURIComponent(PolicyDocument)).toContain("dynamodb:Query");
});

test("the trust policy is edited; what the server refuses is said in its words and stays in the editor", async ({ page, aws }) => {
  await makeRole(aws, "trusting");
  await open(page, "/trusting?tab=trust");
  await expect(page.getByRole("list", { name: "The policy in words" })).toContainText("May be assumed by AWS service: lambda.");
  await page.getByRole("button", { name: "Edit trust policy" }).click();
  const trust = (principal: object): string =>
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }] });
  await rewrite(page, "Trust policy", trust({ AWS: "arn:aws:iam::123456789012:user/nobody" }));
  await page.getByRole("button", { name: "Update policy" }).click();
  await expect(page.getByText(/Invalid principal in policy: "AWS":"arn:aws:iam::123456789012:user\/nobody"/)).toBeVisible();
  await rewrite(page, "Trust policy", trust({ Service: ["lambda.amazonaws.com", "scheduler.amazonaws.com"] }));
  await page.getByRole("button", { name: "Update policy" }).click();
  await expect(page.getByText("The trust policy of trusting was updated.")).toBeVisible();
  await expect(page.getByRole("list", { name: "The policy in words" })).toContainText("AWS service: lambda, AWS service: scheduler");
  const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: "trusting" }));
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toContain("scheduler.amazonaws.com");
});

test("description, session duration, tags and boundary are changed", async ({ page, aws }) => {
  await makeRole(aws, "details");
  await open(page, "/details");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Edit details" });
  await dialog.getByRole("textbox", { name: "Description" }).fill("Now described");
  await dialog.getByRole("button", { name: /Maximum session duration/ }).click();
  await page.getByRole("option", { name: "4 hours", exact: true }).click();
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Now described")).toBeVisible();
  await expect(page.getByText("4 hours")).toBeVisible();

  await page.getByRole("tab", { name: "Tags" }).click();
  await page.getByRole("button", { name: "Manage tags" }).click();
  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByRole("textbox", { name: "Key of tag 1" }).fill("stage");
  await page.getByRole("textbox", { name: "Value of tag 1" }).fill("test");
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("table", { name: "Tags" })).toContainText("stage");
  const { Tags } = await aws.iam.send(new ListRoleTagsCommand({ RoleName: "details" }));
  expect(Tags).toEqual([{ Key: "stage", Value: "test" }]);

  await page.getByRole("tab", { name: "Permissions" }).click();
  await page.getByRole("button", { name: "Set permissions boundary" }).click();
  await page.getByRole("button", { name: /Boundary policy/ }).click();
  await page.getByPlaceholder("Find policies").fill("PowerUser");
  await page.getByRole("option", { name: /PowerUserAccess/ }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("The permissions boundary of details is PowerUserAccess.")).toBeVisible();
  const { Role } = await aws.iam.send(new GetRoleCommand({ RoleName: "details" }));
  expect(Role).toMatchObject({
    Description: "Now described",
    MaxSessionDuration: 14_400,
    PermissionsBoundary: { PermissionsBoundaryArn: "arn:aws:iam::aws:policy/PowerUserAccess" },
  });
});

test("a role names its functions, and a function's permissions are in words", async ({ page, aws, server }) => {
  await makeFunction(aws, "with-role");
  await open(page, "/execution_role?tab=used-by");
  await page.getByRole("link", { name: "with-role" }).click();
  await expect(page).toHaveURL(/\/functions\/with-role\/code/);
  await page.goto(`${server.url}/console/functions/with-role/configuration/permissions`);
  await expect(page.getByRole("table", { name: "What this role may do" })).toBeVisible();
  await page.getByRole("link", { name: "execution_role" }).click();
  await expect(page).toHaveURL(/\/iam\/roles\/execution_role$/);
});

test("a deleted role is gone from the list, and its page says so", async ({ page, aws }) => {
  await makeRole(aws, "short-lived");
  await open(page, "/short-lived");
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete role short-lived?" });
  await dialog.getByRole("textbox").fill("short-lived");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("Deleted role short-lived.")).toBeVisible();
  await expect(page).toHaveURL(/\/iam\/roles$/);
  await expect(page.getByRole("link", { name: "execution_role" })).toBeVisible();
  await expect(page.getByRole("link", { name: "short-lived" })).toHaveCount(0);
  await open(page, "/short-lived");
  await expect(page.getByText("There is no role short-lived")).toBeVisible();
  await page.getByRole("link", { name: "View all roles" }).click();
  await expect(page).toHaveURL(/\/iam\/roles$/);
});
