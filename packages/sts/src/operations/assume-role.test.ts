import { rootPrincipal, servicePrincipal, type Principal, type ResolvedCredentials } from "@mayfly/kernel";
import type { AssumeRoleResponse } from "@mayfly/wire/sts";
import { describe, expect, test } from "vitest";
import { account, otherAccount, policy, root, stsWorld, user } from "../testing/world.ts";

const alice = user("alice");
const trusting = (principal: object): ReturnType<typeof policy> => policy({ Principal: principal as { AWS: string } });
const trustsAccount = trusting({ AWS: `arn:aws:iam::${account}:root` });
const mayAssume = policy({ Resource: "*" });
const roleArn = (name: string, accountId = account): string => `arn:aws:iam::${accountId}:role/${name}`;
const refused = (who: string, arn: string): object => ({
  name: "AccessDenied",
  message: `User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
});

/** The credentials in an answer, as the gateway finds them when they are used. */
async function using(world: ReturnType<typeof stsWorld>, { Credentials }: AssumeRoleResponse): Promise<ResolvedCredentials> {
  const resolved = await world.resolver.resolve(Credentials?.AccessKeyId ?? "", Credentials?.SessionToken);
  if (typeof resolved === "string") throw new Error(resolved);
  return resolved;
}

test("a role is assumed by whom it trusts", async () => {
  const world = stsWorld({ roles: { worker: { trustPolicy: trusting({ AWS: alice.arn }) } } });
  const answer = await world.call(alice, "AssumeRole", { RoleArn: roleArn("worker"), RoleSessionName: "s1" });
  expect(answer).toEqual({
    AssumedRoleUser: { AssumedRoleId: "AROAWORKER:s1", Arn: `arn:aws:sts::${account}:assumed-role/worker/s1` },
    Credentials: {
      AccessKeyId: expect.stringMatching(/^ASIA[A-Z2-7]{16}$/),
      SecretAccessKey: expect.stringMatching(/^.{40}$/),
      SessionToken: expect.any(String),
      Expiration: new Date("2026-11-23T16:00:00Z"),
    },
  });
  expect(await world.call(await using(world, answer), "GetCallerIdentity", {})).toEqual({
    Account: account,
    UserId: "AROAWORKER:s1",
    Arn: `arn:aws:sts::${account}:assumed-role/worker/s1`,
  });
});

test("a role's path is part of its ARN but not of its sessions'", async () => {
  const arn = roleArn("team/blue/worker");
  const world = stsWorld({ roles: { worker: { arn, trustPolicy: trusting({ AWS: alice.arn }) } } });
  const answer = await world.call(alice, "AssumeRole", { RoleArn: arn, RoleSessionName: "s1" });
  expect(answer.AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${account}:assumed-role/worker/s1`);
  await expect(world.call(alice, "AssumeRole", { RoleArn: roleArn("worker"), RoleSessionName: "s1" })).rejects.toMatchObject(
    refused(alice.arn, roleArn("worker")),
  );
});

describe("refused", () => {
  test("a role that does not trust the caller, and one that does not exist, in the same words", async () => {
    const world = stsWorld({
      roles: { worker: { trustPolicy: trusting({ AWS: user("bob").arn }) } },
      userPolicies: { alice: [mayAssume] },
    });
    for (const name of ["worker", "nobody"]) {
      await expect(world.call(alice, "AssumeRole", { RoleArn: roleArn(name), RoleSessionName: "s1" })).rejects.toMatchObject(
        refused(alice.arn, roleArn(name)),
      );
    }
  });

  test("a role that trusts the account, for users whose policies don't allow it", async () => {
    const roles = { worker: { trustPolicy: trustsAccount } };
    const assume = { RoleArn: roleArn("worker"), RoleSessionName: "s1" };
    await expect(stsWorld({ roles }).call(alice, "AssumeRole", assume)).rejects.toMatchObject({
      message: expect.stringMatching(/because no identity-based policy allows the sts:AssumeRole action$/),
    });
    await stsWorld({ roles, userPolicies: { alice: [mayAssume] } }).call(alice, "AssumeRole", assume);
  });

  test("root", async () => {
    const world = stsWorld({ roles: { worker: { trustPolicy: trustsAccount } } });
    await expect(world.call(root, "AssumeRole", { RoleArn: roleArn("worker"), RoleSessionName: "s1" })).rejects.toMatchObject({
      name: "AccessDenied",
      message: "Roles may not be assumed by root accounts.",
    });
  });

  test.each([
    ["not an ARN at all", "not an ARN at all is invalid"],
    [`arn:aws:iam::${account}:user/alice`, "Request ARN is invalid"],
    [`arn:aws:iam::${account}:role/`, "Request ARN is invalid"],
    ["arn:aws:iam::123:role/worker", "Request ARN is invalid"],
    [`arn:aws:lambda:us-east-1:${account}:function:f`, "Request ARN is invalid"],
  ])("%s as RoleArn", async (RoleArn, message) => {
    await expect(stsWorld({ roles: {} }).call(alice, "AssumeRole", { RoleArn, RoleSessionName: "s1" })).rejects.toMatchObject({
      code: "ValidationError",
      message,
      status: 400,
    });
  });
});

describe("another account's role", () => {
  const roles = { guest: { accountId: otherAccount, trustPolicy: trusting({ AWS: account }) } };
  const assume = { RoleArn: roleArn("guest", otherAccount), RoleSessionName: "s1" };

  test("needs leave on both sides, and gives that account's identity", async () => {
    await expect(stsWorld({ roles }).call(alice, "AssumeRole", assume)).rejects.toMatchObject({ name: "AccessDenied" });
    const answer = await stsWorld({ roles, userPolicies: { alice: [mayAssume] } }).call(alice, "AssumeRole", assume);
    expect(answer.AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${otherAccount}:assumed-role/guest/s1`);
  });
});

describe("conditions of the trust policy", () => {
  const world = (Condition: Record<string, Record<string, string>>) =>
    stsWorld({ roles: { worker: { trustPolicy: policy({ Principal: { AWS: alice.arn }, Condition, Action: "sts:*" }) } } });
  const assume = { RoleArn: roleArn("worker"), RoleSessionName: "s1" };

  test("the external id", async () => {
    const guarded = world({ StringEquals: { "sts:ExternalId": "agreed" } });
    await guarded.call(alice, "AssumeRole", { ...assume, ExternalId: "agreed" });
    for (const ExternalId of [undefined, "other"]) {
      await expect(guarded.call(alice, "AssumeRole", { ...assume, ExternalId })).rejects.toMatchObject(refused(alice.arn, assume.RoleArn));
    }
  });

  test("the session's name", async () => {
    const guarded = world({ StringLike: { "sts:RoleSessionName": "${aws:username}" } });
    await guarded.call(alice, "AssumeRole", { ...assume, RoleSessionName: "alice" });
    await expect(guarded.call(alice, "AssumeRole", assume)).rejects.toMatchObject(refused(alice.arn, assume.RoleArn));
  });

  test("tags and source identity", async () => {
    const guarded = world({ StringEquals: { "aws:RequestTag/team": "blue", "sts:SourceIdentity": "ann" } });
    await guarded.call(alice, "AssumeRole", { ...assume, Tags: [{ Key: "team", Value: "blue" }], SourceIdentity: "ann" });
    await expect(
      guarded.call(alice, "AssumeRole", { ...assume, Tags: [{ Key: "team", Value: "red" }], SourceIdentity: "ann" }),
    ).rejects.toMatchObject({ name: "AccessDenied" });
  });

  test("tags and source identity need leave of their own", async () => {
    const plain = stsWorld({ roles: { worker: { trustPolicy: trusting({ AWS: alice.arn }) } } });
    await expect(plain.call(alice, "AssumeRole", { ...assume, SourceIdentity: "ann" })).rejects.toMatchObject({
      message: expect.stringContaining("sts:SetSourceIdentity"),
    });
    await expect(plain.call(alice, "AssumeRole", { ...assume, Tags: [{ Key: "k", Value: "v" }] })).rejects.toMatchObject({
      message: expect.stringContaining("sts:TagSession"),
    });
  });
});

describe("how long a session lasts", () => {
  const roles = {
    worker: { trustPolicy: trusting({ AWS: alice.arn, Service: "lambda.amazonaws.com" }) },
    long: { trustPolicy: trusting({ AWS: "*" }), maxSessionDurationSeconds: 43_200, policies: [mayAssume] },
  };
  const assume = (world: ReturnType<typeof stsWorld>, caller: Principal | ResolvedCredentials, name: string, DurationSeconds?: number) =>
    world.call(caller, "AssumeRole", {
      RoleArn: roleArn(name),
      RoleSessionName: "s1",
      ...(DurationSeconds !== undefined && { DurationSeconds }),
    });

  test("as long as asked, up to what the role allows", async () => {
    const world = stsWorld({ roles });
    expect((await assume(world, alice, "worker", 900)).Credentials?.Expiration).toEqual(new Date("2026-11-23T15:15:00Z"));
    expect((await assume(world, alice, "long", 43_200)).Credentials?.Expiration).toEqual(new Date("2026-11-24T03:00:00Z"));
    await expect(assume(world, alice, "worker", 3_601)).rejects.toMatchObject({
      code: "ValidationError",
      message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    });
  });

  test("an hour at most when a session assumes the next role", async () => {
    const world = stsWorld({ roles });
    const chained = await using(world, await assume(world, alice, "long"));
    await assume(world, chained, "long", 3_600);
    await expect(assume(world, chained, "long", 3_601)).rejects.toMatchObject({
      code: "ValidationError",
      message: "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    });
  });

  test("up to twelve hours for Lambda itself", async () => {
    const world = stsWorld({ roles });
    const answer = await assume(world, servicePrincipal("lambda.amazonaws.com", account), "worker", 43_200);
    expect(answer.Credentials?.Expiration).toEqual(new Date("2026-11-24T03:00:00Z"));
    await expect(assume(world, servicePrincipal("ec2.amazonaws.com", account), "worker")).rejects.toMatchObject(
      refused("ec2.amazonaws.com", roleArn("worker")),
    );
  });
});

describe("a session policy", () => {
  const allowed = policy({ Action: ["sts:GetAccessKeyInfo"], Resource: "*" });
  const keys = { AKIAIOSFODNN7EXAMPLE: { principal: rootPrincipal(account), secretAccessKey: "s", active: true } };
  const world = stsWorld({
    keys,
    roles: { worker: { trustPolicy: trusting({ AWS: alice.arn }), policies: [allowed] } },
    managedPolicies: { "arn:aws:iam::aws:policy/Keys": allowed },
  });
  const assume = (input: object) => world.call(alice, "AssumeRole", { RoleArn: roleArn("worker"), RoleSessionName: "s1", ...input });
  const ask = async (answer: AssumeRoleResponse) =>
    world.call(await using(world, answer), "GetAccessKeyInfo", { AccessKeyId: "AKIAIOSFODNN7EXAMPLE" });

  test("takes away what it does not allow", async () => {
    expect(await ask(await assume({}))).toEqual({ Account: account });
    const narrow = await assume({ Policy: JSON.stringify(policy({ Action: "s3:*", Resource: "*" })) });
    expect(narrow.PackedPolicySize).toBeGreaterThan(0);
    await expect(ask(narrow)).rejects.toMatchObject({
      message: expect.stringMatching(/because no session policy allows the sts:GetAccessKeyInfo action$/),
    });
  });

  test("and managed ones count together", async () => {
    expect(
      await ask(
        await assume({
          Policy: JSON.stringify(policy({ Action: "s3:*", Resource: "*" })),
          PolicyArns: [{ arn: "arn:aws:iam::aws:policy/Keys" }],
        }),
      ),
    ).toEqual({ Account: account });
  });

  test.each([
    ["{", "This policy contains invalid Json"],
    ["[]", "Syntax errors in policy."],
    ['{"Statement":{"Effect":"Maybe"}}', "Syntax errors in policy."],
    ['{"Statement":{"Effect":"Allow","Resource":"*"}}', "Policy statement must contain actions."],
    ['{"Statement":{"Effect":"Allow","Action":"s3:*"}}', "Policy statement must contain resources."],
    ['{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Principal":"*"}}', "Policy document should not specify a principal."],
  ])("%s is refused: %s", async (Policy, message) => {
    await expect(assume({ Policy })).rejects.toMatchObject({ code: "MalformedPolicyDocument", message });
  });

  test("must not be too large", async () => {
    const Policy = JSON.stringify(policy({ Action: "s3:*", Resource: "x".repeat(2_048) }));
    await expect(assume({ Policy })).rejects.toMatchObject({
      code: "PackedPolicyTooLarge",
      message: expect.stringMatching(/^Packed policy consumes 10\d% of allotted space, please use smaller policy\.$/),
    });
  });
});

test("a source identity and transitive tags go along from role to role", async () => {
  const open = policy({ Principal: { AWS: "*" }, Action: "sts:*" });
  const world = stsWorld({ roles: { first: { trustPolicy: open }, second: { trustPolicy: open } } });
  const first = await world.call(alice, "AssumeRole", {
    RoleArn: roleArn("first"),
    RoleSessionName: "s1",
    SourceIdentity: "ann",
    Tags: [
      { Key: "team", Value: "blue" },
      { Key: "once", Value: "x" },
    ],
    TransitiveTagKeys: ["team"],
  });
  expect(first.SourceIdentity).toBe("ann");
  const second = await world.call(await using(world, first), "AssumeRole", { RoleArn: roleArn("second"), RoleSessionName: "s2" });
  expect((await using(world, second)).principal).toMatchObject({
    sourceIdentity: "ann",
    tags: { team: "blue" },
    transitiveTagKeys: ["team"],
  });
  const again = async (input: object) =>
    world.call(await using(world, first), "AssumeRole", { RoleArn: roleArn("second"), RoleSessionName: "s2", ...input });
  await expect(again({ SourceIdentity: "eve" })).rejects.toMatchObject({
    code: "ValidationError",
    message: "The source identity is already set for this assume role session",
  });
  await expect(again({ Tags: [{ Key: "TEAM", Value: "red" }] })).rejects.toMatchObject({
    code: "InvalidParameterValue",
    message:
      "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
  });
});

test.each([
  [
    {
      Tags: [
        { Key: "a", Value: "1" },
        { Key: "A", Value: "2" },
      ],
    },
    "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
  ],
  [
    { Tags: [{ Key: "a", Value: "1" }], TransitiveTagKeys: ["b"] },
    "The specified transitive tag key must be included in the requested tags.",
  ],
])("tags %j are refused", async (input, message) => {
  const world = stsWorld({ roles: { worker: { trustPolicy: policy({ Principal: { AWS: alice.arn }, Action: "sts:*" }) } } });
  await expect(world.call(alice, "AssumeRole", { RoleArn: roleArn("worker"), RoleSessionName: "s1", ...input })).rejects.toMatchObject({
    code: "InvalidParameterValue",
    message,
  });
});

test("in open mode anybody may assume any role that is there", async () => {
  const world = stsWorld({ roles: { worker: { trustPolicy: trusting({ Service: "ec2.amazonaws.com" }) } } }, "open");
  await world.call(root, "AssumeRole", { RoleArn: roleArn("worker"), RoleSessionName: "s1" });
  await expect(world.call(root, "AssumeRole", { RoleArn: roleArn("nobody"), RoleSessionName: "s1" })).rejects.toMatchObject(
    refused(root.arn, roleArn("nobody")),
  );
});
