import { describe, expect, it } from "vitest";
import { compileEventPattern } from "./event-pattern.ts";
import { EventPatternError } from "./json.ts";

const matches = (pattern: unknown, event: unknown): boolean => compileEventPattern(JSON.stringify(pattern)).matches(event);

const operators: readonly [name: string, alternative: unknown, yes: readonly unknown[], no: readonly unknown[]][] = [
  ["a string", "a", ["a", ["b", "a"], [["a"]]], ["A", ["b"], { a: 1 }, null]],
  ["a number, however it is written", 300, [300, 3e2], ["300", 301]],
  ["true", true, [true], ["true", 1]],
  ["null", null, [null], ["", 0, "null"]],
  ["the empty string", "", [""], [null, " "]],
  ["exists", { exists: true }, ["", null, 0, false], [{ a: 1 }, []]],
  ["prefix", { prefix: "us-" }, ["us-east-1"], ["eu-", 1]],
  ["prefix, ignoring case", { prefix: { "equals-ignore-case": "US-" } }, ["us-east-1", "US-"], ["eu-"]],
  ["suffix", { suffix: ".png" }, ["a.png"], ["a.PNG", "png"]],
  ["suffix, ignoring case", { suffix: { "equals-ignore-case": ".png" } }, ["a.PNG"], ["png"]],
  ["equals-ignore-case", { "equals-ignore-case": "alice" }, ["ALICE"], ["alic", 1]],
  ["wildcard", { wildcard: "dir/*.p*g" }, ["dir/a.png", "dir/.pg", "dir/a.p/b.pgg"], ["dir/png", "xdir/a.png", "dir/a.pngs"]],
  ["wildcard with escapes", { wildcard: "a\\*b\\\\*" }, ["a*b\\", "a*b\\c"], ["axb\\", "a*b"]],
  ["wildcard whose ends would overlap", { wildcard: "aba*aba" }, ["abaaba", "aba-aba"], ["ababa", "aba"]],
  ["numeric =", { numeric: ["=", 1.5] }, [1.5], [1, "1.5"]],
  ["numeric range", { numeric: [">", 0, "<=", 5] }, [5, 0.1], [0, 5.1, "3"]],
  ["numeric <", { numeric: ["<", -1] }, [-2], [-1]],
  ["cidr", { cidr: "10.0.0.0/24" }, ["10.0.0.255"], ["10.0.1.0", "10.0.0", "::1", 1]],
  ["cidr of version 6", { cidr: "2001:db8::/32" }, ["2001:db8::1"], ["2001:db9::1", "10.0.0.1"]],
  ["anything-but", { "anything-but": "a" }, ["b", 1, null, ["a", "b"]], ["a", ["a", "a"]]],
  ["anything-but several numbers", { "anything-but": [1, 2] }, [3, "1"], [1, 2]],
  ["anything-but prefix", { "anything-but": { prefix: "us-" } }, ["eu-", 7], ["us-x"]],
  ["anything-but suffixes", { "anything-but": { suffix: [".png", ".jpg"] } }, ["a.gif"], ["a.png", "a.jpg"]],
  ["anything-but, ignoring case", { "anything-but": { "equals-ignore-case": "a" } }, ["b"], ["A"]],
  ["anything-but wildcard", { "anything-but": { wildcard: "*/lib/*" } }, ["/src/a"], ["x/lib/a"]],
];

describe("an event pattern", () => {
  it.each(operators)("matches %s", (_name, alternative, yes, no) => {
    for (const value of yes) expect([value, matches({ field: [alternative] }, { field: value })]).toEqual([value, true]);
    for (const value of no) expect([value, matches({ field: [alternative] }, { field: value })]).toEqual([value, false]);
    expect(matches({ field: [alternative] }, {})).toBe(false);
  });

  it("has all fields match, and any of a field's values", () => {
    const pattern = { a: [1, 2], b: { c: [{ prefix: "x" }, { exists: false }] } };
    expect(matches(pattern, { a: 2, b: { c: "xy" }, more: true })).toBe(true);
    expect(matches(pattern, { a: 2 })).toBe(true);
    expect(matches(pattern, { a: 2, b: { c: "y" } })).toBe(false);
    expect(matches(pattern, { a: 3, b: { c: "x" } })).toBe(false);
    expect(matches(pattern, "text")).toBe(false);
  });

  it("asks one element of an array for all that it asks", () => {
    const pattern = { list: { name: ["a"], size: [1] } };
    expect(matches(pattern, { list: [{ name: "a", size: 1 }] })).toBe(true);
    expect(
      matches(pattern, {
        list: [
          { name: "a", size: 2 },
          { name: "b", size: 1 },
        ],
      }),
    ).toBe(false);
  });

  it("knows $or where it lists objects, and else as a field", () => {
    const pattern = { source: ["s"], $or: [{ a: [1] }, { b: [{ numeric: [">", 5] }] }] };
    expect(matches(pattern, { source: "s", b: 6 })).toBe(true);
    expect(matches(pattern, { source: "s", a: 1 })).toBe(true);
    expect(matches(pattern, { source: "s", a: 2, b: 5 })).toBe(false);
    expect(matches(pattern, { a: 1 })).toBe(false);
    expect(matches({ $or: [{ prefix: "a" }, { prefix: "b" }] }, { $or: "bc" })).toBe(true);
    expect(matches({ $or: ["x"] }, { $or: "x" })).toBe(true);
  });

  it("sees only what the event itself has", () => {
    expect(matches({ toString: [{ exists: true }] }, {})).toBe(false);
    const own = compileEventPattern('{"__proto__":["x"]}');
    expect(own.matches(JSON.parse('{"__proto__":"x"}'))).toBe(true);
    expect(own.matches({})).toBe(false);
  });

  it("may be as deep as its length allows", () => {
    const nested = (inner: string): string => `${'{"a":'.repeat(680)}${inner}${"}".repeat(680)}`;
    const pattern = compileEventPattern(nested("[1]"));
    expect(pattern.matches(JSON.parse(nested("1")))).toBe(true);
    expect(pattern.matches(JSON.parse(nested("2")))).toBe(false);
  });

  it("takes deep and hostile events", () => {
    const deep = JSON.parse(`{"a":${"[".repeat(100_000)}1${"]".repeat(100_000)}}`) as unknown;
    expect(matches({ a: [1] }, deep)).toBe(true);
    expect(matches({ a: [{ wildcard: `${"*a".repeat(500)}*b` }] }, { a: "a".repeat(100_000) })).toBe(false);
  });

  it.each<[text: string]>([
    [""],
    ["null"],
    ['"text"'],
    ["[]"],
    ["{}"],
    ['{"a":"b"}'],
    ['{"a":1}'],
    ['{"a":{}}'],
    ['{"a":[]}'],
    ['{"a":["b",[]]}'],
    ['{"a":[{}]}'],
    ['{"a":[{"prefix":"a","suffix":"b"}]}'],
    ['{"a":[{"toString":"a"}]}'],
    ['{"a":[{"prefix":1}]}'],
    ['{"a":[{"exists":"true"}]}'],
    ['{"a":[{"numeric":[]}]}'],
    ['{"a":[{"numeric":["~",1]}]}'],
    ['{"a":[{"numeric":["=","1"]}]}'],
    ['{"a":[{"numeric":["=",6e9]}]}'],
    ['{"a":[{"numeric":["<",5,">",1]}]}'],
    ['{"a":[{"numeric":[">",5,"<",5]}]}'],
    ['{"a":[{"numeric":[">",1,"<",5,"<",6]}]}'],
    ['{"a":[{"anything-but":[]}]}'],
    ['{"a":[{"anything-but":["a",1]}]}'],
    ['{"a":[{"anything-but":{"exists":true}}]}'],
    ['{"a":[{"anything-but":{"prefix":[]}}]}'],
    ['{"a":[{"cidr":"10.0.0.0"}]}'],
    ['{"a":[{"cidr":"10.0.0.0/33"}]}'],
    ['{"a":[{"wildcard":"a**b"}]}'],
    ['{"a":[{"wildcard":"a\\\\b"}]}'],
    ['{"$or":[{"a":[1]},{"b":2}]}'],
  ])("is none: %s", (text) => {
    expect(() => compileEventPattern(text)).toThrow(EventPatternError);
  });
});
