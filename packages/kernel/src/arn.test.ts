import { expect, test } from "vitest";
import { formatArn, parseArn } from "./arn.ts";

test("an ARN's parts, colons in the resource kept, and back", () => {
  const text = "arn:aws:lambda:eu-central-1:123456789012:function:name:7";
  const arn = { partition: "aws", service: "lambda", region: "eu-central-1", accountId: "123456789012", resource: "function:name:7" };
  expect(parseArn(text)).toEqual(arn);
  expect(formatArn(arn)).toBe(text);
});

test.each(["", "arn", "arn:aws:iam::1", "urn:aws:iam::1:role/x", "arn::iam::1:role/x"])("%j is no ARN", (text) => {
  expect(parseArn(text)).toBeUndefined();
});
