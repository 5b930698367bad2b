import { BlockList, isIP } from "node:net";
import { isObject, isScalar, patternFault, type JsonObject } from "./json.ts";
import { compileNumeric } from "./numeric.ts";
import { compileWildcard } from "./wildcard.ts";

/** Asked about one value of an event that is neither object nor array; undefined if there is none. */
export type ScalarTest = (value: unknown) => boolean;

/** What each operator makes of its operand. */
const operators: Readonly<Record<string, (operand: unknown) => ScalarTest>> = {
  exists(operand) {
    if (typeof operand !== "boolean") throw patternFault("exists match pattern must be either true or false.");
    return (value) => (value !== undefined) === operand;
  },
  prefix: (operand) => affix("prefix", operand, (text, part) => text.startsWith(part)),
  suffix: (operand) => affix("suffix", operand, (text, part) => text.endsWith(part)),
  "equals-ignore-case"(operand) {
    const wanted = textOf("equals-ignore-case", operand).toLowerCase();
    return ofText((text) => text.toLowerCase() === wanted);
  },
  wildcard: (operand) => ofText(compileWildcard(textOf("wildcard", operand))),
  numeric(operand) {
    const inRange = compileNumeric(operand);
    return (value) => typeof value === "number" && inRange(value);
  },
  cidr: compileCidr,
  "anything-but": compileAnythingBut,
};

/** True of an object that is a match expression: its one field is an operator. */
export const isOperator = (value: JsonObject): boolean => {
  const [name, ...more] = Object.keys(value);
  return name !== undefined && more.length === 0 && Object.hasOwn(operators, name);
};

/** One of the values that a field may have: a scalar, or a match expression. @throws EventPatternError */
export function compileAlternative(alternative: unknown): ScalarTest {
  if (isScalar(alternative)) return (value) => value === alternative;
  if (!isObject(alternative)) throw patternFault("Match value must be String, number, true, false, or null");
  const [name, ...more] = Object.keys(alternative);
  if (name === undefined) throw patternFault("Empty match expression");
  if (more.length > 0) throw patternFault("Only one key allowed in match expression");
  const compile = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (compile === undefined) throw patternFault(`Unrecognized match type ${name}`);
  return compile(alternative[name]);
}

const ofText =
  (test: (text: string) => boolean): ScalarTest =>
  (value) =>
    typeof value === "string" && test(value);

function textOf(name: string, operand: unknown): string {
  if (typeof operand !== "string") throw patternFault(`${name} match pattern must be a string`);
  return operand;
}

/** `"us-"`, or `{"equals-ignore-case": "us-"}`. */
function affix(name: string, operand: unknown, holds: (text: string, part: string) => boolean): ScalarTest {
  if (isObject(operand) && Object.keys(operand).join() === "equals-ignore-case") {
    const part = textOf(name, operand["equals-ignore-case"]).toLowerCase();
    return ofText((text) => holds(text.toLowerCase(), part));
  }
  const part = textOf(name, operand);
  return ofText((text) => holds(text, part));
}

/** Operators that `anything-but` may turn round. */
const negatable = new Set(["prefix", "suffix", "equals-ignore-case", "wildcard"]);

/** True of a value that is there and is none of those. */
function compileAnythingBut(operand: unknown): ScalarTest {
  const excluded = isObject(operand) ? negatedTests(operand) : excludedValues(operand);
  return (value) => value !== undefined && !excluded.some((test) => test(value));
}

function negatedTests(operand: JsonObject): readonly ScalarTest[] {
  const [name, ...more] = Object.keys(operand);
  if (name === undefined || more.length > 0 || !negatable.has(name)) throw patternFault(`Unsupported anything-but pattern: ${name ?? ""}`);
  const values: unknown = operand[name];
  return listed(values).map((value) => compileAlternative({ [name]: value }));
}

function excludedValues(operand: unknown): readonly ScalarTest[] {
  const values = listed(operand);
  const kinds = new Set(values.map((value) => typeof value));
  if (!values.every((value) => typeof value === "string" || typeof value === "number")) {
    throw patternFault("Value of anything-but must be an array or single string/number value.");
  }
  if (kinds.size > 1) throw patternFault("Inside anything but list, either all values are number or string, mixed type is not supported");
  return values.map(compileAlternative);
}

function listed(value: unknown): readonly unknown[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (values.length === 0) throw patternFault("Empty arrays are not allowed");
  return values;
}

function compileCidr(operand: unknown): ScalarTest {
  // AWS's own words for what is no text.
  const [address = "", bits, ...more] = textOf("prefix", operand).split("/");
  if (bits === undefined || more.length > 0) throw patternFault("Malformed CIDR, one '/' required");
  if (!/^\d{1,3}$/.test(bits)) throw patternFault("Malformed CIDR, mask bits must be an integer");
  const version = isIP(address);
  if (version === 0) throw patternFault(`Nonstandard IP address: ${address}`);
  const prefix = Number(bits);
  if (prefix > (version === 4 ? 32 : 128))
    throw patternFault(`Malformed CIDR, mask bits must not be more than ${version === 4 ? 32 : 128}`);
  const block = new BlockList();
  block.addSubnet(address, prefix, version === 4 ? "ipv4" : "ipv6");
  return ofText((text) => isIP(text) === version && block.check(text, version === 4 ? "ipv4" : "ipv6"));
}
