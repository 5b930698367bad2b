import type { OneOrMany, PolicyConditions } from "@mayfly/kernel";
import { conditionOperators, type ConditionOperator } from "./condition-operators.ts";
import type { KeyLookup, TextTest } from "./template.ts";

/** Whether a condition holds; undefined if a policy variable in it has no value. */
export type ConditionTest = (keys: KeyLookup) => boolean | undefined;

type Quantifier = "ForAnyValue" | "ForAllValues" | undefined;

interface OperatorName {
  readonly quantifier: Quantifier;
  readonly base: string;
  readonly ifExists: boolean;
}

/** Splits `ForAllValues:StringLikeIfExists` into its three parts. */
function readOperatorName(name: string): OperatorName {
  const [, quantifier, base = "", ifExists] = /^(?:(ForAnyValue|ForAllValues):)?(.*?)(IfExists)?$/.exec(name) ?? [];
  return { quantifier: quantifier as Quantifier, base, ifExists: ifExists !== undefined };
}

const withoutCase = new Map(Object.entries(conditionOperators).map(([name, operator]) => [name.toLowerCase(), operator]));

/** True for every name that AWS knows as a condition operator, with or without `IfExists` and `ForAnyValue:`/`ForAllValues:`. */
export function isConditionOperator(name: string): boolean {
  const { base, ifExists, quantifier } = readOperatorName(name);
  return isNull(base) ? !ifExists && quantifier === undefined : operatorOf(base) !== undefined;
}

/** Compiles a `Condition` block: all operators and all keys must hold. An operator that is unknown holds never. */
export function compileConditions(conditions: PolicyConditions, options: { readonly variables: boolean }): readonly ConditionTest[] {
  return Object.entries(conditions).flatMap(([name, block]) =>
    Object.entries(block).map(([key, values]) => compileCondition(readOperatorName(name), key.toLowerCase(), textsOf(values), options)),
  );
}

const isNull = (base: string): boolean => base.toLowerCase() === "null";
const operatorOf = (base: string): ConditionOperator | undefined => withoutCase.get(base.toLowerCase());

function compileCondition(
  name: OperatorName,
  key: string,
  texts: readonly string[],
  options: { readonly variables: boolean },
): ConditionTest {
  if (isNull(name.base)) return nullTest(key, texts);
  const operator = operatorOf(name.base);
  if (operator === undefined) return () => false;
  const tests = texts.map((text) => operator.prepare(text, options));
  const whenAbsent = name.ifExists || name.quantifier === "ForAllValues" || (operator.negated && name.quantifier === undefined);
  const everyValue = name.quantifier === "ForAllValues" || (operator.negated && name.quantifier === undefined);
  return (keys) => {
    const values = keys(key);
    if (values === undefined || values.length === 0) return whenAbsent;
    return holds(values, tests, operator.negated, everyValue, keys);
  };
}

/** Every value of the request must fit (`everyValue`), or one. A value fits if it meets one of the policy's (negated: none). */
function holds(
  values: readonly string[],
  tests: readonly TextTest[],
  negated: boolean,
  everyValue: boolean,
  keys: KeyLookup,
): boolean | undefined {
  let result = everyValue;
  for (const value of values) {
    let met = false;
    for (const test of tests) {
      const outcome = test(value, keys);
      if (outcome === undefined) return undefined;
      met ||= outcome;
    }
    result = everyValue ? result && met !== negated : result || met !== negated;
  }
  return result;
}

function nullTest(key: string, texts: readonly string[]): ConditionTest {
  const wantsAbsent = texts.map((text) => text.toLowerCase() === "true");
  return (keys) => wantsAbsent.includes((keys(key)?.length ?? 0) === 0);
}

function textsOf(values: OneOrMany<string | number | boolean>): readonly string[] {
  return (Array.isArray(values) ? values : [values]).map(String);
}
