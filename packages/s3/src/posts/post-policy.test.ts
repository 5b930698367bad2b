import { describe, expect, test } from "vitest";
import { checkPostPolicy, readPostPolicy } from "./post-policy.ts";

const nowMs = Date.parse("2026-11-27T10:00:00Z");
const expiration = "2026-11-27T10:00:01.000Z";
const encode = (document: unknown): string =>
  Buffer.from(typeof document === "string" ? document : JSON.stringify(document)).toString("base64");
const policyOf = (...conditions: readonly unknown[]) => readPostPolicy(encode({ expiration, conditions }));
const check = (fields: Readonly<Record<string, string>>, ...conditions: readonly unknown[]): void =>
  checkPostPolicy(policyOf({ bucket: "b" }, ...conditions), new Map(Object.entries(fields)), "b", nowMs);

describe("a policy that can't be read", () => {
  test.each<[unknown, string]>([
    ["{", "Invalid JSON."],
    [[], "Invalid JSON."],
    [{ conditions: [] }, "Policy missing expiration."],
    [{ expiration }, "Policy missing conditions."],
    [{ expiration: "2026-11-27 10:00:00", conditions: [] }, "Invalid 'expiration' value: '2026-11-27 10:00:00'"],
    [{ expiration: 1, conditions: [] }, "Invalid 'expiration' value: '1'"],
    [
      { expiration, conditions: [{ a: "1", b: "2" }] },
      "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.",
    ],
    [{ expiration, conditions: [{}] }, "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified."],
    [{ expiration, conditions: [{ success_action_status: 201 }] }, "Invalid Simple-Condition: value must be a string."],
    [{ expiration, conditions: [["ends-with", "$key", "x"]] }, "Invalid Condition: unknown operation 'ends-with'."],
    [{ expiration, conditions: [["constructor", "$key", "x"]] }, "Invalid Condition: unknown operation 'constructor'."],
    [{ expiration, conditions: [["content-length-range", -1, 2]] }, "Invalid content-length-range: '-1'"],
  ])("%j", (document, message) => {
    expect(() => readPostPolicy(encode(document))).toThrow(`Invalid Policy: ${message}`);
  });
  test("not in Base64", () => expect(() => readPostPolicy("{}")).toThrow("Invalid Policy: Invalid JSON."));
});

describe("a form that keeps to its policy", () => {
  test.each<[Readonly<Record<string, string>>, readonly unknown[]]>([
    [{ key: "a/b" }, [["starts-with", "$key", "a/"]]],
    [{ key: "a/b" }, [["Eq", "$KEY", "a/b"]]],
    [{ key: "k", "content-type": "image/png, image/gif" }, [{ key: "k" }, ["starts-with", "$Content-Type", "image/"]]],
    [{ key: "k", policy: "p", "x-amz-signature": "s", "x-ignore-me": "1", awsaccesskeyid: "A", signature: "s" }, [{ key: "k" }]],
    [{ key: "k", bucket: "another" }, [{ key: "k" }]],
  ])("%j", (fields, conditions) => expect(() => check(fields, ...conditions)).not.toThrow());
});

describe("one that does not", () => {
  test.each<[Readonly<Record<string, string>>, readonly unknown[], string]>([
    [{ key: "b" }, [["starts-with", "$key", "a/"]], `Policy Condition failed: ["starts-with", "$key", "a/"]`],
    [{ key: "b" }, [{ Key: "a" }], `Policy Condition failed: ["eq", "$Key", "a"]`],
    [{ key: "k" }, [["eq", "key", "k"]], `Policy Condition failed: ["eq", "key", "k"]`],
    [{ key: "k" }, [{ key: "k" }, ["starts-with", "$acl", ""]], `Policy Condition failed: ["starts-with", "$acl", ""]`],
    [{ key: "k" }, [{ key: "k" }, { bucket: "other" }], `Policy Condition failed: ["eq", "$bucket", "other"]`],
    [
      { "content-type": "image/png,text/html" },
      [["starts-with", "$Content-Type", "image/"]],
      `Policy Condition failed: ["starts-with", "$Content-Type", "image/"]`,
    ],
    [{ key: "k", "content-type": "a", "x-amz-date": "1" }, [{ key: "k" }], "Extra input fields: content-type, x-amz-date"],
  ])("%j %j", (fields, conditions, message) =>
    expect(() => check(fields, ...conditions)).toThrow(`Invalid according to Policy: ${message}`),
  );

  test("the bucket needs a condition, too", () =>
    expect(() => checkPostPolicy(policyOf({ key: "k" }), new Map([["key", "k"]]), "b", nowMs)).toThrow("Extra input fields: bucket"));
  test("the time is up", () =>
    expect(() => checkPostPolicy(policyOf(), new Map(), "b", nowMs + 1_000)).toThrow("Invalid according to Policy: Policy expired."));
});

test("the narrowest range counts", () => {
  const { size } = policyOf(["content-length-range", 1, "10"], ["content-length-range", 0, 5]);
  expect(size).toEqual({ leastBytes: 1, mostBytes: 5 });
});
