import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import {
  CreateRoleCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { openCreate } from "./create-page.ts";
import { expect, test } from "./fixtures.ts";

const trust = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });

test("an existing role is found among those that Lambda may take on", async ({ page, aws }) => {
  const { Role } = await aws.iam.send(
    new CreateRoleCommand({ RoleName: "for-lambda", AssumeRolePolicyDocument: trust("lambda.amazonaws.com") }),
  );
  await aws.iam.send(new CreateRoleCommand({ RoleName: "for-ec2", AssumeRolePolicyDocument: trust("ec2.amazonaws.com") }));
  await openCreate(page);
  await page.getByLabel("Function name").fill("WithExisting");
  await page.getByRole("radio", { name: "Use an existing role" }).click();
  await page.getByRole("button", { name: /^Existing role/ }).click();
  await expect(page.getByRole("option", { name: "for-lambda" })).toBeVisible();
  await expect(page.getByRole("option", { name: "for-ec2" })).toHaveCount(0);
  await page.getByPlaceholder("Find roles").fill("for-l");
  await page.getByRole("option", { name: "for-lambda" }).click();
  await expect(page.getByRole("link", { name: "View the for-lambda role" })).toBeVisible();
  const plan = page.getByRole("list", { name: "What will be created" });
  await expect(plan.getByRole("listitem")).toHaveCount(2);
  await expect(plan).toContainText(Role?.Arn ?? "no ARN");
  await page.getByRole("button", { name: "Create function" }).click();
  await expect(page).toHaveURL(/\/functions\/WithExisting\/code/);
  const created = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "WithExisting" }));
  expect(created.Role).toBe(Role?.Arn);
});

test("policy templates make a role with their policies, shown before", async ({ page, aws }) => {
  await openCreate(page);
  await page.getByLabel("Function name").fill("WithTemplates");
  await page.getByRole("radio", { name: "Create a new role from AWS policy templates" }).click();
  await page.getByRole("textbox", { name: "Role name" }).fill("poller");
  await page.getByRole("button", { name: /^Policy templates/ }).click();
  await page.getByRole("option", { name: /Amazon SQS poller permissions/ }).click();
  await page.getByRole("option", { name: /Amazon SNS publish policy/ }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Policies that the role will have" }).click();
  await expect(page.getByLabel("Command").first()).toContainText('"sqs:ReceiveMessage"');
  await expect(page.getByRole("list", { name: "What will be created" })).toContainText(":role/service-role/poller");
  await page.getByRole("button", { name: "Create function" }).click();
  await expect(page).toHaveURL(/\/functions\/WithTemplates\/code/);

  const ofRole = { RoleName: "poller" };
  const { PolicyNames = [] } = await aws.iam.send(new ListRolePoliciesCommand(ofRole));
  expect(PolicyNames.toSorted()).toEqual(["Lambda-sns-publish", "Lambda-sqs-poller"]);
  const { PolicyDocument = "" } = await aws.iam.send(new GetRolePolicyCommand({ ...ofRole, PolicyName: "Lambda-sqs-poller" }));
  expect(JSON.parse(decodeURIComponent(PolicyDocument))).toMatchObject({ Statement: [{ Effect: "Allow", Resource: "arn:aws:sqs:*:*:*" }] });
  const { AttachedPolicies } = await aws.iam.send(new ListAttachedRolePoliciesCommand(ofRole));
  expect(AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual(["AWSLambdaBasicExecutionRole"]);
  const { Role } = await aws.iam.send(new GetRoleCommand(ofRole));
  expect(Role?.Path).toBe("/service-role/");
});
