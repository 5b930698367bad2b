import { afterEach, beforeEach, expect, test } from "vitest";
import { account, startTestIam, type TestIam } from "./testing/test-iam.ts";

let iam: TestIam;
beforeEach(async () => void (iam = await startTestIam()));
afterEach(() => iam.close());

test("the account gets a root key that works and a role that Lambda may take", async () => {
  const key = await iam.iam.bootstrap(account);
  const { directory } = iam.iam;
  expect(await directory.accessKey(key.accessKeyId)).toMatchObject({
    secretAccessKey: key.secretAccessKey,
    active: true,
    principal: { kind: "root", accountId: account },
  });
  expect((await directory.role(account, "execution_role"))?.trustPolicy.Statement).toMatchObject([
    { Principal: { Service: "lambda.amazonaws.com" } },
  ]);
  const { AttachedPolicies } = await iam.call("ListAttachedRolePolicies", { RoleName: "execution_role" });
  expect(AttachedPolicies).toMatchObject([{ PolicyName: "AWSLambdaBasicExecutionRole" }]);
});

test("done again and again it makes a new key, the oldest giving way", async () => {
  const keys = [];
  for (let i = 0; i < 3; i++) keys.push(await iam.iam.bootstrap(account));
  const known = await Promise.all(keys.map(({ accessKeyId }) => iam.iam.directory.accessKey(accessKeyId)));
  expect(known.map((key) => key !== undefined)).toEqual([false, true, true]);
});

test("what was asked before a change is asked anew after it; what was not changed is the same object", async () => {
  const { directory } = iam.iam;
  expect(await directory.role(account, "execution_role")).toBeUndefined();
  await iam.iam.bootstrap(account);
  const first = await directory.rolePolicies(account, "execution_role");
  expect(await directory.rolePolicies(account, "execution_role")).toBe(first);
  await iam.call("PutRolePolicy", {
    RoleName: "execution_role",
    PolicyName: "p",
    PolicyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}',
  });
  expect((await directory.rolePolicies(account, "execution_role"))?.policies).toHaveLength(2);
});

test("a start that was cut short between role and policy is made good by the next", async () => {
  await iam.iam.bootstrap(account);
  const PolicyArn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
  await iam.call("DetachRolePolicy", { RoleName: "execution_role", PolicyArn });
  await iam.iam.bootstrap(account);
  const { AttachedPolicies } = await iam.call("ListAttachedRolePolicies", { RoleName: "execution_role" });
  expect(AttachedPolicies).toMatchObject([{ PolicyArn }]);
});
