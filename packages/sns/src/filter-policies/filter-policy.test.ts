import { describe, expect, it } from "vitest";
import { Fault } from "@mayfly/kernel";
import type { KeptAttribute } from "../messages/published-message.ts";
import { readFilterPolicy, type FilterPolicyScope } from "./filter-policy.ts";

type Attributes = Readonly<Record<string, KeptAttribute>>;

const read = (policy: unknown, scope: FilterPolicyScope) => readFilterPolicy(JSON.stringify(policy), scope);
const fitsBody = (policy: unknown, body: unknown): boolean =>
  read(policy, "MessageBody").fits({ attributes: {}, text: JSON.stringify(body) });
const fitsAttributes = (policy: unknown, attributes: Attributes): boolean =>
  read(policy, "MessageAttributes").fits({ attributes, text: "any" });

const text = (value: string): KeptAttribute => ({ type: "String", text: value });
const number = (value: string): KeptAttribute => ({ type: "Number", text: value });
const list = (...values: readonly unknown[]): KeptAttribute => ({ type: "String.Array", text: JSON.stringify(values) });

/** Each operator, as an attribute and as a property of the body: what fits, what does not. */
const operators: readonly [name: string, clause: unknown, yes: readonly unknown[], no: readonly unknown[]][] = [
  ["a string", "a", ["a"], ["A", "ab"]],
  ["the empty string", "", [""], ["a"]],
  ["a number", 300, [300, 3e2], [301, "300"]],
  ["prefix", { prefix: "auto-" }, ["auto-1"], ["x-auto-", 5]],
  ["suffix", { suffix: ".png" }, ["a.png"], ["png"]],
  ["equals-ignore-case", { "equals-ignore-case": "Tennis" }, ["TENNIS"], ["tenni"]],
  ["wildcard", { wildcard: "a*z" }, ["az", "a-z"], ["a-y"]],
  ["numeric =", { numeric: ["=", 301.5] }, [301.5], [301, "301.5"]],
  ["a numeric range", { numeric: [">", 0, "<=", 150] }, [150, 0.1], [0, 151]],
  ["cidr", { cidr: "10.0.0.0/24" }, ["10.0.0.7"], ["10.0.1.7", "x"]],
  ["anything-but", { "anything-but": "rugby" }, ["tennis"], ["rugby"]],
  ["anything-but a list", { "anything-but": ["rugby", "tennis"] }, ["baseball"], ["rugby", "tennis"]],
  ["anything-but numbers", { "anything-but": [100, 500] }, [101, "100"], [100, 500]],
  ["anything-but prefix", { "anything-but": { prefix: "order-" } }, ["data-entry"], ["order-cancelled"]],
  ["anything-but suffix", { "anything-but": { suffix: ".png" } }, ["a.gif"], ["a.png"]],
  ["anything-but wildcard", { "anything-but": { wildcard: "*-x-*" } }, ["a-y-b"], ["a-x-b"]],
  ["exists", { exists: true }, ["", 0], []],
];

describe("a filter policy", () => {
  it.each(operators)("knows %s in attributes", (_name, clause, yes, no) => {
    const attribute = (value: unknown): KeptAttribute => (typeof value === "number" ? number(String(value)) : text(String(value)));
    for (const value of yes) expect([value, fitsAttributes({ k: [clause] }, { k: attribute(value) })]).toEqual([value, true]);
    for (const value of no) expect([value, fitsAttributes({ k: [clause] }, { k: attribute(value) })]).toEqual([value, false]);
    expect(fitsAttributes({ k: [clause] }, {})).toBe(false);
  });

  it.each(operators)("knows %s in the body", (_name, clause, yes, no) => {
    for (const value of yes) expect([value, fitsBody({ k: [clause] }, { k: value })]).toEqual([value, true]);
    for (const value of no) expect([value, fitsBody({ k: [clause] }, { k: value })]).toEqual([value, false]);
    expect(fitsBody({ k: [clause] }, { other: 1 })).toBe(false);
  });

  it("knows true, false and null, which attributes have in lists only", () => {
    for (const value of [true, false, null]) {
      expect(fitsBody({ k: [value] }, { k: value })).toBe(true);
      expect(fitsBody({ k: [value] }, { k: String(value) })).toBe(false);
      expect(fitsAttributes({ k: [value] }, { k: list("x", value) })).toBe(true);
      expect(fitsAttributes({ k: [value] }, { k: text(String(value)) })).toBe(false);
    }
  });

  it("knows what is not there", () => {
    expect(fitsAttributes({ k: [{ exists: false }] }, { other: text("a") })).toBe(true);
    expect(fitsAttributes({ k: [{ exists: false }] }, {})).toBe(true);
    expect(fitsAttributes({ k: [{ exists: false }] }, { k: text("a") })).toBe(false);
    expect(fitsBody({ a: { k: [{ exists: false }] } }, { a: { b: 1 } })).toBe(true);
  });

  it("takes any element of a String.Array, and refuses a message whose list is none", () => {
    expect(fitsAttributes({ k: ["rugby"] }, { k: list("tennis", "rugby") })).toBe(true);
    expect(fitsAttributes({ k: [{ numeric: [">", 5] }] }, { k: list(1, 6) })).toBe(true);
    expect(fitsAttributes({ k: ["rugby"] }, { k: list("tennis") })).toBe(false);
    expect(fitsAttributes({ other: [{ exists: false }] }, { k: { type: "String.Array", text: "rugby" } })).toBe(false);
  });

  it("sees no bytes, and number types of one's own as numbers", () => {
    expect(fitsAttributes({ k: [{ exists: true }] }, { k: { type: "Binary", base64: "AAE=" } })).toBe(false);
    expect(fitsAttributes({ k: [5] }, { k: { type: "Number.int", text: "5.0" } })).toBe(true);
  });

  it("has all names match, and any of a name's values", () => {
    const policy = { store: ["example"], price: [{ numeric: [">=", 100] }, 7] };
    expect(fitsAttributes(policy, { store: text("example"), price: number("7") })).toBe(true);
    expect(fitsAttributes(policy, { store: text("example"), price: number("8") })).toBe(false);
    expect(fitsAttributes(policy, { store: text("example") })).toBe(false);
  });

  it("knows $or, nested as well", () => {
    const policy = {
      $or: [{ metricName: ["CPUUtilization"] }, { namespace: ["AWS/EC2"] }],
      detail: { scope: ["Service"], $or: [{ source: ["aws.cloudwatch"] }, { type: ["Change"] }] },
    };
    expect(fitsBody(policy, { namespace: "AWS/EC2", detail: { scope: "Service", type: "Change" } })).toBe(true);
    expect(fitsBody(policy, { namespace: "AWS/EC2", detail: { scope: "Service" } })).toBe(false);
    expect(fitsBody(policy, { detail: { scope: "Service", type: "Change" } })).toBe(false);
    const flat = { $or: [{ a: ["1"] }, { b: ["2"] }] };
    expect(fitsAttributes(flat, { b: text("2") })).toBe(true);
    expect(fitsAttributes(flat, { b: text("1") })).toBe(false);
  });

  it("looks into nested bodies and lists", () => {
    const policy = { Records: { s3: { object: { key: [{ prefix: "auto-" }] } }, eventName: [{ prefix: "ObjectCreated:" }] } };
    const record = (eventName: string, key: string) => ({ eventName, s3: { object: [[{ key }]] } });
    expect(fitsBody(policy, { Records: [record("ObjectCreated:Put", "auto-1"), record("ObjectRemoved:Delete", "home-1")] })).toBe(true);
    expect(fitsBody(policy, { Records: [record("ObjectRemoved:Delete", "auto-1")] })).toBe(false);
    expect(fitsBody({ headers: { "route-to": ["queue1"] } }, { headers: { "route-to": ["queue2", "queue1"] } })).toBe(true);
  });

  it("takes a dot in a name for nesting, in the policy and in the message", () => {
    const forms = [{ a: { b: { c: "x" } } }, { "a.b.c": "x" }, { "a.b": { c: "x" } }, { a: { "b.c": "x" }, "a.d": 1 }];
    for (const body of forms) {
      for (const policy of [{ a: { b: { c: ["x"] } } }, { "a.b.c": ["x"] }]) expect([body, fitsBody(policy, body)]).toEqual([body, true]);
      expect(fitsBody({ "a.b.c": ["y"] }, body)).toBe(false);
    }
  });

  it("fits no body that is no object", () => {
    const policy = readFilterPolicy('{"k":[{"exists":false}]}', "MessageBody");
    for (const body of ["", "text", "[1]", "null", "1", `{"a":`])
      expect([body, policy.fits({ attributes: {}, text: body })]).toEqual([body, false]);
    expect(policy.why({ attributes: {}, text: "text" })).toBe("the message is no JSON object");
    const deep = `{"a":${"[".repeat(100_000)}1${"]".repeat(100_000)}}`;
    expect(policy.fits({ attributes: {}, text: deep })).toBe(true);
  });

  it("says which clause a message does not meet", () => {
    const policy = read({ store: ["example"], price: [{ numeric: [">=", 100] }] }, "MessageAttributes");
    expect(policy.why({ attributes: { store: text("example"), price: number("8") }, text: "" })).toBe('price: [{"numeric":[">=",100]}]');
  });

  it("fits everything if it is empty", () => {
    expect(fitsAttributes({}, {})).toBe(true);
    expect(readFilterPolicy("{}", "MessageBody").fits({ attributes: {}, text: "text" })).toBe(true);
  });
});

const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `value${index}`);

/** SNS's own words: recorded at https://github.com/localstack/localstack/blob/main/tests/aws/services/sns/test_sns_filter_policy.snapshot.json, without the place in the text that it adds. */
const refused: readonly [policy: unknown, message: string][] = [
  [{ key: [["value"]] }, "FilterPolicy: Match value must be String, number, true, false, or null"],
  [{ key: [{ "wrong-operator": true }] }, "FilterPolicy: Unrecognized match type wrong-operator"],
  [{ key: [{ suffix: "value", prefix: "value2" }] }, "FilterPolicy: Only one key allowed in match expression"],
  [{ key: [{ suffix: 100 }] }, "FilterPolicy: suffix match pattern must be a string"],
  [{ key: [{ suffix: ["test", "test2"] }] }, "FilterPolicy: suffix match pattern must be a string"],
  [{ key: { suffix: "value" } }, 'FilterPolicy: "suffix" must be an object or an array'],
  [{ key_a: "value_one" }, 'FilterPolicy: "key_a" must be an object or an array'],
  [{ key: [] }, "FilterPolicy: Empty arrays are not allowed"],
  [{ key: [{ numeric: [] }] }, "FilterPolicy: Invalid member in numeric match: ]"],
  [{ key: [{ numeric: ["operator"] }] }, "FilterPolicy: Unrecognized numeric range operator: operator"],
  [{ key: [{ numeric: [1, "<="] }] }, "FilterPolicy: Invalid member in numeric match: 1"],
  [{ key: [{ numeric: ["=", "000"] }] }, "FilterPolicy: Value of equals must be numeric"],
  [{ key: [{ numeric: [">="] }] }, "FilterPolicy: Value of >= must be numeric"],
  [{ key: [{ numeric: ["<", 100, ">", 10] }] }, "FilterPolicy: Too many elements in numeric expression"],
  [{ key: [{ numeric: [">=", 1, ">", 2] }] }, "FilterPolicy: Bad numeric range operator: >"],
  [{ key: [{ numeric: [">", 3, "<", 1] }] }, "FilterPolicy: Bottom must be less than top"],
  [{ key: [{ numeric: [">", 20, "<="] }] }, "FilterPolicy: Value of <= must be numeric"],
  [{ key: [{ numeric: [">", 20, 30] }] }, "FilterPolicy: Bad value in numeric range: 30"],
  [{ key: [{ numeric: [">", 20, "test"] }] }, "FilterPolicy: Bad numeric range operator: test"],
  [{ key: [{ numeric: [">", "20", "<", "30"] }] }, "FilterPolicy: Value of > must be numeric"],
  [{ key: [{ numeric: [">", 20, "<", "30"] }] }, "FilterPolicy: Value of < must be numeric"],
  [{ key: [{ numeric: [">", 20, "<", 30, "<", 50] }] }, "FilterPolicy: Too many terms in numeric range expression"],
  [{ key: [{ exists: "no" }] }, "FilterPolicy: exists match pattern must be either true or false."],
  [{ key: [{ "anything-but": { exists: false } }] }, "FilterPolicy: Unsupported anything-but pattern: exists"],
  [{ key: many(151) }, "FilterPolicy: Filter policy is too complex"],
  [{ key1: many(100), key2: many(51) }, "FilterPolicy: Filter policy is too complex"],
  [{ a: ["1"], b: ["1"], c: ["1"], d: ["1"], e: ["1"], f: ["1"] }, "FilterPolicy: Filter policy can not have more than 5 keys"],
  [
    {
      source: many(4),
      $or: [{ metricName: many(6) }, { metricType: many(4), $or: [{ metricId: [1, 2, 3, 4] }, { spaceId: [1, 2, 3, 4] }] }],
    },
    "FilterPolicy: Filter policy is too complex",
  ],
  [{ object: { key: [{ prefix: "auto-" }] } }, "Filter policy scope MessageAttributes does not support nested filter policy"],
  [{ $or: [{ a: { b: ["1"] } }, { c: ["2"] }] }, "Filter policy scope MessageAttributes does not support nested filter policy"],
];

describe("a filter policy that is none", () => {
  it.each(refused)("%j", (policy, message) => {
    expect(() => read(policy, "MessageAttributes")).toThrow(new Fault("InvalidParameterException", `Invalid parameter: ${message}`));
  });

  it.each(["", "[]", "null", '"a"', "{", `${'{"a":'.repeat(50_000)}[1]${"}".repeat(50_000)}`])("%.20s", (policy) => {
    expect(() => readFilterPolicy(policy, "MessageBody")).toThrow(Fault);
  });

  it("counts the depth of a nested one", () => {
    const nested = (count: number) => ({ key_a: { key_b: { key_c: many(count) } }, key_d: { key_e: many(3) } });
    expect(() => read(nested(8), "MessageBody")).not.toThrow();
    expect(() => read(nested(9), "MessageBody")).toThrow("Filter policy is too complex");
  });
});
