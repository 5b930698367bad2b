import { describe, expect, test } from "vitest";
import { itemFailures } from "./batch-response.ts";

const ids = new Set(["a", "b", "c"]);
const read = (text: string): string[] | "all" => {
  const failures = itemFailures(Buffer.from(text), ids);
  return failures === "all" ? "all" : [...failures];
};
const failures = (...entries: unknown[]): string => JSON.stringify({ batchItemFailures: entries });

describe("https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html", () => {
  test.each([
    ["null", "null"],
    ["nothing", ""],
    ["an empty text", '""'],
    ["an object without the list", "{}"],
    ["another object", '{"statusCode":200}'],
    ["an empty list", '{"batchItemFailures":[]}'],
    ["no list", '{"batchItemFailures":null}'],
    ["an empty array", "[]"],
  ])("success: %s", (_name, text) => expect(read(text)).toEqual([]));

  test.each([
    ["no JSON", "{not json"],
    ["a text", '"done"'],
    ["a number", "1"],
    ["true", "true"],
    ["an array of something", "[1]"],
    ["a list that is none", '{"batchItemFailures":{"itemIdentifier":"a"}}'],
    ["an empty identifier", failures({ itemIdentifier: "" })],
    ["no identifier", failures({ itemIdentifier: null })],
    ["an identifier that is no text", failures({ itemIdentifier: 1 })],
    ["a misnamed one", failures({ foo: "a" })],
    ["an unknown one beside a known one", failures({ itemIdentifier: "a" }, { itemIdentifier: "z" })],
    ["an entry that is none", failures("a")],
    ["no entry", failures(null)],
  ])("all failed: %s", (_name, text) => expect(read(text)).toBe("all"));

  test("some failed", () => {
    expect(read(failures({ itemIdentifier: "c" }, { itemIdentifier: "a" }, { itemIdentifier: "a", more: 1 }))).toEqual(["c", "a"]);
  });
});
