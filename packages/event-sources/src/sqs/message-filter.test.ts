import { describe, expect, it, test } from "vitest";
import { queueRecord } from "./event-record.ts";
import { compileFilters } from "./message-filter.ts";

const record = (Body: string, more: object = {}) =>
  queueRecord(
    { MessageId: "id", ReceiptHandle: "r", Body, MD5OfBody: "m", ...more },
    "arn:aws:sqs:us-east-1:123456789012:orders",
    "us-east-1",
  );
const filterOf = (...patterns: readonly object[]) =>
  compileFilters({ Filters: patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) })) })!;

it("lets all pass where there is none", () => {
  expect(compileFilters(undefined)).toBeUndefined();
  expect(compileFilters({ Filters: [] })).toBeUndefined();
});

describe("a message passes if any of the filters matches", () => {
  test.each<[string, object, string, boolean]>([
    ["data that matches", { body: { kind: ["order"] } }, '{"kind":"order"}', true],
    ["data that does not", { body: { kind: ["order"] } }, '{"kind":"refund"}', false],
    ["a plain text, by a filter on data", { body: { kind: ["order"] } }, "order", false],
    ["a plain text, by a filter on what data lacks", { body: { kind: [{ exists: false }] } }, "order", false],
    ["data, by a filter on plain text", { body: [{ exists: false }] }, '{"kind":"order"}', false],
    ["data, by a filter on another text", { body: [{ "anything-but": ["a"] }] }, '{"kind":"order"}', false],
    ["a plain text that matches", { body: [{ prefix: "ord" }] }, "order 7", true],
    ["a plain text that does not", { body: ["order"] }, "refund", false],
    ["a lone number, which is a text", { body: ["7"] }, "7", true],
    ["JSON that is cut off, which is a text", { body: { kind: ["order"] } }, '{"kind":"order"', false],
    ["a list of which one element matches", { body: { kind: ["order"] } }, '[{"kind":"refund"},{"kind":"order"}]', true],
    ["a number within", { body: { total: [{ numeric: [">", 10, "<=", 20] }] } }, '{"total":20}', true],
    ["any text, where the filter is on something else", { awsRegion: ["us-east-1"] }, "order", true],
    ["data, where the filter is on something else", { awsRegion: ["eu-west-1"] }, "{}", false],
    ["a filter on nothing but the queue", { eventSourceARN: [{ suffix: ":orders" }] }, "x", true],
  ])("%s", (_name, pattern, body, passes) => {
    expect(filterOf(pattern).passes(record(body))).toBe(passes);
    expect(filterOf({ body: ["never"] }, pattern).passes(record(body))).toBe(passes);
  });

  test("by its attributes", () => {
    const MessageAttributes = { team: { DataType: "String", StringValue: "blue" } };
    const filter = filterOf({ messageAttributes: { team: { stringValue: ["blue"] } }, attributes: { MessageGroupId: ["1"] } });
    expect(filter.passes(record("x", { MessageAttributes, Attributes: { MessageGroupId: "1" } }))).toBe(true);
    expect(filter.passes(record("x", { MessageAttributes, Attributes: { MessageGroupId: "2" } }))).toBe(false);
    expect(filter.passes(record("x"))).toBe(false);
  });
});

test("says which clause of each filter a message did not meet", () => {
  const filter = filterOf(
    { body: { kind: ["order"], total: [{ numeric: [">", 10] }] } },
    { body: ["order"] },
    { awsRegion: ["eu-west-1"] },
  );
  expect(filter.why(record('{"kind":"order","total":3}'))).toEqual([
    'filter 1: body.total: [{"numeric":[">",10]}]',
    "filter 2: the body is JSON, the filter is for plain text",
    'filter 3: awsRegion: ["eu-west-1"]',
  ]);
  expect(filter.why(record("refund"))).toEqual([
    "filter 1: the body is no JSON",
    'filter 2: body: ["order"]',
    'filter 3: awsRegion: ["eu-west-1"]',
  ]);
});
