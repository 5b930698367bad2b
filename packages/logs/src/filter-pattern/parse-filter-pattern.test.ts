import { describe, expect, test } from "vitest";
import { Fault } from "@mayfly/kernel";
import { parseFilterPattern } from "./parse-filter-pattern.ts";

const json = JSON.stringify({
  eventType: "UpdateTrail",
  ip: "123.123.7.8",
  bandwidth: 75.5,
  code: "404",
  ok: true,
  off: false,
  nothing: null,
  "a.b": "dotted",
  users: ["ann", "bob"],
  objects: [{ id: 1 }, { id: 2 }],
});

const clf = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534';

const rows: readonly (readonly [pattern: string, message: string, found: boolean])[] = [
  ["", "anything", true],
  ["ERROR", "an ERROR here", true],
  ["ERROR", "an error here", false],
  ["ERROR timeout", "timeout after ERROR", true],
  ["ERROR timeout", "ERROR", false],
  ['"exit code"', "exit code 1", true],
  ['"exit code"', "code exit", false],
  ['"say \\"hi\\""', 'we say "hi"', true],
  ["?ERROR ?WARN", "WARN: low", true],
  ["?ERROR ?WARN", "INFO", false],
  ["ERROR -EXITING", "ERROR EXITING", false],
  ["ERROR -EXITING", "ERROR going on", true],
  ["ERROR ?WARN", "WARN", false],
  ["%4\\d\\d%", "status 404", true],
  ["%^4\\d\\d%", "status 404", false],
  ['{ $.eventType = "UpdateTrail" }', json, true],
  ['{ $.eventType = "Update*" && $.bandwidth > 75 }', json, true],
  ["{ $.ip = 123.123.* }", json, true],
  ["{ $.ip != 123.123.* }", json, false],
  ["{ $.missing != x }", json, false],
  ["{ $.bandwidth = 7.55e1 }", json, true],
  ["{ $.bandwidth <= 75 || $.code = 404 }", json, true],
  ["{ ($.ok IS TRUE) && ($.off IS FALSE) && $.nothing IS NULL }", json, true],
  ["{ $.ok IS FALSE }", json, false],
  ["{ $.missing NOT EXISTS }", json, true],
  ["{ $.nothing NOT EXISTS }", json, false],
  ['{ $.users[1] = "bob" }', json, true],
  ['{ $.users[*] = "ann" }', json, true],
  ["{ $.objects[0].id = 2 }", json, false],
  ["{ $.objects[*].id = 2 }", json, true],
  ['{ $.["a.b"] = "dotted" }', json, true],
  ["{ $.eventType = %^Up% }", json, true],
  ["{ $.a = 1 && ($.b = 2 || $.c = 3) }", '{"a":1,"c":3}', true],
  ["{ $.a = 1 || $.b = 2 && $.c = 3 }", '{"a":1}', true],
  ["{ $.eventType = * }", "no JSON", false],
  ["[ip, identity, user, timestamp, request, status, bytes]", clf, true],
  ["[ip, identity, user]", clf, false],
  ["[ip, ..., status = 4*, bytes > 1000]", clf, true],
  ["[..., status = 4* && status != 403, bytes]", clf, true],
  ["[ip, user, ..., request = *html*, status = 5* || status = 404, bytes]", clf, true],
  ["[..., bytes < 1000]", clf, false],
  ["[ip = %^127%, ...]", clf, true],
];

test.each(rows)("%s on %s: %s", (pattern, message, found) => {
  expect(parseFilterPattern(pattern)(message)).toBe(found);
});

const malformed = [
  '"open',
  "{ $.a }",
  "{ $.a = }",
  "{ $.a > x }",
  "{ a = 1 }",
  "{ $.a = 1",
  "{ $.a = 1 } x",
  "[a, ..., b, ...]",
  "[",
  "[a",
  "%(%",
  "%(a+)\\1%",
  "%((a{99}){99}){99}%",
  "%a% %b% %c%",
  "{ $.a IS X }",
];

test.each(malformed)("refuses %s", (pattern) => {
  expect(() => parseFilterPattern(pattern)).toThrow(Fault);
});

test("names the term that needs quotes", () => {
  expect(() => parseFilterPattern("a:b")).toThrow("Invalid character(s) in term 'a:b'");
});

describe("any pattern", () => {
  const pieces = [
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "$",
    "$.a",
    "[*]",
    "[0]",
    ".",
    "...",
    "=",
    "!=",
    ">",
    "<=",
    "&&",
    "||",
    '"',
    "%",
    "*",
    "-",
    "?",
    ",",
    " ",
    "a",
    "5",
    "1e9",
    "IS",
    "NULL",
    "NOT EXISTS",
    "\\",
    "(a+)+",
    "é",
    "\u0000",
  ];
  const messages = ["", json, clf, "a".repeat(2_000), "[".repeat(2_000), '"'.repeat(2_001)];

  test("is a filter that answers, or a Fault", () => {
    const seed = 20_261_123;
    const next = random(seed);
    let filters = 0;
    for (let i = 0; i < 20_000; i++) {
      const pattern = Array.from({ length: 1 + next(12) }, () => pieces[next(pieces.length)]).join("");
      const filter = compile(pattern);
      if (filter === undefined) continue;
      filters++;
      expect(typeof filter(messages[i % messages.length] ?? ""), `seed ${seed}: ${pattern}`).toBe("boolean");
    }
    expect(filters).toBeGreaterThan(100);
  });

  // Patterns that take exponential or quadratic time in engines that backtrack: what counts is that these end at all.
  test.each(["%(a+)+$%", "%(a|a)*b%", "{ $.x = *a*a*a*a*a*b }", "[x = *a*a*a*a*b]", '"aaaaaaab"'])("%s ends on a long line", (pattern) => {
    const filter = parseFilterPattern(pattern);
    expect(filter(`${"a".repeat(100_000)}!`)).toBe(false);
    expect(filter(JSON.stringify({ x: "a".repeat(100_000) }))).toBe(false);
    expect(filter('" ['.repeat(80_000))).toBe(false);
  });
});

function compile(pattern: string): ReturnType<typeof parseFilterPattern> | undefined {
  try {
    return parseFilterPattern(pattern);
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}

function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
