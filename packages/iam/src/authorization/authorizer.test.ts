import type { AuthorizationRequest, PolicyDocument, PolicyStatement, Principal, RequestContext } from "@mayfly/kernel";
import { AccessDenied, anonymousPrincipal, rootPrincipal, servicePrincipal } from "@mayfly/kernel";
import { describe, expect, test } from "vitest";
import { createAuthorizer, type PolicyHolder } from "./authorizer.ts";

const account = "123456789012";
const functionArn = `arn:aws:lambda:us-east-1:${account}:function:f`;
const nowMs = Date.parse("2026-11-23T15:00:00.500Z");

const alice: Principal = {
  kind: "user",
  accountId: account,
  arn: `arn:aws:iam::${account}:user/team/alice`,
  userId: "AIDAALICE",
  userName: "alice",
};
const session: Principal = {
  kind: "assumed-role",
  accountId: account,
  arn: `arn:aws:sts::${account}:assumed-role/worker/s1`,
  userId: "AROAWORKER:s1",
  roleName: "worker",
  sessionName: "s1",
};

const policy = (...Statement: PolicyStatement[]): PolicyDocument => ({ Version: "2012-10-17", Statement });

/** Asks with these identity policies for whoever it is; answers the refusal's text, or "allowed". */
async function ask(
  principal: Principal,
  policies: PolicyDocument[],
  request: Partial<AuthorizationRequest> = {},
  more: Partial<RequestContext & PolicyHolder> = {},
): Promise<string> {
  const holder = { policies, permissionsBoundary: more.permissionsBoundary };
  const authorizer = createAuthorizer({
    mode: "strict",
    clock: { now: () => nowMs, monotonicMs: () => 0 },
    directory: {
      userPolicies: (_account, name) => (name === "alice" ? { ...holder, arn: alice.arn, id: "AIDAALICE" } : undefined),
      rolePolicies: (_account, name) =>
        name === "worker" ? { ...holder, arn: `arn:aws:iam::${account}:role/path/worker`, id: "AROAWORKER" } : undefined,
    },
  });
  const ctx = {
    accountId: account,
    region: "us-east-1",
    principal,
    sourceIp: "127.0.0.1",
    userAgent: "aws-cli/2",
    secureTransport: false,
    ...more,
  } as RequestContext;
  try {
    await authorizer.authorize(ctx, { action: "lambda:InvokeFunction", resource: functionArn, conditionKeys: {}, ...request });
    return "allowed";
  } catch (error) {
    if (!(error instanceof AccessDenied)) throw error;
    return error.message;
  }
}

const allowAll = policy({ Effect: "Allow", Action: "*", Resource: "*" });
const denyAll = policy({ Effect: "Deny", Action: "*", Resource: "*" });
const start = (who: string): string => `User: ${who} is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn}`;

describe("AWS's words", () => {
  test.each<[string, Promise<string>, string]>([
    ["no identity policy", ask(alice, []), `${start(alice.arn)} because no identity-based policy allows the lambda:InvokeFunction action`],
    ["a session", ask(session, []), `${start(session.arn)} because no identity-based policy allows the lambda:InvokeFunction action`],
    ["an explicit deny", ask(alice, [allowAll, denyAll]), `${start(alice.arn)} with an explicit deny in an identity-based policy`],
    [
      "a deny of the resource",
      ask(alice, [allowAll], { resourcePolicy: policy({ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }) }),
      `${start(alice.arn)} with an explicit deny in a resource-based policy`,
    ],
    [
      "a boundary",
      ask(alice, [allowAll], {}, { permissionsBoundary: policy() }),
      `${start(alice.arn)} because no permissions boundary allows the lambda:InvokeFunction action`,
    ],
    [
      "a session policy",
      ask({ ...session, sessionPolicy: JSON.stringify(policy()) }, [allowAll]),
      `${start(session.arn)} because no session policy allows the lambda:InvokeFunction action`,
    ],
    [
      "a denying session policy",
      ask({ ...session, sessionPolicy: JSON.stringify(denyAll) }, [allowAll]),
      `${start(session.arn)} with an explicit deny in a session policy`,
    ],
    [
      "a service",
      ask(servicePrincipal("sns.amazonaws.com", account), []),
      `${start("sns.amazonaws.com")} because no resource-based policy allows the lambda:InvokeFunction action`,
    ],
    [
      "nobody",
      ask(anonymousPrincipal(account), []),
      `${start("anonymous")} because no resource-based policy allows the lambda:InvokeFunction action`,
    ],
    [
      "another account's function",
      ask(alice, [allowAll], { resource: functionArn.replace(account, "999999999999") }),
      `${start(alice.arn).replace(`us-east-1:${account}`, "us-east-1:999999999999")} because no resource-based policy allows the lambda:InvokeFunction action`,
    ],
    [
      "a role that does not trust, or is not there",
      ask(alice, [allowAll], { action: "sts:AssumeRole", resource: "arn:aws:iam::123456789012:role/r", grantedBy: "resource-policy" }),
      `User: ${alice.arn} is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/r`,
    ],
    [
      "root and roles",
      ask(rootPrincipal(account), [], { action: "sts:AssumeRole", grantedBy: "resource-policy" }),
      "Roles may not be assumed by root accounts.",
    ],
    ["root", ask(rootPrincipal(account), []), "allowed"],
    ["an allowed user", ask(alice, [allowAll]), "allowed"],
  ])("%s", async (_name, answer, expected) => {
    expect(await answer).toBe(expected);
  });
});

test("a role or user made anew under the same name gives old credentials nothing", async () => {
  expect(await ask({ ...session, userId: "AROABEFORE:s1" }, [allowAll])).toContain("no identity-based policy");
  expect(await ask({ ...alice, userId: "AIDABEFORE" }, [allowAll])).toContain("no identity-based policy");
});

test("open mode asks nothing", async () => {
  const authorizer = createAuthorizer({ mode: "open", directory: { userPolicies: () => undefined, rolePolicies: () => undefined } });
  await expect(
    authorizer.authorize({ principal: alice } as RequestContext, { action: "iam:CreateUser", resource: "*", conditionKeys: {} }),
  ).resolves.toBeUndefined();
});

describe("condition keys", () => {
  const keyIs = (
    principal: Principal,
    key: string,
    value: string,
    request: Partial<AuthorizationRequest> = {},
    ctx: Partial<RequestContext> = {},
  ): Promise<string> =>
    ask(principal, [policy({ Effect: "Allow", Action: "*", Resource: "*", Condition: { StringEquals: { [key]: value } } })], request, ctx);

  test.each<[Principal, string, string]>([
    [alice, "aws:PrincipalArn", alice.arn],
    [alice, "aws:PrincipalAccount", account],
    [alice, "aws:PrincipalType", "User"],
    [alice, "aws:PrincipalIsAWSService", "false"],
    [alice, "aws:username", "alice"],
    [alice, "aws:userid", "AIDAALICE"],
    [alice, "aws:SourceIp", "127.0.0.1"],
    [alice, "aws:UserAgent", "aws-cli/2"],
    [alice, "aws:SecureTransport", "false"],
    [alice, "aws:CurrentTime", "2026-11-23T15:00:00Z"],
    [alice, "aws:EpochTime", "1795446000"],
    [alice, "aws:RequestedRegion", "us-east-1"],
    [alice, "aws:ResourceAccount", account],
    [alice, "aws:ViaAWSService", "false"],
    [session, "aws:PrincipalArn", `arn:aws:iam::${account}:role/path/worker`],
    [session, "aws:PrincipalType", "AssumedRole"],
    [session, "aws:userid", "AROAWORKER:s1"],
  ])("of %j: %s is %s", async (principal, key, value) => {
    expect(await keyIs(principal, key, value)).toBe("allowed");
    expect(await keyIs(principal, key.toUpperCase(), `${value}x`)).not.toBe("allowed");
  });

  test("what the service says of the request is found in any letter case", async () => {
    const conditionKeys = { "lambda:FunctionArn": [functionArn], "aws:SourceArn": ["arn:aws:s3:::b"] };
    expect(await keyIs(alice, "lambda:functionarn", functionArn, { conditionKeys })).toBe("allowed");
    expect(await keyIs(alice, "AWS:SourceArn", "arn:aws:s3:::b", { conditionKeys })).toBe("allowed");
    expect(await keyIs(alice, "lambda:FunctionArn", functionArn)).not.toBe("allowed");
  });

  test("a session's tags and source identity", async () => {
    const tagged: Principal = { ...session, tags: { Team: "blue" }, sourceIdentity: "ann" };
    expect(await keyIs(tagged, "aws:PrincipalTag/team", "blue")).toBe("allowed");
    expect(await keyIs(tagged, "aws:SourceIdentity", "ann")).toBe("allowed");
    expect(await keyIs(session, "aws:PrincipalTag/team", "blue")).not.toBe("allowed");
  });

  test("only temporary credentials have a time of issue", async () => {
    expect(await keyIs(session, "aws:TokenIssueTime", "2026-11-23T14:00:00Z", {}, { tokenIssuedAtMs: nowMs - 3_600_000 })).toBe("allowed");
    expect(await keyIs(alice, "aws:TokenIssueTime", "2026-11-23T14:00:00Z")).not.toBe("allowed");
  });
});

test("keys that cost a look-up are read only if a policy speaks of them", async () => {
  let reads = 0;
  const costlyKeys = {
    prefix: "s3:ExistingObjectTag/",
    read: async () => {
      reads++;
      return { "s3:ExistingObjectTag/Team": ["a"] };
    },
  };
  const statement: PolicyStatement = { Effect: "Allow", Action: "*", Resource: "*" };
  expect([await ask(alice, [policy(statement)], { costlyKeys }), reads]).toEqual(["allowed", 0]);
  const tagged = (team: string) => policy({ ...statement, Condition: { StringEquals: { "S3:existingobjecttag/team": team } } });
  expect([await ask(alice, [tagged("a")], { costlyKeys }), reads]).toEqual(["allowed", 1]);
  expect(await ask(alice, [tagged("b")], { costlyKeys })).toContain("is not authorized to perform");
  // The bucket's policy counts as well.
  const resourcePolicy = policy({
    ...statement,
    Effect: "Deny",
    Principal: "*",
    Condition: { StringEquals: { "s3:ExistingObjectTag/team": "a" } },
  });
  expect(await ask(alice, [policy(statement)], { costlyKeys, resourcePolicy })).toContain("explicit deny");
});
