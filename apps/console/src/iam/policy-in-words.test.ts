import { describe, expect, test } from "vitest";
import { grantInWords, grantsOf, levelOf } from "./policy-in-words.ts";

const policy = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });

describe("grantsOf", () => {
  test("groups a statement's actions by service and access level", () => {
    const grants = grantsOf(
      policy({ Effect: "Allow", Action: ["logs:PutLogEvents", "logs:GetLogEvents", "s3:ListBucket"], Resource: "arn:aws:s3:::b" }),
    );
    expect(grants.map(({ service }) => service)).toEqual(["logs", "s3"]);
    expect([...(grants[0]?.actionsByLevel ?? [])]).toEqual([
      ["write", ["PutLogEvents"]],
      ["read", ["GetLogEvents"]],
    ]);
    expect(grants[1]).toMatchObject({ effect: "Allow", resources: ["arn:aws:s3:::b"], conditional: false, except: false });
  });

  test("a single statement, `*` on `*`, is every action of every service", () => {
    const [grant] = grantsOf(JSON.stringify({ Statement: { Effect: "Allow", Action: "*", Resource: "*" } }));
    expect(grant?.service).toBe("*");
    expect(grant?.actionsByLevel.get("all")).toEqual(["*"]);
  });

  test("does not turn what a statement leaves out into what it grants", () => {
    const [grant] = grantsOf(policy({ Effect: "Deny", NotAction: "iam:GetUser", NotResource: "arn:x", Condition: { Bool: {} } }));
    expect(grant).toMatchObject({ effect: "Deny", except: true, exceptResources: true, conditional: true });
  });

  test("says nothing of a text that is no policy", () => {
    expect(grantsOf("{")).toEqual([]);
    expect(grantsOf("null")).toEqual([]);
  });
});

test.each([
  [
    { Effect: "Allow", Action: ["logs:PutLogEvents", "logs:GetLogEvents"], Resource: "*" },
    "Allows logs: write (PutLogEvents), read (GetLogEvents) on all resources.",
  ],
  [{ Effect: "Allow", Action: "*", Resource: "*" }, "Allows every action on all resources."],
  [
    { Effect: "Deny", NotAction: "iam:*", NotResource: "arn:x", Condition: { Bool: {} } },
    "Denies everything except iam: every action on everything except arn:x under conditions.",
  ],
  [
    { Effect: "Allow", Action: ["s3:GetA", "s3:GetB", "s3:GetC", "s3:GetD", "s3:GetE"], Resource: "*" },
    "Allows s3: read (5 actions) on all resources.",
  ],
])("%j: %s", (statement, sentence) => expect(grantsOf(policy(statement)).map(grantInWords)).toEqual([sentence]));

test.each([
  ["ListRoles", "list"],
  ["DescribeLogGroups", "read"],
  ["GetRolePolicy", "read"],
  ["PutRolePolicy", "permissions"],
  ["PassRole", "permissions"],
  ["UntagResource", "tagging"],
  ["InvokeFunction", "write"],
  ["Get*", "read"],
])("%s is %s", (action, level) => expect(levelOf(action)).toBe(level));
