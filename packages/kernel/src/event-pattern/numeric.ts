import { patternFault } from "./json.ts";

/** EventBridge's own bound of what it compares as a number. */
const boundary = 5e9;

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
};

/** `["=", 5]`, `["<", 10]`, or a range from below: `[">", 0, "<=", 5]`. @throws EventPatternError */
export function compileNumeric(operand: unknown): (value: number) => boolean {
  if (!Array.isArray(operand)) throw patternFault("Value of numeric must be an array.");
  const [operator, bound, upperOperator, upper, ...more] = operand as unknown[];
  const lowerHolds = compare(operator, bound);
  if (operand.length === 2) return lowerHolds;
  const upperHolds = compare(upperOperator, upper);
  if (more.length > 0) throw patternFault("Too many elements in numeric expression");
  if (!isOneOf(operator, ">", ">=") || !isOneOf(upperOperator, "<", "<=")) throw patternFault("Bad numeric range operator");
  if (Number(bound) >= Number(upper)) throw patternFault("Bottom must be less than top");
  return (value) => lowerHolds(value) && upperHolds(value);
}

function compare(operator: unknown, bound: unknown): (value: number) => boolean {
  const holds = typeof operator === "string" && Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
  if (holds === undefined) throw patternFault(`Unrecognized numeric range operator: ${String(operator)}`);
  if (typeof bound !== "number") throw patternFault("Value of numeric operator must be numeric");
  if (Math.abs(bound) > boundary) throw patternFault("Value must be between -5.0E9 and 5.0E9, inclusive");
  return (value) => holds(value, bound);
}

const isOneOf = (value: unknown, ...wanted: readonly string[]): boolean => wanted.includes(String(value));
