import type { PolicyDocument, PolicyStatement, Principal } from "@mayfly/kernel";
import { anonymousPrincipal, rootPrincipal, servicePrincipal } from "@mayfly/kernel";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PolicyCompiler } from "./compiled-policy.ts";
import { evaluate, type Decision, type PolicyCase } from "./evaluate.ts";
import { principalChain } from "./principal-chain.ts";

const account = "123456789012";
const other = "999999999999";
const lambdaArn = `arn:aws:lambda:us-east-1:${account}:function:f`;
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
const roleArn = `arn:aws:iam::${account}:role/path/worker`;

const policy = (...Statement: PolicyStatement[]): PolicyDocument => ({ Version: "2012-10-17", Statement });
const allow = (more: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: "Allow",
  Action: "lambda:InvokeFunction",
  Resource: "*",
  ...more,
});
const deny = (more: Partial<PolicyStatement> = {}): PolicyStatement => ({ ...allow(more), Effect: "Deny" });
const named = (names: string | string[], more: Partial<PolicyStatement> = {}): PolicyStatement =>
  allow({ Principal: { AWS: names }, ...more });

function decide(principal: Principal, more: Partial<PolicyCase> = {}, keys: Record<string, string[]> = {}): Decision {
  return evaluate(
    {
      caller: principalChain(principal, principal.kind === "assumed-role" ? roleArn : undefined),
      action: "lambda:InvokeFunction",
      resource: lambdaArn,
      resourceAccountId: account,
      keys: (name) => keys[name],
      identityPolicies: [],
      grantedBy: "either",
      ...more,
    },
    new PolicyCompiler(),
  );
}

const granted = { allowed: true };
const lacking = (by: string) => ({ allowed: false, by, explicit: false });
const denied = (by: string) => ({ allowed: false, by, explicit: true });

describe("identity policies", () => {
  const decideOn = (...statements: PolicyStatement[]): Decision =>
    decide(alice, { identityPolicies: [policy(...statements)] }, { "aws:username": ["alice"] });

  test.each<[string, PolicyStatement[], object]>([
    ["nothing allows", [], lacking("identity-based policy")],
    ["an Allow", [allow()], granted],
    ["an action in other letters", [allow({ Action: "LAMBDA:invokefunction" })], granted],
    ["an action by wildcard", [allow({ Action: ["s3:*", "lambda:Inv*"] })], granted],
    ["every action", [allow({ Action: "*" })], granted],
    ["another action", [allow({ Action: "lambda:GetFunction" })], lacking("identity-based policy")],
    ["all actions but others", [allow({ Action: undefined, NotAction: "iam:*" })], granted],
    ["all actions but this", [allow({ Action: undefined, NotAction: "lambda:*" })], lacking("identity-based policy")],
    ["the resource", [allow({ Resource: lambdaArn })], granted],
    ["the resource by wildcard", [allow({ Resource: "arn:aws:lambda:*:*:function:?" })], granted],
    ["resources are case-sensitive", [allow({ Resource: lambdaArn.toUpperCase() })], lacking("identity-based policy")],
    ["another resource", [allow({ Resource: `${lambdaArn}2` })], lacking("identity-based policy")],
    ["all resources but others", [allow({ Resource: undefined, NotResource: `${lambdaArn}2` })], granted],
    ["all resources but this", [allow({ Resource: undefined, NotResource: lambdaArn })], lacking("identity-based policy")],
    ["a Deny beside an Allow", [allow(), deny()], denied("identity-based policy")],
    ["a Deny of something else", [allow(), deny({ Action: "lambda:DeleteFunction" })], granted],
    ["a condition that holds", [allow({ Condition: { StringEquals: { "aws:username": "alice" } } })], granted],
    ["a condition that does not", [allow({ Condition: { StringEquals: { "aws:username": "bob" } } })], lacking("identity-based policy")],
    [
      "one condition of two",
      [allow({ Condition: { StringEquals: { "aws:username": "alice", "aws:userid": "x" } } })],
      lacking("identity-based policy"),
    ],
    [
      "a Deny under an unknown operator",
      [allow(), deny({ Condition: { StringMatches: { "aws:username": "bob" } } })],
      denied("identity-based policy"),
    ],
    [
      "an Allow under an unknown operator",
      [allow({ Condition: { StringMatches: { "aws:username": "alice" } } })],
      lacking("identity-based policy"),
    ],
    ["a variable in the resource", [allow({ Resource: "arn:aws:lambda:*:*:function:${aws:username}" })], lacking("identity-based policy")],
    [
      "a variable without a value voids the statement",
      [allow({ Resource: undefined, NotResource: "x${aws:absent}" })],
      lacking("identity-based policy"),
    ],
  ])("%s", (_name, statements, expected) => {
    expect(decideOn(...statements)).toEqual(expected);
  });

  test("variables are plain text in policies of the older version", () => {
    const statement = allow({ Resource: "${aws:username}" });
    const ask = (Version: "2012-10-17" | "2008-10-17"): Decision =>
      decide(alice, { resource: "alice", identityPolicies: [{ Version, Statement: statement }] }, { "aws:username": ["alice"] });
    expect(ask("2012-10-17")).toEqual(granted);
    expect(ask("2008-10-17").allowed).toBe(false);
  });
});

describe("resource policies in the caller's own account", () => {
  const nothing = lacking("identity-based policy");

  test.each<[string, Principal, PolicyStatement, object]>([
    ["a user by its ARN", alice, named(alice.arn), granted],
    ["a user by its unique id", alice, named("AIDAALICE"), granted],
    ["another user", alice, named(`arn:aws:iam::${account}:user/bob`), nothing],
    ["everyone", alice, named("*"), granted],
    ["everyone, in short", alice, allow({ Principal: "*" }), granted],
    ["the account leaves it to identity policies", alice, named(`arn:aws:iam::${account}:root`), nothing],
    ["the account by its number", alice, named(account), nothing],
    ["a role", session, named(roleArn), granted],
    ["a role session", session, named(session.arn), granted],
    ["another session of the role", session, named(`${session.arn}2`), nothing],
    [
      "a service",
      servicePrincipal("events.amazonaws.com", account),
      allow({ Principal: { Service: ["sns.amazonaws.com", "events.amazonaws.com"] } }),
      granted,
    ],
    [
      "another service",
      servicePrincipal("events.amazonaws.com", account),
      allow({ Principal: { Service: "sns.amazonaws.com" } }),
      lacking("resource-based policy"),
    ],
    ["a service is no account", servicePrincipal("events.amazonaws.com", account), named(account), lacking("resource-based policy")],
    ["anybody, unsigned", anonymousPrincipal(account), named("*"), granted],
    ["an account, unsigned", anonymousPrincipal(account), named(account), lacking("resource-based policy")],
    ["all but others", alice, allow({ NotPrincipal: { AWS: `arn:aws:iam::${account}:user/bob` } }), granted],
    ["all but the caller", alice, allow({ NotPrincipal: { AWS: alice.arn } }), nothing],
  ])("%s", (_name, principal, statement, expected) => {
    expect(decide(principal, { resourcePolicy: policy(statement) })).toEqual(expected);
  });

  test("an account that is named and an identity policy together allow", () => {
    expect(decide(alice, { resourcePolicy: policy(named(account)), identityPolicies: [policy(allow())] })).toEqual(granted);
  });

  test("a Deny wins over identity policies, and over root", () => {
    const resourcePolicy = policy(deny({ Principal: "*" }));
    expect(decide(alice, { resourcePolicy, identityPolicies: [policy(allow())] })).toEqual(denied("resource-based policy"));
    expect(decide(rootPrincipal(account), { resourcePolicy })).toEqual(denied("resource-based policy"));
  });

  test("a Deny with NotPrincipal spares only whom it lists with role and account", () => {
    const ask = (...names: string[]): Decision =>
      decide(session, { identityPolicies: [policy(allow())], resourcePolicy: policy(deny({ NotPrincipal: { AWS: names } })) });
    expect(ask(account, roleArn, session.arn)).toEqual(granted);
    expect(ask(account, roleArn)).toEqual(denied("resource-based policy"));
  });
});

describe("another account's resources", () => {
  const resourceAccountId = other;
  const identityPolicies = [policy(allow())];

  test("both accounts must allow", () => {
    expect(decide(alice, { resourceAccountId, identityPolicies })).toEqual(lacking("resource-based policy"));
    expect(decide(alice, { resourceAccountId, resourcePolicy: policy(named(alice.arn)) })).toEqual(lacking("identity-based policy"));
    for (const name of [alice.arn, account, `arn:aws:iam::${account}:root`, "*"]) {
      expect(decide(alice, { resourceAccountId, identityPolicies, resourcePolicy: policy(named(name)) })).toEqual(granted);
    }
    expect(decide(alice, { resourceAccountId, identityPolicies, resourcePolicy: policy(named(other)) })).toEqual(
      lacking("resource-based policy"),
    );
  });

  test("root needs the other account's leave only", () => {
    expect(decide(rootPrincipal(account), { resourceAccountId })).toEqual(lacking("resource-based policy"));
    expect(decide(rootPrincipal(account), { resourceAccountId, resourcePolicy: policy(named(account)) })).toEqual(granted);
  });

  test("a session policy takes away even what the resource grants to the very session", () => {
    const resourcePolicy = policy(named(session.arn));
    expect(
      decide(session, { resourceAccountId, identityPolicies, resourcePolicy, sessionPolicy: policy(allow({ Action: "s3:*" })) }),
    ).toEqual(lacking("session policy"));
  });
});

describe("boundaries and session policies", () => {
  const identityPolicies = [policy(allow())];
  const elsewhere = policy(allow({ Action: "s3:*" }));

  test("take away what identity policies allow", () => {
    expect(decide(alice, { identityPolicies, permissionsBoundary: elsewhere })).toEqual(lacking("permissions boundary"));
    expect(decide(session, { identityPolicies, sessionPolicy: elsewhere })).toEqual(lacking("session policy"));
    expect(decide(session, { identityPolicies, permissionsBoundary: policy(allow()), sessionPolicy: policy(allow()) })).toEqual(granted);
  });

  test("give nothing by themselves", () => {
    expect(decide(alice, { permissionsBoundary: policy(allow()) })).toEqual(lacking("identity-based policy"));
    expect(decide(session, { sessionPolicy: policy(allow()) })).toEqual(lacking("identity-based policy"));
  });

  test("deny by name", () => {
    expect(decide(alice, { identityPolicies, permissionsBoundary: policy(allow(), deny()) })).toEqual(denied("permissions boundary"));
    expect(decide(session, { identityPolicies, sessionPolicy: policy(allow(), deny()) })).toEqual(denied("session policy"));
  });

  test("limit a grant to the role, not one to the user or the session itself", () => {
    expect(decide(session, { resourcePolicy: policy(named(roleArn)), sessionPolicy: elsewhere })).toEqual(lacking("session policy"));
    expect(decide(session, { resourcePolicy: policy(named(roleArn)), permissionsBoundary: elsewhere })).toEqual(
      lacking("permissions boundary"),
    );
    expect(decide(session, { resourcePolicy: policy(named(session.arn)), sessionPolicy: elsewhere })).toEqual(granted);
    expect(decide(alice, { resourcePolicy: policy(named(alice.arn)), permissionsBoundary: elsewhere })).toEqual(granted);
  });
});

describe("trust policies", () => {
  const assume = { Action: "sts:AssumeRole", Resource: undefined };
  const ask = (principal: Principal, trust: PolicyStatement, more: Partial<PolicyCase> = {}): Decision =>
    decide(principal, {
      action: "sts:AssumeRole",
      resource: roleArn,
      grantedBy: "resource-policy",
      resourcePolicy: policy(trust),
      ...more,
    });
  const mayAssume = { identityPolicies: [policy(allow({ Action: "sts:AssumeRole" }))] };

  test("must allow, whatever the identity policies say", () => {
    expect(ask(alice, named(`arn:aws:iam::${account}:user/bob`, assume), mayAssume)).toEqual(lacking("role trust policy"));
    expect(decide(alice, { action: "sts:AssumeRole", grantedBy: "resource-policy", ...mayAssume })).toEqual(lacking("role trust policy"));
  });

  test("suffice for whom they name, but an account that is named asks its own policies", () => {
    expect(ask(alice, named(alice.arn, assume))).toEqual(granted);
    expect(ask(alice, named(account, assume))).toEqual(lacking("identity-based policy"));
    expect(ask(alice, named(account, assume), mayAssume)).toEqual(granted);
  });

  test("let a service in", () => {
    const lambda = servicePrincipal("lambda.amazonaws.com", account);
    expect(ask(lambda, allow({ ...assume, Principal: { Service: "lambda.amazonaws.com" } }))).toEqual(granted);
    expect(ask(lambda, allow({ ...assume, Principal: { Service: "ec2.amazonaws.com" } }))).toEqual(lacking("role trust policy"));
  });

  test("and identity policies both, from another account", () => {
    const resourceAccountId = other;
    expect(ask(alice, named(alice.arn, assume), { resourceAccountId })).toEqual(lacking("identity-based policy"));
    expect(ask(alice, named(account, assume), { resourceAccountId, ...mayAssume })).toEqual(granted);
  });
});

describe("whatever the policies", () => {
  const statement = fc.record({
    Effect: fc.constantFrom<"Allow" | "Deny">("Allow", "Deny"),
    Action: fc.constantFrom("*", "lambda:*", "lambda:InvokeFunction", "s3:GetObject"),
    Resource: fc.constantFrom("*", lambdaArn, `${lambdaArn}:*`, "arn:aws:lambda:*"),
    Principal: fc.constantFrom<PolicyStatement["Principal"]>(
      "*",
      { AWS: account },
      { AWS: alice.arn },
      { AWS: roleArn },
      { Service: "events.amazonaws.com" },
    ),
  });
  const document = fc.array(statement, { maxLength: 4 }).map((statements) => policy(...statements));
  const cases = fc.record({
    principal: fc.constantFrom<Principal>(alice, session, rootPrincipal(account), servicePrincipal("events.amazonaws.com", account)),
    resourceAccountId: fc.constantFrom(account, other),
    identityPolicies: fc.array(document, { maxLength: 2 }),
    resourcePolicy: fc.option(document, { nil: undefined }),
    sessionPolicy: fc.option(document, { nil: undefined }),
    permissionsBoundary: fc.option(document, { nil: undefined }),
    grantedBy: fc.constantFrom<"either" | "resource-policy">("either", "resource-policy"),
  });
  const withMore = (documentOrNone: PolicyDocument | undefined, ...more: PolicyStatement[]): PolicyDocument =>
    policy(...((documentOrNone?.Statement ?? []) as PolicyStatement[]), ...more);

  test("a further Deny never allows, and one that fits always denies", () => {
    fc.assert(
      fc.property(cases, statement, ({ principal, ...given }, extra) => {
        const before = decide(principal, given).allowed;
        const one = { ...extra, Effect: "Deny" as const };
        const more = [
          decide(principal, { ...given, identityPolicies: [...given.identityPolicies, policy(one)] }),
          decide(principal, { ...given, resourcePolicy: withMore(given.resourcePolicy, one) }),
          ...(given.sessionPolicy ? [decide(principal, { ...given, sessionPolicy: withMore(given.sessionPolicy, one) })] : []),
        ];
        const certain = decide(principal, { ...given, resourcePolicy: withMore(given.resourcePolicy, deny({ Principal: "*" })) });
        expect(certain.allowed).toBe(false);
        expect(before || more.every((decision) => !decision.allowed)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a further Allow never denies, and a boundary or session policy never allows", () => {
    fc.assert(
      fc.property(cases, statement, document, ({ principal, ...given }, extra, limit) => {
        const before = decide(principal, given).allowed;
        const one = { ...extra, Effect: "Allow" as const };
        const widened = [
          decide(principal, { ...given, identityPolicies: [...given.identityPolicies, policy(one)] }),
          decide(principal, { ...given, resourcePolicy: withMore(given.resourcePolicy, one) }),
        ];
        const limited = [
          ...(given.sessionPolicy ? [] : [decide(principal, { ...given, sessionPolicy: limit })]),
          ...(given.permissionsBoundary ? [] : [decide(principal, { ...given, permissionsBoundary: limit })]),
        ];
        const [unwanted, outcomes] = before ? [false, widened] : [true, limited];
        expect(outcomes.map((decision) => decision.allowed)).not.toContain(unwanted);
      }),
      { numRuns: 2_000 },
    );
  });
});
