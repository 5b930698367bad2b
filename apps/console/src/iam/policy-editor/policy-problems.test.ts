import { expect, test } from "vitest";
import { inlinePolicyCharacters, policyProblems } from "./policy-problems.ts";

const statement = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" };
const trusting = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
const policy = (...statements: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements }, undefined, 2);
const without = (object: object, name: string): object => Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
const errorsOf = (text: string, kind: "identity" | "trust"): string[] =>
  policyProblems(text, kind)
    .filter(({ severity }) => severity === "error")
    .map(({ line, message }) => `${line}: ${message}`);

test.each([
  ["", "1: The document is empty."],
  ['{\n  "Version": "2012-10-17",\n  "Statement": [{}\n}', "4: A comma is expected here."],
  ['{\n  "Version": "2012-10-17",\n}', "3: A name in double quotes is expected here"],
  ['{\n  // no\n "Version": 1}', "2: JSON has no comments."],
  ["[]", "1: A policy is a JSON object"],
  [JSON.stringify({ Statement: [statement] }), '1: "Version" is missing. Use "2012-10-17".'],
  [JSON.stringify({ Version: "2008-10-17", Statement: [statement] }), '1: "Version" must be "2012-10-17".'],
  ['{ "Version": "2012-10-17" }', '1: "Statement" is missing'],
  [policy(), '3: "Statement" is empty'],
  [policy(without(statement, "Effect")), '4: "Effect" is missing'],
  [policy({ ...statement, Effect: "allow" }), '5: "Effect" must be "Allow" or "Deny"'],
  [policy(without(statement, "Action")), '4: "Action" is missing'],
  [policy(without(statement, "Resource")), '4: "Resource" is missing'],
  [policy({ ...statement, Action: ["s3:GetObject", "GetObject"] }), '8: "GetObject" must name its service before a colon'],
  [policy({ ...statement, Action: [] }), '6: "Action" is empty.'],
  [policy({ ...statement, Action: [1] }), '7: "Action" must be a text or a list of texts.'],
  [policy({ ...statement, Resource: "b" }), '7: "b" must be an ARN or "*".'],
  [policy({ ...statement, Principal: "*" }), `8: "Principal" can't stand here`],
  [
    policy({ ...without(statement, "Action"), Actions: "s3:*", Action: "s3:*" }),
    '7: "Actions" is no element of a statement. Did you mean "Action"?',
  ],
  [policy({ ...statement, NotAction: "s3:*" }), '8: A statement has "Action" or "NotAction", not both.'],
  [
    '{"Version":"2012-10-17","Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}',
    '1: "Version" is there twice',
  ],
  [policy({ ...statement, Sid: "a b" }), '8: "Sid" can contain only letters and numbers'],
  [policy({ ...statement, Sid: "a" }, { ...statement, Sid: "a" }), '14: There is another statement with the Sid "a"'],
  [policy({ ...statement, Condition: { Sounds: { a: "b" } } }), '9: "Sounds" is no condition operator.'],
  [policy({ ...statement, Condition: { Bool: { a: null } } }), '10: "a" is compared with a text'],
])("a permissions policy: %j", (text, message) => {
  expect(errorsOf(text, "identity").map((error) => error.slice(0, message.length))).toEqual([message]);
});

test.each([
  [policy(without(trusting, "Principal")), '4: "Principal" is missing'],
  [policy({ ...trusting, Resource: "*" }), `10: "Resource" can't stand here`],
  [policy({ ...trusting, Action: "s3:GetObject" }), '9: "s3:GetObject" is no action of a trust policy.'],
  [policy({ ...trusting, Principal: { Service: "lambda" } }), '7: "lambda" is no service\'s name'],
  [policy({ ...trusting, Principal: { AWS: "somebody" } }), '7: "somebody" is neither an account'],
  [policy({ ...trusting, Principal: { Someone: "x" } }), '7: "Someone" is no kind of principal.'],
  [policy({ ...trusting, Principal: {} }), '6: "Principal" is "*" or an object'],
])("a trust policy: %j", (text, message) => {
  expect(errorsOf(text, "trust").map((error) => error.slice(0, message.length))).toEqual([message]);
});

test("every mistake is found, in the order of the lines", () => {
  const text = policy({ Effect: "allow", Action: "Get", Resource: "b" });
  expect(policyProblems(text, "identity").map(({ line }) => line)).toEqual([5, 6, 7]);
});

test("a mistake has the place that it takes in the text", () => {
  expect(policyProblems('{\n  "Version": "2020"\n}', "identity")[1]).toMatchObject({ line: 2, column: 14, endLine: 2, endColumn: 20 });
});

test.each([
  ["identity", policy(statement)],
  [
    "identity",
    JSON.stringify({ Version: "2012-10-17", Id: "i", Statement: { Sid: "A1", Effect: "Deny", NotAction: ["iam:*"], NotResource: "*" } }),
  ],
  [
    "identity",
    policy({ ...statement, Condition: { "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": ["a"] }, Null: { "aws:a": true } } }),
  ],
  ["trust", policy(trusting)],
  ["trust", JSON.stringify({ Statement: [trusting] })],
  ["trust", policy({ ...trusting, Principal: { AWS: ["123456789012", "arn:aws:iam::123456789012:role/x/y"] } })],
] as const)("finds nothing wrong with the %s policy %j", (kind, text) => expect(policyProblems(text, kind)).toEqual([]));

test.each([
  ["identity", policy({ Effect: "Allow", Action: "*", Resource: "*" }), "This allows every action on every resource."],
  ["identity", policy({ Effect: "Allow", Action: "iam:PassRole", Resource: "*" }), "This lets any role be passed"],
  ["identity", policy({ Effect: "Allow", NotAction: "iam:*", Resource: "*" }), '"NotAction" with "Allow"'],
  ["trust", policy({ ...trusting, Principal: "*" }), "Everybody, of every account"],
  ["trust", policy({ ...trusting, Principal: { AWS: "*" } }), "Everybody, of every account"],
] as const)("warns of wide access in the %s policy %j", (kind, text, message) => {
  expect(policyProblems(text, kind)).toEqual([
    expect.objectContaining({ severity: "warning", message: expect.stringContaining(message) as string }),
  ]);
});

test("does not warn of what a condition narrows or a statement denies", () => {
  expect(policyProblems(policy({ Effect: "Deny", Action: "*", Resource: "*" }), "identity")).toEqual([]);
  expect(policyProblems(policy({ ...trusting, Principal: "*", Condition: { Bool: { "aws:a": true } } }), "trust")).toEqual([]);
});

test("counts characters without white space against the limit, which an inline policy's place can raise", () => {
  const long = policy({ ...statement, Resource: Array.from({ length: 200 }, (_, at) => `arn:aws:s3:::bucket-${at}/of/some/length`) });
  expect(errorsOf(long, "identity")).toEqual([expect.stringMatching(/^1: The policy has [\d,]+ characters.*; 6,144 are allowed\.$/)]);
  expect(policyProblems(long, "identity", inlinePolicyCharacters.role)).toEqual([]);
});
