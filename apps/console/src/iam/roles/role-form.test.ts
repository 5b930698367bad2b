import { expect, test } from "vitest";
import { policyProblems } from "../policy-editor/policy-problems.ts";
import { emptyRoleForm, roleProblems, trustPolicyOf, type RoleForm } from "./role-form.ts";

const form = (facts: Partial<RoleForm>): RoleForm => ({ ...emptyRoleForm, name: "worker", ...facts });
const own = "123456789012";

test("what is there at first needs a name, and nothing else", () => {
  expect(roleProblems(emptyRoleForm, new Set())).toEqual({ name: "Role name is required." });
  expect(roleProblems(form({}), new Set())).toEqual({});
});

test.each([
  ["a b", "Role name is invalid. Use alphanumeric and '+=,.@-_' characters."],
  ["ä", "Role name is invalid. Use alphanumeric and '+=,.@-_' characters."],
  ["x".repeat(65), "Maximum 64 characters; this name has 65."],
  ["WORKER", "Role with name WORKER already exists."],
])("the name %s is refused", (name, text) => expect(roleProblems(form({ name }), new Set(["worker"]))).toEqual({ name: text }));

test.each<[keyof ReturnType<typeof roleProblems>, Partial<RoleForm>]>([
  ["service", { service: "" }],
  ["accountId", { trust: "account", account: "another", accountId: "1234-5678-9012" }],
  ["externalId", { trust: "account", wantsExternalId: true, externalId: "x" }],
  ["externalId", { trust: "account", wantsExternalId: true, externalId: "a b" }],
  ["customTrust", { trust: "custom", customTrust: "{" }],
  ["policies", { policyArns: Array.from({ length: 11 }, (_, at) => `arn:${at}`) }],
  ["description", { description: "x".repeat(1_001) }],
  ["description", { description: "→" }],
  ["tags", { tags: [{ key: "aws:x", value: "" }] }],
])("%s is found wrong: %j", (field, facts) => expect(Object.keys(roleProblems(form(facts), new Set()))).toEqual([field]));

test("what is not chosen is not checked", () => {
  const facts = { accountId: "x", wantsExternalId: true, externalId: "", customTrust: "{" };
  expect(roleProblems(form(facts), new Set())).toEqual({});
});

test.each<[Partial<RoleForm>, object]>([
  [{ service: "sns.amazonaws.com" }, { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sts:AssumeRole" }],
  [{ trust: "account" }, { Effect: "Allow", Principal: { AWS: `arn:aws:iam::${own}:root` }, Action: "sts:AssumeRole" }],
  [
    { trust: "account", account: "another", accountId: "999999999999", wantsExternalId: true, externalId: "abc" },
    {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::999999999999:root" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": "abc" } },
    },
  ],
])("%j becomes a trust policy without mistakes", (facts, statement) => {
  const text = trustPolicyOf(form(facts), own);
  expect(JSON.parse(text)).toEqual({ Version: "2012-10-17", Statement: [statement] });
  expect(policyProblems(text, "trust")).toEqual([]);
});

test("a trust policy of one's own stays as it was written", () => {
  expect(trustPolicyOf(form({ trust: "custom", customTrust: "{ }" }), own)).toBe("{ }");
});
