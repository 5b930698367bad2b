import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allow, account, startTestIam, trust, type TestIam } from "../testing/test-iam.ts";

let iam: TestIam;
beforeAll(async () => void (iam = await startTestIam()));
afterAll(() => iam.close());

const basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
const create = (RoleName: string, more = {}) => iam.call("CreateRole", { RoleName, AssumeRolePolicyDocument: trust, ...more });
const fault = (code: string, message: string) => ({ code, message });

describe("CreateRole and GetRole", () => {
  test("keep what was given; the document comes percent-encoded", async () => {
    const { Role } = await create("full", { Path: "/team/", Description: "d", MaxSessionDuration: 7200, Tags: [{ Key: "a", Value: "b" }] });
    expect(Role).toMatchObject({ Arn: `arn:aws:iam::${account}:role/team/full`, MaxSessionDuration: 7200, Description: "d" });
    expect(Role?.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/);
    const got = (await iam.call("GetRole", { RoleName: "full" })).Role;
    expect(got).toMatchObject({ ...Role, RoleLastUsed: {} });
    expect(got?.AssumeRolePolicyDocument).toMatch(/^%7B%22Version/);
    expect(decodeURIComponent(got?.AssumeRolePolicyDocument ?? "")).toBe(trust);
  });

  test("refuse a taken name, whatever its case, and a name that nobody has", async () => {
    await create("Taken");
    await expect(create("taken")).rejects.toMatchObject(fault("EntityAlreadyExists", "Role with name taken already exists."));
    await expect(iam.call("GetRole", { RoleName: "none" })).rejects.toMatchObject(
      fault("NoSuchEntity", "The role with name none cannot be found."),
    );
  });

  test("of many at once with one name, one is made", async () => {
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => create("race")));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refusals = results.filter((result) => result.status === "rejected").map(({ reason }) => (reason as { code: string }).code);
    expect(refusals).toEqual(Array.from({ length: 7 }, () => "EntityAlreadyExists"));
  });

  test("refuse a boundary that does not exist, and duplicate tags", async () => {
    const PermissionsBoundary = `arn:aws:iam::${account}:policy/none`;
    await expect(create("b", { PermissionsBoundary })).rejects.toMatchObject({ code: "NoSuchEntity" });
    const Tags = [
      { Key: "a", Value: "1" },
      { Key: "A", Value: "2" },
    ];
    await expect(create("b", { Tags })).rejects.toMatchObject({ code: "InvalidInput" });
  });
});

test("ListRoles pages under a path, and refuses another list's marker", async () => {
  for (const name of ["p1", "p2", "p3"]) await create(name, { Path: "/paged/" });
  const first = await iam.call("ListRoles", { PathPrefix: "/paged/", MaxItems: 2 });
  expect(first.Roles?.map(({ RoleName }) => RoleName)).toEqual(["p1", "p2"]);
  expect(first.IsTruncated).toBe(true);
  const second = await iam.call("ListRoles", { PathPrefix: "/paged/", MaxItems: 2, Marker: first.Marker });
  expect(second).toMatchObject({ IsTruncated: false, Roles: [{ RoleName: "p3" }] });
  expect(second.Marker).toBeUndefined();
  await expect(iam.call("ListUsers", { Marker: first.Marker })).rejects.toMatchObject({ code: "ValidationError" });
});

test("UpdateRole, UpdateRoleDescription and UpdateAssumeRolePolicy change a role", async () => {
  await create("changing", { Description: "old" });
  await iam.call("UpdateRole", { RoleName: "changing", MaxSessionDuration: 43_200 });
  expect((await iam.call("GetRole", { RoleName: "changing" })).Role).toMatchObject({ Description: "old", MaxSessionDuration: 43_200 });
  expect((await iam.call("UpdateRoleDescription", { RoleName: "changing", Description: "new" })).Role?.Description).toBe("new");
  const PolicyDocument = trust.replace("lambda", "events");
  await iam.call("UpdateAssumeRolePolicy", { RoleName: "changing", PolicyDocument });
  expect((await iam.iam.directory.role(account, "changing"))?.trustPolicy).toEqual(JSON.parse(PolicyDocument));
  const malformed = iam.call("UpdateAssumeRolePolicy", { RoleName: "changing", PolicyDocument: allow("sts:AssumeRole") });
  await expect(malformed).rejects.toMatchObject(fault("MalformedPolicyDocument", "Has prohibited field Resource"));
});

test("a trust policy names users and roles that exist", async () => {
  const nobody = `arn:aws:iam::${account}:user/nobody`;
  const trusting = (AWS: string) => trust.replace('{"Service":"lambda.amazonaws.com"}', JSON.stringify({ AWS }));
  await expect(create("trusting", { AssumeRolePolicyDocument: trusting(nobody) })).rejects.toMatchObject(
    fault("MalformedPolicyDocument", `Invalid principal in policy: "AWS":"${nobody}"`),
  );
  await create("trusted", { Path: "/x/" });
  await create("trusting", { AssumeRolePolicyDocument: trusting(`arn:aws:iam::${account}:role/x/trusted`) });
});

test("inline policies: put, replace, get, list, delete", async () => {
  await create("inline");
  const put = (PolicyName: string, PolicyDocument: string) => iam.call("PutRolePolicy", { RoleName: "inline", PolicyName, PolicyDocument });
  await put("p", allow("s3:*"));
  await put("p", allow("sqs:*"));
  const got = await iam.call("GetRolePolicy", { RoleName: "inline", PolicyName: "p" });
  expect(got.PolicyDocument).toContain("sqs%3A%2A");
  expect((await iam.call("ListRolePolicies", { RoleName: "inline" })).PolicyNames).toEqual(["p"]);
  await expect(put("big", allow("s3:Get", `arn:aws:s3:::${"x".repeat(10_240)}`))).rejects.toMatchObject(
    fault("LimitExceeded", "Maximum policy size of 10240 bytes exceeded for role inline"),
  );
  await expect(iam.call("DeleteRole", { RoleName: "inline" })).rejects.toMatchObject(
    fault("DeleteConflict", "Cannot delete entity, must delete policies first."),
  );
  await iam.call("DeleteRolePolicy", { RoleName: "inline", PolicyName: "p" });
  const gone = fault("NoSuchEntity", "The role policy with name p cannot be found.");
  await expect(iam.call("DeleteRolePolicy", { RoleName: "inline", PolicyName: "p" })).rejects.toMatchObject(gone);
  await expect(iam.call("GetRolePolicy", { RoleName: "inline", PolicyName: "p" })).rejects.toMatchObject(gone);
});

test("attached policies: attach twice, list, detach; a role that has one stays", async () => {
  await create("attached");
  const one = { RoleName: "attached", PolicyArn: basic };
  await iam.call("AttachRolePolicy", one);
  await iam.call("AttachRolePolicy", one);
  const { AttachedPolicies } = await iam.call("ListAttachedRolePolicies", { RoleName: "attached" });
  expect(AttachedPolicies).toEqual([{ PolicyName: "AWSLambdaBasicExecutionRole", PolicyArn: basic }]);
  await expect(iam.call("DeleteRole", { RoleName: "attached" })).rejects.toMatchObject(
    fault("DeleteConflict", "Cannot delete entity, must detach all policies first."),
  );
  await iam.call("DetachRolePolicy", one);
  await expect(iam.call("DetachRolePolicy", one)).rejects.toMatchObject(fault("NoSuchEntity", `Policy ${basic} was not found.`));
  await iam.call("DeleteRole", { RoleName: "attached" });
  await expect(iam.call("DeleteRole", { RoleName: "attached" })).rejects.toMatchObject({ code: "NoSuchEntity" });
});

test("AttachRolePolicy refuses what is no policy, and an eleventh", async () => {
  await create("many");
  const attach = (PolicyArn: string) => iam.call("AttachRolePolicy", { RoleName: "many", PolicyArn });
  const none = "arn:aws:iam::aws:policy/NoSuchPolicyAnywhere";
  await expect(attach(none)).rejects.toMatchObject(fault("NoSuchEntity", `Policy ${none} does not exist or is not attachable.`));
  await expect(attach("arn:aws:s3:::not-a-policy-at-all")).rejects.toMatchObject({ code: "InvalidInput" });
  const { Policies = [] } = await iam.call("ListPolicies", { Scope: "AWS", MaxItems: 11 });
  const arns = Policies.map(({ Arn = "" }) => Arn);
  for (const arn of arns.slice(0, 10)) await attach(arn);
  await expect(attach(arns[10] ?? "")).rejects.toMatchObject(fault("LimitExceeded", "Cannot exceed quota for AttachedPoliciesPerRole: 10"));
});

test("permissions boundary: put, shown, deleted once", async () => {
  await create("bounded");
  const PermissionsBoundary = "arn:aws:iam::aws:policy/PowerUserAccess";
  await iam.call("PutRolePermissionsBoundary", { RoleName: "bounded", PermissionsBoundary });
  const { Role } = await iam.call("GetRole", { RoleName: "bounded" });
  expect(Role?.PermissionsBoundary).toEqual({ PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: PermissionsBoundary });
  expect((await iam.iam.directory.rolePolicies(account, "bounded"))?.permissionsBoundary?.Statement).toHaveLength(2);
  await iam.call("DeleteRolePermissionsBoundary", { RoleName: "bounded" });
  await expect(iam.call("DeleteRolePermissionsBoundary", { RoleName: "bounded" })).rejects.toMatchObject({ code: "NoSuchEntity" });
});

test("tags: add, replace whatever the case, remove", async () => {
  await create("tagged", { Tags: [{ Key: "env", Value: "dev" }] });
  await iam.call("TagRole", {
    RoleName: "tagged",
    Tags: [
      { Key: "ENV", Value: "prod" },
      { Key: "x", Value: "" },
    ],
  });
  const list = async () => (await iam.call("ListRoleTags", { RoleName: "tagged" })).Tags;
  expect(await list()).toEqual([
    { Key: "ENV", Value: "prod" },
    { Key: "x", Value: "" },
  ]);
  await iam.call("UntagRole", { RoleName: "tagged", TagKeys: ["env", "not-there"] });
  expect(await list()).toEqual([{ Key: "x", Value: "" }]);
  const tooMany = Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: "" }));
  await expect(iam.call("TagRole", { RoleName: "tagged", Tags: tooMany })).rejects.toMatchObject({ code: "LimitExceeded" });
});
