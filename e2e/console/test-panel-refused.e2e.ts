import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  PutUserPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { seriousViolations } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";
import { openTest, result, runTest } from "./test-page.ts";

const trust = (service: string): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });

test("a role that Lambda can't take on: the face names it and leads to its trust policy", async ({ page, server, aws }) => {
  const RoleName = "untrusting";
  await aws.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust("lambda.amazonaws.com") }));
  await makeFunction(aws, "roleless", { role: `arn:aws:iam::123456789012:role/${RoleName}` });
  await aws.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust("ec2.amazonaws.com") }));
  await openTest(page, server.url, "roleless");
  await runTest(page);
  await expect(result(page).getByText("The function was not run")).toBeVisible();
  await expect(result(page).getByText("Lambda can't take on the function's role")).toBeVisible();
  await expect(result(page).getByText("The role untrusting was deleted, or its trust policy")).toBeVisible();
  expect(await seriousViolations(page)).toEqual([]);
  await result(page).getByRole("link", { name: "Open the trust policy" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "untrusting" })).toBeVisible();
  await expect(page.getByText("ec2.amazonaws.com").first()).toBeVisible();
});

test("somebody who may not invoke is told which permission is missing, and can copy what to ask for", async ({ guest, server, aws }) => {
  await makeFunction(aws, "private");
  await aws.iam.send(new CreateUserCommand({ UserName: "reader" }));
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["lambda:Get*", "lambda:List*", "logs:*", "mayfly:*", "schemas:*"], Resource: "*" }],
  });
  await aws.iam.send(new PutUserPolicyCommand({ UserName: "reader", PolicyName: "read", PolicyDocument }));
  const { AccessKey } = await aws.iam.send(new CreateAccessKeyCommand({ UserName: "reader" }));
  await guest.goto(`${server.url}/console/functions`);
  await guest.getByRole("tab", { name: "Access key" }).click();
  await guest.getByRole("textbox", { name: "Access key ID" }).fill(AccessKey?.AccessKeyId ?? "");
  await guest.getByLabel("Secret access key").fill(AccessKey?.SecretAccessKey ?? "");
  await guest.getByRole("button", { name: "Sign in" }).click();
  await expect(guest.getByRole("heading", { level: 1, name: /^Functions/ })).toBeVisible();
  await openTest(guest, server.url, "private");
  await runTest(guest);
  await expect(result(guest).getByText("You may not run this function")).toBeVisible();
  await expect(result(guest).getByText("You lack the permission lambda:InvokeFunction.")).toBeVisible();
  expect(await seriousViolations(guest)).toEqual([]);
  await result(guest).getByRole("button", { name: "Copy a policy that allows it" }).click();
  const copied = await guest.evaluate(() =>
    (globalThis as unknown as { navigator: { clipboard: { readText(): Promise<string> } } }).navigator.clipboard.readText(),
  );
  expect(JSON.parse(copied)).toMatchObject({
    Statement: [{ Effect: "Allow", Action: "lambda:InvokeFunction", Resource: "arn:aws:lambda:us-east-1:123456789012:function:private" }],
  });
});
