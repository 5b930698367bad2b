import { rootPrincipal, type Principal } from "@mayfly/kernel";
import { afterAll, beforeAll, expect, test } from "vitest";
import { account, allow, startTestIam, type TestIam } from "../testing/test-iam.ts";

let iam: TestIam;
beforeAll(async () => void (iam = await startTestIam()));
afterAll(() => iam.close());

const fault = (code: string, message: string) => ({ code, message });

async function createUser(UserName: string): Promise<Principal> {
  const { User } = await iam.call("CreateUser", { UserName });
  return { kind: "user", accountId: account, arn: User?.Arn ?? "", userId: User?.UserId ?? "", userName: UserName };
}

test("create, get, list, rename, delete", async () => {
  await createUser("ann");
  await expect(createUser("ANN")).rejects.toMatchObject(fault("EntityAlreadyExists", "User with name ANN already exists."));
  await iam.call("UpdateUser", { UserName: "ann", NewUserName: "anna", NewPath: "/x/" });
  expect((await iam.call("GetUser", { UserName: "anna" })).User?.Arn).toBe(`arn:aws:iam::${account}:user/x/anna`);
  expect((await iam.call("ListUsers", { PathPrefix: "/x/" })).Users).toMatchObject([{ UserName: "anna" }]);
  await createUser("other");
  const taken = iam.call("UpdateUser", { UserName: "anna", NewUserName: "Other" });
  await expect(taken).rejects.toMatchObject(fault("EntityAlreadyExists", "User with name Other already exists."));
  await iam.call("DeleteUser", { UserName: "anna" });
  await expect(iam.call("GetUser", { UserName: "anna" })).rejects.toMatchObject(
    fault("NoSuchEntity", "The user with name anna cannot be found."),
  );
});

test("GetUser without a name answers the caller", async () => {
  const bob = await createUser("bob");
  await iam.call("PutUserPolicy", { UserName: "bob", PolicyName: "p", PolicyDocument: allow("iam:GetUser", bob.arn) });
  expect((await iam.callAs(bob)("GetUser", {})).User?.UserName).toBe("bob");
  expect((await iam.call("GetUser", {})).User?.Arn).toBe(rootPrincipal(account).arn);
});

test("a user may do what policies say, as soon as they say it, and no more", async () => {
  const cho = callerOf(await createUser("cho"));
  await expect(cho("ListRoles", {})).rejects.toThrow(
    /is not authorized to perform: iam:ListRoles on resource: arn:aws:iam::123456789012:role\//,
  );
  const PolicyArn = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";
  await iam.call("AttachUserPolicy", { UserName: "cho", PolicyArn });
  await cho("ListRoles", {});
  await expect(cho("CreateUser", { UserName: "mallory" })).rejects.toThrow(/iam:CreateUser/);
  await iam.call("DetachUserPolicy", { UserName: "cho", PolicyArn });
  await expect(cho("ListRoles", {})).rejects.toThrow(/iam:ListRoles/);
});

test("iam:PolicyARN limits what may be attached", async () => {
  const dee = callerOf(await createUser("dee"));
  const allowed = "arn:aws:iam::aws:policy/AmazonSQSFullAccess";
  const statement = {
    Effect: "Allow",
    Action: "iam:AttachUserPolicy",
    Resource: "*",
    Condition: { ArnEquals: { "iam:PolicyARN": allowed } },
  };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  await iam.call("PutUserPolicy", { UserName: "dee", PolicyName: "p", PolicyDocument });
  await dee("AttachUserPolicy", { UserName: "dee", PolicyArn: allowed });
  const admin = dee("AttachUserPolicy", { UserName: "dee", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
  await expect(admin).rejects.toThrow(/iam:AttachUserPolicy/);
});

test("access keys: two at most, sealed, switched off and on, deleted", async () => {
  await createUser("eve");
  const { AccessKey } = await iam.call("CreateAccessKey", { UserName: "eve" });
  const AccessKeyId = AccessKey?.AccessKeyId ?? "";
  expect(AccessKeyId).toMatch(/^AKIA[A-Z2-7]{16}$/);
  expect(AccessKey?.SecretAccessKey).toMatch(/^[A-Za-z0-9+/]{40}$/);
  expect(JSON.stringify(await iam.db.models.iamAccessKey.findMany())).not.toContain(AccessKey?.SecretAccessKey);
  await iam.call("CreateAccessKey", { UserName: "eve" });
  await expect(iam.call("CreateAccessKey", { UserName: "eve" })).rejects.toMatchObject(
    fault("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2"),
  );
  expect((await iam.call("ListAccessKeys", { UserName: "eve" })).AccessKeyMetadata).toHaveLength(2);
  const { directory } = iam.iam;
  expect(await directory.accessKey(AccessKeyId)).toMatchObject({
    active: true,
    secretAccessKey: AccessKey?.SecretAccessKey,
    principal: { userName: "eve" },
  });
  await iam.call("UpdateAccessKey", { UserName: "eve", AccessKeyId, Status: "Inactive" });
  expect(await directory.accessKey(AccessKeyId)).toMatchObject({ active: false });
  await expect(iam.call("DeleteUser", { UserName: "eve" })).rejects.toMatchObject(
    fault("DeleteConflict", "Cannot delete entity, must delete access keys first."),
  );
  await iam.call("DeleteAccessKey", { UserName: "eve", AccessKeyId });
  expect(await directory.accessKey(AccessKeyId)).toBeUndefined();
  await expect(iam.call("DeleteAccessKey", { UserName: "eve", AccessKeyId })).rejects.toMatchObject(
    fault("NoSuchEntity", `The Access Key with id ${AccessKeyId} cannot be found.`),
  );
});

test("nobody reaches another user's or account's key", async () => {
  await createUser("fay");
  const AccessKeyId = (await iam.call("CreateAccessKey", { UserName: "fay" })).AccessKey?.AccessKeyId ?? "";
  const stranger = iam.callAs(rootPrincipal("210987654321"));
  await expect(stranger("DeleteAccessKey", { AccessKeyId })).rejects.toMatchObject({ code: "NoSuchEntity" });
  await expect(iam.call("UpdateAccessKey", { AccessKeyId, Status: "Inactive" })).rejects.toMatchObject({ code: "NoSuchEntity" });
});

test("user policies, boundary and tags work as a role's do", async () => {
  const UserName = "gus";
  await createUser(UserName);
  await iam.call("PutUserPolicy", { UserName, PolicyName: "p", PolicyDocument: allow("s3:*") });
  expect((await iam.call("ListUserPolicies", { UserName })).PolicyNames).toEqual(["p"]);
  expect((await iam.call("GetUserPolicy", { UserName, PolicyName: "p" })).PolicyDocument).toContain("s3%3A%2A");
  await iam.call("DeleteUserPolicy", { UserName, PolicyName: "p" });
  await iam.call("PutUserPermissionsBoundary", { UserName, PermissionsBoundary: "arn:aws:iam::aws:policy/ReadOnlyAccess" });
  await iam.call("TagUser", { UserName, Tags: [{ Key: "a", Value: "b" }] });
  expect((await iam.call("GetUser", { UserName })).User).toMatchObject({
    Tags: [{ Key: "a", Value: "b" }],
    PermissionsBoundary: { PermissionsBoundaryType: "Policy" },
  });
  await iam.call("UntagUser", { UserName, TagKeys: ["a"] });
  await iam.call("DeleteUserPermissionsBoundary", { UserName });
  expect((await iam.call("ListUserTags", { UserName })).Tags).toEqual([]);
  expect((await iam.call("ListAttachedUserPolicies", { UserName })).AttachedPolicies).toEqual([]);
  await iam.call("DeleteUser", { UserName });
});

const callerOf = (principal: Principal) => iam.callAs(principal);
