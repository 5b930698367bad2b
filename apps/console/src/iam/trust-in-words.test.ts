import { expect, test } from "vitest";
import { trustedEntities } from "./trust-in-words.ts";

const trust = (...Principals: unknown[]): string =>
  encodeURIComponent(
    JSON.stringify({ Statement: Principals.map((Principal) => ({ Effect: "Allow", Principal, Action: "sts:AssumeRole" })) }),
  );

test("names services, accounts and users once each", () => {
  expect(
    trustedEntities(trust({ Service: ["lambda.amazonaws.com"] }, { AWS: ["arn:aws:iam::123456789012:root", "arn:aws:iam::1:user/a"] })),
  ).toEqual(["AWS service: lambda", "Account: 123456789012", "Account: arn:aws:iam::1:user/a"]);
  expect(trustedEntities(trust("*", { AWS: "*" }))).toEqual(["Everyone"]);
});

test("a text that is no policy trusts nobody", () => {
  expect(trustedEntities("%")).toEqual([]);
  expect(trustedEntities(undefined)).toEqual([]);
});
