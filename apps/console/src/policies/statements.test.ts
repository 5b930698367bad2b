import { expect, test } from "vitest";
import { conditionTexts, principalText, statementsOf, type Statement } from "./statements.ts";

const statement = (more: Partial<Statement>): Statement => ({
  Effect: "Allow",
  Principal: "*",
  Action: "lambda:InvokeFunction",
  Resource: "arn",
  ...more,
});

test.each([
  ["*", "Everybody"],
  [{ Service: "s3.amazonaws.com" }, "s3.amazonaws.com"],
  [{ AWS: "arn:aws:iam::210987654321:root" }, "Account 210987654321"],
  [{ AWS: "arn:aws:iam::210987654321:role/reader" }, "arn:aws:iam::210987654321:role/reader"],
])("the principal %j is told as %s", (Principal, text) => {
  expect(principalText(statement({ Principal }))).toBe(text);
});

test("conditions are told in words", () => {
  const Condition = { ArnLike: { "AWS:SourceArn": "arn:aws:s3:::b" }, StringEquals: { "AWS:SourceAccount": "210987654321" } };
  expect(conditionTexts(statement({ Condition }))).toEqual(["AWS:SourceArn is like arn:aws:s3:::b", "AWS:SourceAccount is 210987654321"]);
});

test("no policy has no statements", () => {
  expect(statementsOf(undefined)).toEqual([]);
  expect(statementsOf(JSON.stringify({ Statement: [statement({ Sid: "a" })] }))).toHaveLength(1);
});
