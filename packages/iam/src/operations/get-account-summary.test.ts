import { type Principal } from "@mayfly/kernel";
import { afterAll, beforeAll, expect, test } from "vitest";
import { account, allow, startTestIam, type TestIam } from "../testing/test-iam.ts";

let iam: TestIam;
beforeAll(async () => void (iam = await startTestIam()));
afterAll(() => iam.close());

test("counts what there is beside the quotas", async () => {
  const empty = (await iam.call("GetAccountSummary", {})).SummaryMap;
  expect(empty).toMatchObject({
    Users: 0,
    Roles: 0,
    Policies: 0,
    UsersQuota: 5_000,
    RolesQuota: 1_000,
    AccessKeysPerUserQuota: 2,
    AccountAccessKeysPresent: 0,
  });
  await iam.iam.bootstrap(account);
  await iam.call("CreateUser", { UserName: "ann" });
  const { Policy } = await iam.call("CreatePolicy", { PolicyName: "p", PolicyDocument: allow("s3:GetObject") });
  await iam.call("CreatePolicyVersion", { PolicyArn: Policy?.Arn, PolicyDocument: allow("s3:PutObject") });
  const { SummaryMap } = await iam.call("GetAccountSummary", {});
  expect(SummaryMap).toMatchObject({ Users: 1, Roles: 1, Policies: 1, PolicyVersionsInUse: 2, AccountAccessKeysPresent: 1 });
});

test("needs its permission", async () => {
  const { User } = await iam.call("CreateUser", { UserName: "bob" });
  const bob: Principal = { kind: "user", accountId: account, arn: User?.Arn ?? "", userId: User?.UserId ?? "", userName: "bob" };
  await expect(iam.callAs(bob)("GetAccountSummary", {})).rejects.toThrow(
    "is not authorized to perform: iam:GetAccountSummary on resource: * because no identity-based policy allows the iam:GetAccountSummary action",
  );
});
