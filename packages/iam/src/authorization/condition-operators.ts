import ipaddr from "ipaddr.js";
import { compileTemplate, type TemplateOptions, type TextTest } from "./template.ts";

/** One condition operator without its `IfExists`, `ForAnyValue:` or `ForAllValues:`. */
export interface ConditionOperator {
  /** True for `...NotEquals` and the like: every value of the policy must differ, and a key that is absent fits. */
  readonly negated: boolean;
  /** Compiles one value of the policy into what the request's value is held against. */
  readonly prepare: (value: string, options: Pick<TemplateOptions, "variables">) => TextTest;
}

type Prepare = ConditionOperator["prepare"];

const is = (prepare: Prepare): ConditionOperator => ({ negated: false, prepare });
const isNot = (prepare: Prepare): ConditionOperator => ({ negated: true, prepare });

const exact: Prepare = (value, { variables }) => compileTemplate(value, { variables, wildcards: false });
const exactIgnoringCase: Prepare = (value, { variables }) => compileTemplate(value, { variables, wildcards: false, ignoreCase: true });
const like: Prepare = (value, { variables }) => compileTemplate(value, { variables, wildcards: true });

/** Both sides as numbers; what is none never fits. */
const compared =
  (read: (text: string) => number, fits: (actual: number, wanted: number) => boolean): Prepare =>
  (value) => {
    const wanted = read(value);
    return (text) => {
      const actual = read(text);
      return !Number.isNaN(wanted) && !Number.isNaN(actual) && fits(actual, wanted);
    };
  };

const number = (text: string): number => (/^\s*[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : Number.NaN);

/** A date as policies write it: ISO 8601, or seconds since 1970. Milliseconds. */
const date = (text: string): number => (/^-?\d+(\.\d+)?$/.test(text) && text.length > 4 ? Number(text) * 1000 : Date.parse(text));

const numeric = (fits: (actual: number, wanted: number) => boolean): Prepare => compared(number, fits);
const dated = (fits: (actual: number, wanted: number) => boolean): Prepare => compared(date, fits);

const equal = (a: number, b: number): boolean => a === b;
const less = (a: number, b: number): boolean => a < b;
const atMost = (a: number, b: number): boolean => a <= b;
const greater = (a: number, b: number): boolean => a > b;
const atLeast = (a: number, b: number): boolean => a >= b;

const bool: Prepare = (value) => {
  const wanted = value.trim().toLowerCase();
  return (text) => (wanted === "true" || wanted === "false") && text.trim().toLowerCase() === wanted;
};

const binary: Prepare = (value) => {
  const wanted = Buffer.from(value, "base64");
  return (text) => Buffer.from(text, "base64").equals(wanted);
};

type Address = ReturnType<typeof ipaddr.process>;

const inRange: Prepare = (value) => {
  const range = readRange(value);
  return (text) => {
    if (range === undefined || !ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text);
    return address.kind() === range[0].kind() && (address as ipaddr.IPv6).match(range as [ipaddr.IPv6, number]);
  };
};

function readRange(value: string): [Address, number] | undefined {
  try {
    if (value.includes("/")) return ipaddr.parseCIDR(value);
    const address = ipaddr.process(value);
    return [address, address.kind() === "ipv4" ? 32 : 128];
  } catch {
    return undefined;
  }
}

/** The six parts of an ARN are held against each other one by one, so that no wildcard reaches over a colon into another part. */
const arnLike: Prepare = (value, { variables }) => {
  if (value === "*") return (text) => splitArn(text).length === 6;
  const tests = splitArn(value).map((part) => compileTemplate(part, { variables, wildcards: true }));
  return (text, keys) => {
    const parts = splitArn(text);
    if (parts.length !== tests.length) return false;
    let fits: boolean | undefined = true;
    for (const [i, test] of tests.entries()) {
      const outcome = test(parts[i] ?? "", keys);
      if (outcome === undefined) return undefined;
      fits &&= outcome;
    }
    return fits;
  };
};

/** Six parts at most; colons within `${...}` do not part. */
function splitArn(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  for (let i = 0; i < text.length && parts.length < 5; i++) {
    if (text.startsWith("${", i)) {
      const close = text.indexOf("}", i);
      if (close === -1) break;
      i = close;
    } else if (text[i] === ":") {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)];
}

/**
 * Every operator but `Null`, by name.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export const conditionOperators: Readonly<Record<string, ConditionOperator>> = {
  StringEquals: is(exact),
  StringNotEquals: isNot(exact),
  StringEqualsIgnoreCase: is(exactIgnoringCase),
  StringNotEqualsIgnoreCase: isNot(exactIgnoringCase),
  StringLike: is(like),
  StringNotLike: isNot(like),
  ArnEquals: is(arnLike),
  ArnLike: is(arnLike),
  ArnNotEquals: isNot(arnLike),
  ArnNotLike: isNot(arnLike),
  NumericEquals: is(numeric(equal)),
  NumericNotEquals: isNot(numeric(equal)),
  NumericLessThan: is(numeric(less)),
  NumericLessThanEquals: is(numeric(atMost)),
  NumericGreaterThan: is(numeric(greater)),
  NumericGreaterThanEquals: is(numeric(atLeast)),
  DateEquals: is(dated(equal)),
  DateNotEquals: isNot(dated(equal)),
  DateLessThan: is(dated(less)),
  DateLessThanEquals: is(dated(atMost)),
  DateGreaterThan: is(dated(greater)),
  DateGreaterThanEquals: is(dated(atLeast)),
  Bool: is(bool),
  BinaryEquals: is(binary),
  IpAddress: is(inRange),
  NotIpAddress: isNot(inRange),
};
