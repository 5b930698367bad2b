import { expect, test } from "vitest";
import { encodeKey } from "./event-record.ts";
import { conflict, unmetRules, type FilterRule, type Notification } from "./notification.ts";
import { readConfiguration } from "./read-configuration.ts";

const prefix = (Value: string): FilterRule => ({ Name: "Prefix", Value });
const suffix = (Value: string): FilterRule => ({ Name: "Suffix", Value });
const made = (events: readonly string[], ...rules: FilterRule[]): Notification => ({ id: "a", kind: "sqs", arn: "arn", events, rules });
const created = ["s3:ObjectCreated:*"];

test("two configurations conflict if one event could be meant by both", () => {
  const images = made(created, prefix("images/"), suffix(".jpg"));
  for (const other of [
    made(["s3:ObjectCreated:Put"]),
    made(created, prefix("images/cats/")),
    made(created, prefix("im"), suffix("jpg")),
    made(["s3:ObjectRemoved:*", "s3:ObjectCreated:Copy"], suffix("g")),
  ]) {
    expect(conflict(images, other)).toBe(true);
    expect(conflict(other, images)).toBe(true);
  }
  for (const other of [made(["s3:ObjectRemoved:*"]), made(created, prefix("texts/")), made(created, suffix(".png"))])
    expect(conflict(images, other)).toBe(false);
});

test("a key fits a filter, or the rules are named that it does not meet", () => {
  const images = made(created, prefix("images/"), suffix(".jpg"));
  expect(unmetRules(images, "images/a.jpg")).toEqual([]);
  expect(unmetRules(images, "images/a.png")).toEqual([suffix(".jpg")]);
  expect(unmetRules(images, "a")).toEqual([prefix("images/"), suffix(".jpg")]);
  expect(unmetRules(made(created), "a")).toEqual([]);
});

test("keys are encoded as in a form, but for their slashes", () => {
  expect(encodeKey("a@b")).toBe("a%40b");
  expect(encodeKey("of a team/first+1.zip")).toBe("of+a+team/first%2B1.zip");
  expect(encodeKey("ü(1)!~*_-.")).toBe("%C3%BC%281%29%21%7E*_-.");
});

const queue = "arn:aws:sqs:us-east-1:123456789012:q";
const rules = (...FilterRules: { Name: string; Value: string }[]) => ({ Key: { FilterRules } }) as never;

test("a filter's rules are named in any case, each once", () => {
  const read = (Filter: never) => readConfiguration({ QueueConfigurations: [{ QueueArn: queue, Events: ["s3:ObjectCreated:*"], Filter }] });
  expect(read(rules({ Name: "PREFIX", Value: "a" }))[0]?.rules).toEqual([prefix("a")]);
  expect(() => read(rules({ Name: "INVALID", Value: "a" }))).toThrow("filter rule name must be either prefix or suffix");
  expect(() => read(rules({ Name: "prefix", Value: "a" }, { Name: "Prefix", Value: "b" }))).toThrow(
    "Cannot specify more than one prefix rule in a filter.",
  );
});

test("what can't be read as a configuration is refused", () => {
  const read = (QueueArn: string, Events: string[] = ["s3:ObjectCreated:Put"], Id?: string) =>
    readConfiguration({ QueueConfigurations: [{ Id, QueueArn, Events: Events as never }] });
  expect(() => read("invalid-queue")).toThrow("The ARN could not be parsed");
  expect(() => read("arn:aws:lambda:us-east-1:123456789012:function:f")).toThrow("The ARN could not be parsed");
  expect(() => read(`${queue}.fifo`)).toThrow("FIFO queues and topics can not be told of events");
  expect(() => read(queue, ["s3:ObjectEaten:*"])).toThrow("The event is not supported for notifications");
  expect(() => read(queue, [])).toThrow("The XML you provided was not well-formed");
  expect(() => readConfiguration({ EventBridgeConfiguration: {} })).toThrow("functionality that is not implemented");
  const twice = (one: object, other: object) => () =>
    readConfiguration({
      QueueConfigurations: [{ QueueArn: queue, Events: ["s3:ObjectCreated:Put"], ...one }],
      TopicConfigurations: [{ TopicArn: "arn:aws:sns:us-east-1:123456789012:t", Events: ["s3:ObjectCreated:*"], ...other }],
    });
  expect(twice({}, {})).toThrow("Configurations overlap.");
  expect(twice({ Filter: rules({ Name: "suffix", Value: ".jpg" }) }, {})).toThrow("Configuration is ambiguously defined.");
  expect(twice({ Id: "a" }, { Id: "a", Events: ["s3:ObjectRemoved:*"] })).toThrow("Same ID used for multiple configurations.");
});
