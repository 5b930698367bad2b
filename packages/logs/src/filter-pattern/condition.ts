import type { PatternReader } from "./pattern-reader.ts";

/** Says whether a subject (a parsed JSON line, a field) is as the pattern wants it. */
export type Condition<Subject> = (subject: Subject) => boolean;

/** Comparisons joined by `&&`, `||` and parentheses; `&&` binds tighter. */
export function readCondition<Subject>(reader: PatternReader, readLeaf: () => Condition<Subject>): Condition<Subject> {
  const readUnit = (): Condition<Subject> => {
    if (reader.take("(") === undefined) return readLeaf();
    const inner = readAny();
    reader.expect(")");
    return inner;
  };
  const readAll = (): Condition<Subject> => {
    const parts = [readUnit()];
    while (reader.take("&&")) parts.push(readUnit());
    return (subject) => parts.every((holds) => holds(subject));
  };
  const readAny = (): Condition<Subject> => {
    const parts = [readAll()];
    while (reader.take("||")) parts.push(readAll());
    return (subject) => parts.some((holds) => holds(subject));
  };
  return readAny();
}
