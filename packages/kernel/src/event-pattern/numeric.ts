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

/**
 * `["=", 5]`, `["<", 10]`, or a range from below: `[">", 0, "<=", 5]`. The words are those of AWS's own rule engine, as SNS answers them.
 * @throws EventPatternError
 */
export function compileNumeric(operand: unknown): (value: number) => boolean {
  if (!Array.isArray(operand)) throw patternFault("Value of numeric must be an array.");
  const [operator, bound, upperOperator, upper] = operand as unknown[];
  if (typeof operator !== "string")
    throw patternFault(`Invalid member in numeric match: ${operand.length === 0 ? "]" : JSON.stringify(operator)}`);
  const lowerHolds = compare(operator, bound);
  if (operand.length <= 2) return lowerHolds;
  if (!isOneOf(operator, ">", ">=")) throw patternFault("Too many elements in numeric expression");
  if (typeof upperOperator !== "string") throw patternFault(`Bad value in numeric range: ${JSON.stringify(upperOperator)}`);
  if (!isOneOf(upperOperator, "<", "<=")) throw patternFault(`Bad numeric range operator: ${upperOperator}`);
  const upperHolds = compare(upperOperator, upper);
  if (Number(bound) >= Number(upper)) throw patternFault("Bottom must be less than top");
  if (operand.length > 4) throw patternFault("Too many terms in numeric range expression");
  return (value) => lowerHolds(value) && upperHolds(value);
}

function compare(operator: string, bound: unknown): (value: number) => boolean {
  const holds = Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
  if (holds === undefined) throw patternFault(`Unrecognized numeric range operator: ${operator}`);
  if (typeof bound !== "number") throw patternFault(`Value of ${operator === "=" ? "equals" : operator} must be numeric`);
  if (Math.abs(bound) > boundary) throw patternFault("Value must be between -5.0E9 and 5.0E9, inclusive");
  return (value) => holds(value, bound);
}

const isOneOf = (value: string, ...wanted: readonly string[]): boolean => wanted.includes(value);
