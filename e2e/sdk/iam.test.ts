import * as sdk from "@aws-sdk/client-iam";
import { beforeAll, describe, expect, test } from "vitest";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";

const account = "123456789012";
const awsManaged = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
const policy = (Action: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });

/** A document as IAM's answers hold it. */
const decoded = (document: string | undefined): unknown => JSON.parse(decodeURIComponent(document ?? ""));

const { clients } = serveTests();
let iam: sdk.IAMClient;
beforeAll(async () => {
  iam = clients.iam;
});

const createRole = (RoleName: string, more: Partial<sdk.CreateRoleCommandInput> = {}) =>
  iam.send(new sdk.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, ...more }));
const createUser = (UserName: string) => iam.send(new sdk.CreateUserCommand({ UserName }));
const createPolicy = async (PolicyName: string): Promise<string> =>
  (await iam.send(new sdk.CreatePolicyCommand({ PolicyName, PolicyDocument: policy("s3:GetObject") }))).Policy?.Arn ?? "";

describe("roles", () => {
  test("CreateRole, GetRole, UpdateRole, UpdateRoleDescription, UpdateAssumeRolePolicy, DeleteRole", async () => {
    const { Role } = await createRole("life", {
      Path: "/team/",
      Description: "first",
      MaxSessionDuration: 7200,
      Tags: [{ Key: "a", Value: "1" }],
    });
    expect(Role).toMatchObject({
      RoleName: "life",
      Arn: `arn:aws:iam::${account}:role/team/life`,
      Path: "/team/",
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{17}$/),
    });
    const got = (await iam.send(new sdk.GetRoleCommand({ RoleName: "life" }))).Role;
    expect(got).toMatchObject({ Description: "first", MaxSessionDuration: 7200, Tags: [{ Key: "a", Value: "1" }] });
    expect(decoded(got?.AssumeRolePolicyDocument)).toEqual(JSON.parse(trust));
    await iam.send(new sdk.UpdateRoleCommand({ RoleName: "life", Description: "second", MaxSessionDuration: 3600 }));
    expect((await iam.send(new sdk.UpdateRoleDescriptionCommand({ RoleName: "life", Description: "third" }))).Role?.Description).toBe(
      "third",
    );
    const other = trust.replace("lambda", "events");
    await iam.send(new sdk.UpdateAssumeRolePolicyCommand({ RoleName: "life", PolicyDocument: other }));
    expect(decoded((await iam.send(new sdk.GetRoleCommand({ RoleName: "life" }))).Role?.AssumeRolePolicyDocument)).toEqual(
      JSON.parse(other),
    );
    await iam.send(new sdk.DeleteRoleCommand({ RoleName: "life" }));
    for (const command of [
      new sdk.GetRoleCommand({ RoleName: "life" }),
      new sdk.DeleteRoleCommand({ RoleName: "life" }),
      new sdk.UpdateRoleCommand({ RoleName: "life" }),
    ]) {
      await expectError(iam.send(command as sdk.GetRoleCommand), "NoSuchEntityException", 404, "The role with name life cannot be found.");
    }
  });

  test("names are unique whatever their case; documents must be policies", async () => {
    await createRole("Unique");
    await expectError(createRole("unique"), "EntityAlreadyExistsException", 409, "Role with name unique already exists.");
    await expectError(createRole("broken", { AssumeRolePolicyDocument: "{" }), "MalformedPolicyDocumentException", 400);
    await expectError(
      createRole("resource", { AssumeRolePolicyDocument: policy("sts:AssumeRole") }),
      "MalformedPolicyDocumentException",
      400,
    );
    await expectError(createRole("bad name"), "ValidationError", 400, /'roleName' failed to satisfy constraint/);
  });

  test("ListRoles pages by path", async () => {
    for (const name of ["p1", "p2", "p3"]) await createRole(name, { Path: "/paged/" });
    const pages: (string | undefined)[][] = [];
    for await (const page of sdk.paginateListRoles({ client: iam, pageSize: 2 }, { PathPrefix: "/paged/" }))
      pages.push((page.Roles ?? []).map((role) => role.RoleName));
    expect(pages).toEqual([["p1", "p2"], ["p3"]]);
  });

  test("PutRolePolicy, GetRolePolicy, ListRolePolicies, DeleteRolePolicy", async () => {
    await createRole("inline");
    await iam.send(new sdk.PutRolePolicyCommand({ RoleName: "inline", PolicyName: "in", PolicyDocument: policy("s3:*") }));
    const got = await iam.send(new sdk.GetRolePolicyCommand({ RoleName: "inline", PolicyName: "in" }));
    expect(decoded(got.PolicyDocument)).toEqual(JSON.parse(policy("s3:*")));
    expect((await iam.send(new sdk.ListRolePoliciesCommand({ RoleName: "inline" }))).PolicyNames).toEqual(["in"]);
    await expectError(
      iam.send(new sdk.DeleteRoleCommand({ RoleName: "inline" })),
      "DeleteConflictException",
      409,
      "Cannot delete entity, must delete policies first.",
    );
    await iam.send(new sdk.DeleteRolePolicyCommand({ RoleName: "inline", PolicyName: "in" }));
    await expectError(
      iam.send(new sdk.GetRolePolicyCommand({ RoleName: "inline", PolicyName: "in" })),
      "NoSuchEntityException",
      404,
      "The role policy with name in cannot be found.",
    );
    await expectError(
      iam.send(new sdk.PutRolePolicyCommand({ RoleName: "inline", PolicyName: "in", PolicyDocument: "no" })),
      "MalformedPolicyDocumentException",
      400,
    );
  });

  test("AttachRolePolicy, ListAttachedRolePolicies, DetachRolePolicy", async () => {
    await createRole("attached");
    await iam.send(new sdk.AttachRolePolicyCommand({ RoleName: "attached", PolicyArn: awsManaged }));
    const { AttachedPolicies } = await iam.send(new sdk.ListAttachedRolePoliciesCommand({ RoleName: "attached" }));
    expect(AttachedPolicies).toEqual([{ PolicyName: "AWSLambdaBasicExecutionRole", PolicyArn: awsManaged }]);
    await expectError(
      iam.send(new sdk.DeleteRoleCommand({ RoleName: "attached" })),
      "DeleteConflictException",
      409,
      "Cannot delete entity, must detach all policies first.",
    );
    await iam.send(new sdk.DetachRolePolicyCommand({ RoleName: "attached", PolicyArn: awsManaged }));
    await expectError(
      iam.send(new sdk.DetachRolePolicyCommand({ RoleName: "attached", PolicyArn: awsManaged })),
      "NoSuchEntityException",
      404,
    );
    const nowhere = `arn:aws:iam::${account}:policy/nowhere`;
    await expectError(
      iam.send(new sdk.AttachRolePolicyCommand({ RoleName: "attached", PolicyArn: nowhere })),
      "NoSuchEntityException",
      404,
      `Policy ${nowhere} does not exist or is not attachable.`,
    );
  });

  test("TagRole, ListRoleTags, UntagRole, PutRolePermissionsBoundary, DeleteRolePermissionsBoundary", async () => {
    await createRole("tagged");
    await iam.send(
      new sdk.TagRoleCommand({
        RoleName: "tagged",
        Tags: [
          { Key: "a", Value: "1" },
          { Key: "b", Value: "2" },
        ],
      }),
    );
    await iam.send(new sdk.UntagRoleCommand({ RoleName: "tagged", TagKeys: ["a"] }));
    expect((await iam.send(new sdk.ListRoleTagsCommand({ RoleName: "tagged" }))).Tags).toEqual([{ Key: "b", Value: "2" }]);
    await iam.send(new sdk.PutRolePermissionsBoundaryCommand({ RoleName: "tagged", PermissionsBoundary: awsManaged }));
    expect((await iam.send(new sdk.GetRoleCommand({ RoleName: "tagged" }))).Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(
      awsManaged,
    );
    await iam.send(new sdk.DeleteRolePermissionsBoundaryCommand({ RoleName: "tagged" }));
    expect((await iam.send(new sdk.GetRoleCommand({ RoleName: "tagged" }))).Role?.PermissionsBoundary).toBeUndefined();
  });
});

describe("managed policies", () => {
  test("CreatePolicy, GetPolicy, versions, ListEntitiesForPolicy, DeletePolicy", async () => {
    const PolicyArn = await createPolicy("versioned");
    await expectError(
      createPolicy("versioned"),
      "EntityAlreadyExistsException",
      409,
      "A policy called versioned already exists. Duplicate names are not allowed.",
    );
    for (const n of [2, 3, 4, 5])
      await iam.send(new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: policy(`s3:Get${n}`), SetAsDefault: n === 5 }));
    await expectError(
      iam.send(new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: policy("s3:*") })),
      "LimitExceededException",
      409,
    );
    expect((await iam.send(new sdk.GetPolicyCommand({ PolicyArn }))).Policy).toMatchObject({
      DefaultVersionId: "v5",
      AttachmentCount: 0,
      IsAttachable: true,
    });
    const second = (await iam.send(new sdk.GetPolicyVersionCommand({ PolicyArn, VersionId: "v2" }))).PolicyVersion;
    expect(decoded(second?.Document)).toEqual(JSON.parse(policy("s3:Get2")));
    await expectError(iam.send(new sdk.DeletePolicyVersionCommand({ PolicyArn, VersionId: "v5" })), "DeleteConflictException", 409);
    await iam.send(new sdk.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: "v1" }));
    for (const VersionId of ["v2", "v3", "v4", "v5"]) await iam.send(new sdk.DeletePolicyVersionCommand({ PolicyArn, VersionId }));
    expect((await iam.send(new sdk.ListPolicyVersionsCommand({ PolicyArn }))).Versions).toMatchObject([
      { VersionId: "v1", IsDefaultVersion: true },
    ]);
    await createRole("holder");
    await iam.send(new sdk.AttachRolePolicyCommand({ RoleName: "holder", PolicyArn }));
    expect((await iam.send(new sdk.ListEntitiesForPolicyCommand({ PolicyArn }))).PolicyRoles).toMatchObject([{ RoleName: "holder" }]);
    await expectError(iam.send(new sdk.DeletePolicyCommand({ PolicyArn })), "DeleteConflictException", 409);
    await iam.send(new sdk.DetachRolePolicyCommand({ RoleName: "holder", PolicyArn }));
    await iam.send(new sdk.DeletePolicyCommand({ PolicyArn }));
    await expectError(iam.send(new sdk.GetPolicyCommand({ PolicyArn })), "NoSuchEntityException", 404);
  });

  test("TagPolicy, ListPolicyTags, UntagPolicy", async () => {
    const PolicyArn = await createPolicy("tagged");
    await iam.send(
      new sdk.TagPolicyCommand({
        PolicyArn,
        Tags: [
          { Key: "a", Value: "1" },
          { Key: "b", Value: "2" },
        ],
      }),
    );
    await iam.send(new sdk.UntagPolicyCommand({ PolicyArn, TagKeys: ["a"] }));
    expect((await iam.send(new sdk.ListPolicyTagsCommand({ PolicyArn }))).Tags).toEqual([{ Key: "b", Value: "2" }]);
  });

  test("ListPolicies tells the account's own from AWS's, page by page", async () => {
    const mine = await createPolicy("mine");
    expect((await iam.send(new sdk.ListPoliciesCommand({ Scope: "Local" }))).Policies?.map(({ Arn }) => Arn)).toContain(mine);
    const names: (string | undefined)[] = [];
    for await (const page of sdk.paginateListPolicies({ client: iam, pageSize: 7 }, { Scope: "AWS" }))
      names.push(...(page.Policies ?? []).map(({ PolicyName }) => PolicyName));
    expect(names).toEqual(expect.arrayContaining(["AWSLambdaBasicExecutionRole", "AdministratorAccess", "AWSLambda_FullAccess"]));
    expect(new Set(names).size).toBe(names.length);
    const aws = (await iam.send(new sdk.GetPolicyCommand({ PolicyArn: awsManaged }))).Policy;
    expect(aws).toMatchObject({ PolicyName: "AWSLambdaBasicExecutionRole", Path: "/service-role/" });
    await expectError(iam.send(new sdk.DeletePolicyCommand({ PolicyArn: awsManaged })), "AccessDenied", 403);
  });
});

describe("users", () => {
  test("CreateUser, GetUser, ListUsers, UpdateUser, DeleteUser", async () => {
    expect((await createUser("ann")).User).toMatchObject({
      UserName: "ann",
      Arn: `arn:aws:iam::${account}:user/ann`,
      UserId: expect.stringMatching(/^AIDA/),
    });
    await expectError(createUser("ANN"), "EntityAlreadyExistsException", 409, "User with name ANN already exists.");
    await iam.send(new sdk.UpdateUserCommand({ UserName: "ann", NewUserName: "anna", NewPath: "/x/" }));
    expect((await iam.send(new sdk.GetUserCommand({ UserName: "anna" }))).User?.Arn).toBe(`arn:aws:iam::${account}:user/x/anna`);
    expect((await iam.send(new sdk.GetUserCommand({}))).User?.Arn).toBe(`arn:aws:iam::${account}:root`);
    expect((await iam.send(new sdk.ListUsersCommand({ PathPrefix: "/x/" }))).Users).toMatchObject([{ UserName: "anna" }]);
    await iam.send(new sdk.DeleteUserCommand({ UserName: "anna" }));
    await expectError(
      iam.send(new sdk.GetUserCommand({ UserName: "anna" })),
      "NoSuchEntityException",
      404,
      "The user with name anna cannot be found.",
    );
  });

  test("inline and attached policies, tags, boundary", async () => {
    await createUser("bob");
    await iam.send(new sdk.PutUserPolicyCommand({ UserName: "bob", PolicyName: "in", PolicyDocument: policy("s3:*") }));
    expect(decoded((await iam.send(new sdk.GetUserPolicyCommand({ UserName: "bob", PolicyName: "in" }))).PolicyDocument)).toEqual(
      JSON.parse(policy("s3:*")),
    );
    expect((await iam.send(new sdk.ListUserPoliciesCommand({ UserName: "bob" }))).PolicyNames).toEqual(["in"]);
    await iam.send(new sdk.AttachUserPolicyCommand({ UserName: "bob", PolicyArn: awsManaged }));
    expect((await iam.send(new sdk.ListAttachedUserPoliciesCommand({ UserName: "bob" }))).AttachedPolicies).toMatchObject([
      { PolicyArn: awsManaged },
    ]);
    await iam.send(
      new sdk.TagUserCommand({
        UserName: "bob",
        Tags: [
          { Key: "a", Value: "1" },
          { Key: "b", Value: "2" },
        ],
      }),
    );
    await iam.send(new sdk.UntagUserCommand({ UserName: "bob", TagKeys: ["b"] }));
    expect((await iam.send(new sdk.ListUserTagsCommand({ UserName: "bob" }))).Tags).toEqual([{ Key: "a", Value: "1" }]);
    await iam.send(new sdk.PutUserPermissionsBoundaryCommand({ UserName: "bob", PermissionsBoundary: awsManaged }));
    await iam.send(new sdk.DeleteUserPermissionsBoundaryCommand({ UserName: "bob" }));
    await expectError(iam.send(new sdk.DeleteUserCommand({ UserName: "bob" })), "DeleteConflictException", 409);
    await iam.send(new sdk.DetachUserPolicyCommand({ UserName: "bob", PolicyArn: awsManaged }));
    await iam.send(new sdk.DeleteUserPolicyCommand({ UserName: "bob", PolicyName: "in" }));
    await expectError(iam.send(new sdk.DeleteUserPolicyCommand({ UserName: "bob", PolicyName: "in" })), "NoSuchEntityException", 404);
    await iam.send(new sdk.DeleteUserCommand({ UserName: "bob" }));
  });

  test("CreateAccessKey, ListAccessKeys, UpdateAccessKey, DeleteAccessKey", async () => {
    await createUser("cho");
    const keys = [];
    for (let i = 0; i < 2; i++) keys.push((await iam.send(new sdk.CreateAccessKeyCommand({ UserName: "cho" }))).AccessKey);
    expect(keys[0]).toMatchObject({
      UserName: "cho",
      Status: "Active",
      AccessKeyId: expect.stringMatching(/^AKIA[A-Z2-7]{16}$/),
      SecretAccessKey: expect.stringMatching(/^[A-Za-z0-9+/]{40}$/),
    });
    await expectError(
      iam.send(new sdk.CreateAccessKeyCommand({ UserName: "cho" })),
      "LimitExceededException",
      409,
      "Cannot exceed quota for AccessKeysPerUser: 2",
    );
    const AccessKeyId = keys[0]?.AccessKeyId;
    await iam.send(new sdk.UpdateAccessKeyCommand({ UserName: "cho", AccessKeyId, Status: "Inactive" }));
    const { AccessKeyMetadata } = await iam.send(new sdk.ListAccessKeysCommand({ UserName: "cho" }));
    expect(AccessKeyMetadata?.map(({ Status }) => Status).toSorted()).toEqual(["Active", "Inactive"]);
    expect(JSON.stringify(AccessKeyMetadata)).not.toContain("Secret");
    await iam.send(new sdk.DeleteAccessKeyCommand({ UserName: "cho", AccessKeyId }));
    await expectError(
      iam.send(new sdk.DeleteAccessKeyCommand({ UserName: "cho", AccessKeyId })),
      "NoSuchEntityException",
      404,
      `The Access Key with id ${AccessKeyId} cannot be found.`,
    );
  });
});

test("GetAccountSummary counts what there is", async () => {
  const { SummaryMap } = await iam.send(new sdk.GetAccountSummaryCommand({}));
  expect(SummaryMap).toMatchObject({ AccountAccessKeysPresent: 1, RolesQuota: 1_000 });
  expect(SummaryMap?.["Roles"]).toBeGreaterThan(0);
});

test("an operation that is not there yet is refused, never pretended", async () => {
  await expectError(iam.send(new sdk.CreateGroupCommand({ GroupName: "g" })), "InvalidAction", 400);
});
