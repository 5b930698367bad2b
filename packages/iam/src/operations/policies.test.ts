import { rootPrincipal } from "@mayfly/kernel";
import { afterAll, beforeAll, expect, test } from "vitest";
import { awsManagedPolicies } from "../managed-policies/index.ts";
import { readPolicy } from "../policy-grammar.ts";
import { account, allow, startTestIam, trust, type TestIam } from "../testing/test-iam.ts";

let iam: TestIam;
beforeAll(async () => void (iam = await startTestIam()));
afterAll(() => iam.close());

const fault = (code: string, message: string) => ({ code, message });
const create = async (PolicyName: string, more = {}): Promise<string> =>
  (await iam.call("CreatePolicy", { PolicyName, PolicyDocument: allow("s3:*"), ...more })).Policy?.Arn ?? "";

test("create, get, list, delete", async () => {
  const PolicyArn = await create("mine", { Path: "/p/", Description: "d", Tags: [{ Key: "a", Value: "b" }] });
  expect(PolicyArn).toBe(`arn:aws:iam::${account}:policy/p/mine`);
  expect((await iam.call("GetPolicy", { PolicyArn })).Policy).toMatchObject({
    DefaultVersionId: "v1",
    Description: "d",
    AttachmentCount: 0,
    Tags: [{ Key: "a", Value: "b" }],
  });
  await expect(create("MINE")).rejects.toMatchObject(
    fault("EntityAlreadyExists", "A policy called MINE already exists. Duplicate names are not allowed."),
  );
  expect((await iam.call("ListPolicies", { Scope: "Local", PathPrefix: "/p/" })).Policies).toMatchObject([{ Arn: PolicyArn }]);
  await expect(iam.callAs(rootPrincipal("210987654321"))("GetPolicy", { PolicyArn })).rejects.toThrow(
    /is not authorized to perform: iam:GetPolicy/,
  );
  await iam.call("DeletePolicy", { PolicyArn });
  await expect(iam.call("GetPolicy", { PolicyArn })).rejects.toMatchObject(fault("NoSuchEntity", `Policy ${PolicyArn} was not found.`));
});

test("versions: five at most, numbers used once, the default one counts and stays", async () => {
  const PolicyArn = await create("versioned");
  const add = (SetAsDefault = false) => iam.call("CreatePolicyVersion", { PolicyArn, PolicyDocument: allow("sqs:*"), SetAsDefault });
  expect((await add(true)).PolicyVersion).toMatchObject({ VersionId: "v2", IsDefaultVersion: true });
  expect(await iam.iam.directory.managedPolicy(account, PolicyArn)).toEqual(JSON.parse(allow("sqs:*")));
  for (const id of ["v3", "v4", "v5"]) expect((await add()).PolicyVersion).toMatchObject({ VersionId: id, IsDefaultVersion: false });
  await expect(add()).rejects.toMatchObject({
    code: "LimitExceeded",
    message: expect.stringMatching(/^A managed policy can have up to 5 versions\./),
  });
  await expect(iam.call("DeletePolicyVersion", { PolicyArn, VersionId: "v2" })).rejects.toMatchObject(
    fault("DeleteConflict", "Cannot delete the default version of a policy."),
  );
  await iam.call("DeletePolicyVersion", { PolicyArn, VersionId: "v5" });
  expect((await add()).PolicyVersion?.VersionId).toBe("v6");
  await iam.call("SetDefaultPolicyVersion", { PolicyArn, VersionId: "v1" });
  const { Versions = [] } = await iam.call("ListPolicyVersions", { PolicyArn });
  expect(Versions.map(({ VersionId }) => VersionId)).toEqual(["v6", "v4", "v3", "v2", "v1"]);
  expect((await iam.call("GetPolicyVersion", { PolicyArn, VersionId: "v1" })).PolicyVersion).toMatchObject({
    IsDefaultVersion: true,
    Document: encodeURIComponent(allow("s3:*")).replaceAll("*", "%2A"),
  });
  await expect(iam.call("GetPolicyVersion", { PolicyArn, VersionId: "v9" })).rejects.toMatchObject({ code: "NoSuchEntity" });
  await expect(iam.call("DeletePolicy", { PolicyArn })).rejects.toMatchObject({
    code: "DeleteConflict",
    message: expect.stringContaining("more than one version"),
  });
});

test("an attached policy is counted, listed with its holders and not deleted", async () => {
  const PolicyArn = await create("held");
  await iam.call("CreateUser", { UserName: "u", PermissionsBoundary: PolicyArn });
  await iam.call("CreateRole", { RoleName: "r", AssumeRolePolicyDocument: trust });
  await iam.call("AttachRolePolicy", { RoleName: "r", PolicyArn });
  expect((await iam.call("GetPolicy", { PolicyArn })).Policy).toMatchObject({ AttachmentCount: 1, PermissionsBoundaryUsageCount: 1 });
  const held = await iam.call("ListEntitiesForPolicy", { PolicyArn });
  expect(held).toMatchObject({ PolicyRoles: [{ RoleName: "r" }], PolicyUsers: [{ UserName: "u" }], IsTruncated: false });
  const users = await iam.call("ListEntitiesForPolicy", { PolicyArn, EntityFilter: "User" });
  expect(users).toMatchObject({ PolicyRoles: [], PolicyUsers: [{ UserName: "u" }] });
  expect((await iam.call("ListPolicies", { OnlyAttached: true })).Policies).toMatchObject([{ Arn: PolicyArn }]);
  await expect(iam.call("DeletePolicy", { PolicyArn })).rejects.toMatchObject(
    fault("DeleteConflict", "Cannot delete a policy attached to entities."),
  );
});

test("AWS's own are listed, can be read, and can't be changed", async () => {
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  const { Policies = [] } = await iam.call("ListPolicies", { Scope: "AWS", MaxItems: 1000 });
  expect(Policies).toHaveLength(awsManagedPolicies.size);
  expect((await iam.call("GetPolicyVersion", { PolicyArn, VersionId: "v1" })).PolicyVersion?.Document).toContain(
    "%22Action%22%3A%22%2A%22",
  );
  await expect(iam.call("DeletePolicy", { PolicyArn })).rejects.toThrow(/is not authorized to perform: iam:DeletePolicy/);
  await expect(iam.call("CreatePolicyVersion", { PolicyArn, PolicyDocument: allow("*") })).rejects.toThrow(/iam:CreatePolicyVersion/);
});

test("every one of AWS's own keeps the grammar and has an id of its own", () => {
  const all = [...awsManagedPolicies.values()];
  for (const { version } of all) readPolicy(version.document, "identity");
  expect(new Set(all.map(({ policy }) => policy.id)).size).toBe(all.length);
});

test("tags: add, list, remove", async () => {
  const PolicyArn = await create("tagged");
  await iam.call("TagPolicy", { PolicyArn, Tags: [{ Key: "a", Value: "1" }] });
  expect((await iam.call("ListPolicyTags", { PolicyArn })).Tags).toEqual([{ Key: "a", Value: "1" }]);
  await iam.call("UntagPolicy", { PolicyArn, TagKeys: ["a"] });
  expect((await iam.call("ListPolicyTags", { PolicyArn })).Tags).toEqual([]);
});

test("a document over 6144 characters without white space is refused", async () => {
  const PolicyDocument = allow("s3:Get", `arn:aws:s3:::${"x".repeat(6_144)}`);
  await expect(create("big", { PolicyDocument })).rejects.toMatchObject(fault("LimitExceeded", "Cannot exceed quota for PolicySize: 6144"));
  await create("spacious", { PolicyDocument: allow("s3:*") + " ".repeat(7_000) });
});

test("AWS's own policies are resources under their own ARN", async () => {
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  const { User } = await iam.call("CreateUser", { UserName: "reader" });
  const reader = iam.callAs({ kind: "user", accountId: account, arn: User?.Arn ?? "", userId: User?.UserId ?? "", userName: "reader" });
  await expect(reader("GetPolicy", { PolicyArn })).rejects.toThrow(`iam:GetPolicy on resource: ${PolicyArn}`);
  await iam.call("PutUserPolicy", { UserName: "reader", PolicyName: "p", PolicyDocument: allow("iam:GetPolicy", PolicyArn) });
  expect((await reader("GetPolicy", { PolicyArn })).Policy?.PolicyName).toBe("AdministratorAccess");
  await expect(reader("GetPolicy", { PolicyArn: "arn:aws:iam::aws:policy/IAMFullAccess" })).rejects.toThrow(
    "is not authorized to perform: iam:GetPolicy",
  );
});
