import { invalidParameter } from "../faults.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

/** https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html */
const bounds = { keyCount: 5, combinationCount: 150 } as const;

const tooComplex = () => invalidParameter("FilterPolicy: Filter policy is too complex");

/**
 * Counts names and combinations: what each list has, times how deep it lies, multiplied; the alternatives of `$or` are added up.
 * @throws Fault InvalidParameter
 */
export function checkComplexity(policy: JsonObject): void {
  if (Object.keys(policy).length > bounds.keyCount)
    throw invalidParameter(`FilterPolicy: Filter policy can not have more than ${bounds.keyCount} keys`);
  if (combinationsOf(policy, 1, 1) > bounds.combinationCount) throw tooComplex();
}

function combinationsOf(policy: JsonObject, depth: number, before: number): number {
  // Any list down there would be too many by its depth alone.
  if (depth > bounds.combinationCount) throw tooComplex();
  let combinations = before;
  for (const [name, value] of Object.entries(policy)) {
    if (isObject(value)) combinations = combinationsOf(value, depth + 1, combinations);
    else if (Array.isArray(value)) combinations = ofList(name, value, depth, combinations);
  }
  return combinations;
}

function ofList(name: string, values: readonly unknown[], depth: number, combinations: number): number {
  if (name !== "$or") return combinations * values.length * depth;
  return values.reduce<number>((sum, value) => sum + (isObject(value) ? combinationsOf(value, depth, combinations) : 0), 0);
}

/** Whether a name holds further names. */
export const isNested = (policy: JsonObject): boolean =>
  Object.entries(policy).some(([name, value]) =>
    name === "$or" && Array.isArray(value) ? value.some((one) => isObject(one) && isNested(one)) : isObject(value),
  );
