import { expect, test } from "vitest";
import { readPolicy } from "./policy-grammar.ts";

const statement = { Effect: "Allow", Action: "s3:*", Resource: "*" };
const document = (...statements: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const trusting = (more: object): string =>
  document({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" }, ...more });

test.each([
  ["{", "This policy contains invalid Json"],
  ["{}", "Policy document must be version 2012-10-17 or greater."],
  ["[]", "Syntax errors in policy."],
  ["null", "Syntax errors in policy."],
  [JSON.stringify({ Version: "2008-10-17", Statement: [statement] }), "Policy document must be version 2012-10-17 or greater."],
  [JSON.stringify({ Version: "2020-01-01", Statement: [statement] }), "The policy must contain a valid version string."],
  [JSON.stringify({ Version: "2012-10-17", Statement: [] }), "Syntax errors in policy."],
  [JSON.stringify({ Version: "2012-10-17", Statement: [statement], Extra: 1 }), "Syntax errors in policy."],
  [document({ ...statement, Effect: "allow" }), "Syntax errors in policy."],
  [document({ ...statement, Principal: "*" }), "Policy document should not specify a principal."],
  [document({ Effect: "Allow", Resource: "*" }), "Policy statement must contain actions."],
  [document({ Effect: "Allow", Action: "s3:*" }), "Policy statement must contain resources."],
  [document({ ...statement, Action: "GetObject" }), "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."],
  [document({ ...statement, Resource: "bucket" }), 'Resource bucket must be in ARN format or "*".'],
  [document({ ...statement, Action: [1] }), "Syntax errors in policy."],
  [document({ ...statement, NotAction: "s3:*" }), "Syntax errors in policy."],
  [document({ ...statement, Condition: { Sounds: { a: "b" } } }), "Syntax errors in policy."],
  [document({ ...statement, Condition: { Bool: { a: { b: "c" } } } }), "Syntax errors in policy."],
  [document({ ...statement, Sid: "a" }, { ...statement, Sid: "a" }), "Statement IDs (SID) in a single policy must be unique."],
])("of an identity policy %s", (text, message) => {
  expect(() => readPolicy(text, "identity")).toThrow(expect.objectContaining({ code: "MalformedPolicyDocument", message }));
});

test.each([
  [trusting({ Resource: "*" }), "Has prohibited field Resource"],
  [trusting({ Principal: undefined }), "Missing required field Principal"],
  [trusting({ Action: "s3:GetObject" }), "AssumeRole policy may only specify STS AssumeRole actions."],
  [trusting({ Principal: { AWS: "nobody" } }), 'Invalid principal in policy: "AWS":"nobody"'],
  [trusting({ Principal: { Someone: "x" } }), "Syntax errors in policy."],
])("of a trust policy %s", (text, message) => {
  expect(() => readPolicy(text, "trust")).toThrow(expect.objectContaining({ code: "MalformedPolicyDocument", message }));
});

test.each([
  trusting({}),
  trusting({ Principal: "*" }),
  trusting({ Action: ["sts:AssumeRole", "sts:TagSession"], Principal: { AWS: ["123456789012", "arn:aws:iam::123456789012:role/x/y"] } }),
])("accepts the trust policy %s", (text) => {
  expect(readPolicy(text, "trust")).toEqual(JSON.parse(text));
});

test("accepts an identity policy with every element, a single statement among them", () => {
  const one = {
    Sid: "A1",
    Effect: "Deny",
    NotAction: ["iam:*"],
    NotResource: ["arn:aws:s3:::b/*"],
    Condition: { "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": ["a", "b"] }, Bool: { "aws:SecureTransport": false } },
  };
  const text = JSON.stringify({ Version: "2012-10-17", Id: "i", Statement: one });
  expect(readPolicy(text, "identity")).toEqual(JSON.parse(text));
});
