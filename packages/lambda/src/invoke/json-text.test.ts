import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findJsonProblem } from "./json-text.ts";

const problemOf = (text: string | Uint8Array) => findJsonProblem(Buffer.from(text));

describe("findJsonProblem", () => {
  it("accepts what JSON.parse accepts, and nothing else", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), mutatedJson()), (text) => {
        const valid = isJson(text);
        expect(problemOf(text) === undefined).toBe(valid);
      }),
      { numRuns: 3000 },
    );
  });

  it("accepts every kind of value", () => {
    for (const text of [
      "null",
      "true",
      " false ",
      "0",
      "-1.5e+10",
      '""',
      '"\\u00e9\\n"',
      "[]",
      "{}",
      '[1,[2,{"a":[]}]]',
      '\r\n\t{"a" : "b"}\n',
    ]) {
      expect({ text, problem: problemOf(text) }).toEqual({ text, problem: undefined });
    }
  });

  it("says what is wrong, and where, as AWS does", () => {
    const values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
    expect(problemOf("hello")).toEqual({ message: `Unrecognized token 'hello': was expecting ${values}`, line: 1, column: 6 });
    expect(problemOf("{'a':1}")).toEqual({
      message: "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
      line: 1,
      column: 2,
    });
    expect(problemOf('{"a":1\n"b":2}')).toEqual({
      message: "Unexpected character ('\"' (code 34)): was expecting comma to separate Object entries",
      line: 2,
      column: 1,
    });
    expect(problemOf('{"a":')?.message).toBe("No content to map due to end-of-input");
    expect(problemOf("[1")?.message).toContain("Unexpected end-of-input");
    expect(problemOf(Buffer.from([0x22, 0xff, 0x22]))).toMatchObject({ line: 1, column: 2 });
  });

  it("is not brought down by depth", () => {
    expect(problemOf("[".repeat(100_000))?.message).toContain("nesting depth");
    expect(problemOf(`${"[".repeat(900)}1${"]".repeat(900)}`)).toBeUndefined();
  });
});

/** JSON with one character changed. */
const mutatedJson = () =>
  fc.tuple(fc.json(), fc.nat(), fc.constantFrom(...'{}[],:"\\0123eE+-. tfn\u0001'.split(""))).map(([text, at, character]) => {
    const index = at % (text.length + 1);
    return text.slice(0, index) + character + text.slice(index + 1);
  });

function isJson(text: string): boolean {
  try {
    JSON.parse(Buffer.from(text).toString("utf8"));
    return true;
  } catch {
    return false;
  }
}
