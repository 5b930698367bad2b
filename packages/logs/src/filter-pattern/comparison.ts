import { invalidPattern, type PatternReader } from "./pattern-reader.ts";
import { regexTest, wildcardTest, type TextTest } from "./text-tests.ts";

/** Says whether a value of a log line is as the pattern wants it. */
export type ValueTest = (value: unknown) => boolean;

const operators = ["!=", ">=", "<=", "=", ">", "<"] as const;
type Operator = (typeof operators)[number];

const numberForm = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

const orders: Readonly<Record<">=" | "<=" | ">" | "<", (value: number, wanted: number) => boolean>> = {
  ">=": (value, wanted) => value >= wanted,
  "<=": (value, wanted) => value <= wanted,
  ">": (value, wanted) => value > wanted,
  "<": (value, wanted) => value < wanted,
};

/** `= "x"`, `!= *abc*`, `> 5`, `= %regex%`; undefined if no operator stands here. @throws InvalidParameterException */
export function readComparison(reader: PatternReader): ValueTest | undefined {
  const operator = reader.take(...operators);
  if (operator === undefined) return undefined;
  reader.skipSpace();
  const source = reader.regex();
  if (source !== undefined) return equality(operator, regexTest(source));
  const quoted = reader.quoted();
  if (quoted !== undefined) return equality(operator, wildcardTest(quoted));
  const bare = reader.match(/[^\s"%(){}[\],&|=!<>]+/y)?.[0];
  if (bare === undefined) throw invalidPattern();
  if (!numberForm.test(bare)) return equality(operator, wildcardTest(bare));
  return operator === "=" || operator === "!=" ? numericEquality(operator, bare) : order(orders[operator], Number(bare));
}

function equality(operator: Operator, matches: TextTest): ValueTest {
  if (operator !== "=" && operator !== "!=") throw invalidPattern();
  const wanted = operator === "=";
  return (value) => isScalar(value) && matches(String(value)) === wanted;
}

function numericEquality(operator: "=" | "!=", bare: string): ValueTest {
  const wanted = operator === "=";
  return (value) => isScalar(value) && (numberOf(value) === Number(bare) || value === bare) === wanted;
}

const order =
  (compare: (value: number, wanted: number) => boolean, wanted: number): ValueTest =>
  (value) => {
    const number = numberOf(value);
    return number !== undefined && compare(number, wanted);
  };

const isScalar = (value: unknown): boolean => typeof value === "string" || typeof value === "number" || typeof value === "boolean";

function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.length <= 64 && numberForm.test(value) ? Number(value) : undefined;
}
