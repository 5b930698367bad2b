import { invalidParameter } from "../faults.ts";
import type { LineFilter } from "./parse-filter-pattern.ts";
import type { PatternReader } from "./pattern-reader.ts";
import { regexTest, type TextTest } from "./text-tests.ts";

/** `ERROR "exit code" -retry`, `?ERROR ?WARN`, `%4\d\d%`: terms that a line must hold, must not hold, or one of which it must hold. */
export function readTermPattern(reader: PatternReader): LineFilter {
  const required: TextTest[] = [];
  const excluded: TextTest[] = [];
  const optional: TextTest[] = [];
  while (!reader.done) {
    const sign = reader.take("-", "?");
    (sign === "-" ? excluded : sign === "?" ? optional : required).push(readTerm(reader));
  }
  // Beside terms of other kinds CloudWatch ignores the optional ones.
  const anyOf = required.length === 0 && excluded.length === 0 ? optional : [];
  return (message) =>
    required.every((holds) => holds(message)) &&
    !excluded.some((holds) => holds(message)) &&
    (anyOf.length === 0 || anyOf.some((holds) => holds(message)));
}

function readTerm(reader: PatternReader): TextTest {
  const source = reader.regex();
  if (source !== undefined) return regexTest(source);
  const term = reader.quoted() ?? plainTerm(reader);
  return (message) => message.includes(term);
}

/** A term outside of quotes: letters, digits and underscores. @throws InvalidParameterException */
function plainTerm(reader: PatternReader): string {
  const text = reader.match(/\S+/y)?.[0] ?? "";
  if (!/^[\p{L}\p{N}_]+$/u.test(text)) throw invalidParameter(`Invalid character(s) in term '${text}'`);
  return text;
}
