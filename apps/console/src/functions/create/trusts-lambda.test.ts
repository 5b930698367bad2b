import { expect, test } from "vitest";
import { trustsLambda } from "./trusts-lambda.ts";

const policy = (statement: object | object[]): string =>
  encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement: statement }));

test.each([
  ["one service", { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  [
    "several services",
    [{ Effect: "Allow", Principal: { Service: ["ec2.amazonaws.com", "lambda.amazonaws.com"] }, Action: ["sts:AssumeRole"] }],
  ],
  ["everybody", { Effect: "Allow", Principal: "*", Action: "sts:*" }],
])("a role that %s may take on is offered", (_, statement) => {
  expect(trustsLambda(policy(statement))).toBe(true);
});

test.each([
  ["another service's", policy({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" })],
  ["an account's", policy({ Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "sts:AssumeRole" })],
  ["one that is denied to Lambda", policy({ Effect: "Deny", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" })],
  ["one without a readable policy", "%7B"],
  ["one without a policy", undefined],
])("%s role is not offered", (_, document) => {
  expect(trustsLambda(document)).toBe(false);
});
