import { describe, expect, test } from "vitest";
import { compileConditions, isConditionOperator } from "./conditions.ts";

type Values = Record<string, string[]>;

function holds(operator: string, wanted: string | string[] | boolean | number, values: string[] | undefined, others: Values = {}): boolean {
  const keys: Values = { ...others, ...(values && { k: values }) };
  return compileConditions({ [operator]: { K: wanted } }, { variables: true }).every(
    (condition) => condition((name) => keys[name]) === true,
  );
}

type Row = [operator: string, wanted: string | string[] | boolean | number, values: string[] | undefined, expected: boolean];

const table: Record<string, Row[]> = {
  strings: [
    ["StringEquals", "a", ["a"], true],
    ["StringEquals", "a", ["A"], false],
    ["StringEquals", ["a", "b"], ["b"], true],
    ["StringEquals", "a*", ["ab"], false],
    ["StringEquals", "a", undefined, false],
    ["StringNotEquals", "a", ["b"], true],
    ["StringNotEquals", ["a", "b"], ["b"], false],
    ["StringNotEquals", "a", undefined, true],
    ["StringEqualsIgnoreCase", "aB", ["Ab"], true],
    ["StringNotEqualsIgnoreCase", "aB", ["Ab"], false],
    ["StringLike", "a*c?", ["abbcd"], true],
    ["StringLike", "a*c?", ["abbc"], false],
    ["StringNotLike", ["x*", "a*"], ["abc"], false],
    ["StringNotLike", "x*", ["abc"], true],
  ],
  ARNs: [
    ["ArnEquals", "arn:aws:sns:*:123456789012:t*", ["arn:aws:sns:eu-west-1:123456789012:topic"], true],
    ["ArnLike", "arn:aws:sns:*:123456789012:t", ["arn:aws:sns:eu-west-1:999:123456789012:t"], false],
    ["ArnLike", "arn:aws:s3:::bucket/*", ["arn:aws:s3:::bucket/a:b"], true],
    ["ArnLike", "arn:aws:s3:*", ["arn:aws:s3:::bucket"], false],
    ["ArnLike", "*", ["arn:aws:s3:::bucket"], true],
    ["ArnNotLike", "arn:aws:s3:::other", ["arn:aws:s3:::bucket"], true],
    ["ArnNotEquals", "arn:aws:s3:::bucket", ["arn:aws:s3:::bucket"], false],
  ],
  booleans: [
    ["Bool", true, ["true"], true],
    ["Bool", "True", ["true"], true],
    ["Bool", "false", ["true"], false],
    ["Bool", "true", undefined, false],
  ],
  numbers: [
    ["NumericEquals", 10, ["10.0"], true],
    ["NumericNotEquals", "10", ["11"], true],
    ["NumericLessThan", "10", ["9"], true],
    ["NumericLessThan", "10", ["10"], false],
    ["NumericLessThanEquals", "10", ["10"], true],
    ["NumericGreaterThan", "10", ["10"], false],
    ["NumericGreaterThanEquals", "10", ["10"], true],
    ["NumericLessThan", "10", [""], false],
    ["NumericLessThan", "ten", ["1"], false],
  ],
  dates: [
    ["DateLessThan", "2026-01-01T00:00:00Z", ["2025-12-31T23:59:59Z"], true],
    ["DateLessThan", "1767225600", ["2025-12-31T23:59:59Z"], true],
    ["DateGreaterThan", "2026-01-01", ["2026-01-01T00:00:01Z"], true],
    ["DateGreaterThanEquals", "2026-01-01T00:00:00Z", ["1767225600"], true],
    ["DateLessThanEquals", "2026-01-01T00:00:00Z", ["1767225601"], false],
    ["DateEquals", "2026-01-01T00:00:00Z", ["1767225600"], true],
    ["DateNotEquals", "2026-01-01T00:00:00Z", ["1767225600"], false],
    ["DateLessThan", "never", ["2025-12-31T23:59:59Z"], false],
  ],
  "IP addresses": [
    ["IpAddress", "203.0.113.0/24", ["203.0.113.9"], true],
    ["IpAddress", "203.0.113.0/24", ["203.0.114.9"], false],
    ["IpAddress", "203.0.113.9", ["203.0.113.9"], true],
    ["IpAddress", ["10.0.0.0/8", "2001:db8::/32"], ["2001:db8:1::1"], true],
    ["IpAddress", "127.0.0.0/8", ["::ffff:127.0.0.1"], true],
    ["IpAddress", "10.0.0.0/8", ["2001:db8::1"], false],
    ["IpAddress", "0.0.0.0/0", ["not an address"], false],
    ["IpAddress", "300.0.0.0/8", ["10.0.0.1"], false],
    ["NotIpAddress", "10.0.0.0/8", ["203.0.113.9"], true],
    ["NotIpAddress", "10.0.0.0/8", ["10.1.1.1"], false],
  ],
  absence: [
    ["Null", "true", undefined, true],
    ["Null", true, ["x"], false],
    ["Null", "false", ["x"], true],
    ["Null", "false", undefined, false],
    ["StringEqualsIfExists", "a", undefined, true],
    ["StringEqualsIfExists", "a", ["b"], false],
    ["BoolIfExists", "true", undefined, true],
  ],
  binary: [
    ["BinaryEquals", "QUJD", ["QUJD"], true],
    ["BinaryEquals", "QUJD", ["QUJE"], false],
  ],
  "several values": [
    ["ForAnyValue:StringEquals", ["a", "b"], ["x", "b"], true],
    ["ForAnyValue:StringEquals", ["a", "b"], ["x", "y"], false],
    ["ForAnyValue:StringEquals", "a", undefined, false],
    ["ForAnyValue:StringNotEquals", "a", ["a", "b"], true],
    ["ForAnyValue:StringNotEquals", "a", ["a"], false],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "b", "a"], true],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "x"], false],
    ["ForAllValues:StringEquals", "a", undefined, true],
    ["ForAllValues:StringNotLike", "a*", ["b", "ab"], false],
    ["ForAnyValue:StringLikeIfExists", "a*", undefined, true],
  ],
  "unknown operators": [
    ["StringMatches", "a", ["a"], false],
    ["StringMatchesIfExists", "a", undefined, false],
  ],
};

for (const [kind, rows] of Object.entries(table)) {
  describe(`of ${kind}`, () => {
    test.each(rows)("%s %j on %j: %j", (operator, wanted, values, expected) => {
      expect(holds(operator, wanted, values)).toBe(expected);
    });
  });
}

describe("policy variables", () => {
  const others = { "aws:username": ["alice"], "aws:tags": ["a", "b"], star: ["*"] };

  test.each([
    ["StringEquals", "${aws:username}", "alice", true],
    ["StringEquals", "${AWS:UserName}", "alice", true],
    ["StringLike", "home/${aws:username}/*", "home/alice/x", true],
    ["StringLike", "${star}", "anything", false],
    ["StringLike", "${*}", "*", true],
    ["StringLike", "${*}", "x", false],
    ["StringEquals", "${$}{x}", "${x}", true],
    ["StringEquals", "${absent, 'team'}", "team", true],
    ["StringEquals", "${absent}", "", false],
    ["StringNotEquals", "${absent}", "x", false],
    ["StringEquals", "${aws:tags}", "a", false],
    ["ArnLike", "arn:aws:iam::1:user/${aws:username}", "arn:aws:iam::1:user/alice", true],
  ] as const)("%s %j on %j: %j", (operator, wanted, value, expected) => {
    expect(holds(operator, wanted, [value], others)).toBe(expected);
  });
});

test.each([
  ["StringEquals", true],
  ["ForAllValues:StringLikeIfExists", true],
  ["Null", true],
  ["NullIfExists", false],
  ["StringMatches", false],
  ["constructor", false],
])("%s is an operator: %j", (name, expected) => {
  expect(isConditionOperator(name)).toBe(expected);
});
