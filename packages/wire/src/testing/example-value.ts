import * as fc from "fast-check";
import { compilePattern } from "../check/pattern.ts";
import type { Member, Shape, ShapeKind } from "../model/model.ts";
import type { Constraints } from "../model/raw-model.ts";

/** How much of a structure an example fills in: what is required, or all. */
export type Fullness = "minimal" | "maximal";

const maxDepth = 6;

/** A structure's value that its model accepts; the same each time. */
export function exampleStructure(shape: Shape, fullness: Fullness, depth = 0): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const member of shape.members) {
    if (!member.required && (fullness === "minimal" || depth >= maxDepth)) continue;
    const example = exampleValue(member, fullness, depth + 1);
    if (example !== undefined) value[member.name] = example;
  }
  return value;
}

type Maker = (member: Member, fullness: Fullness, depth: number) => unknown;

const makers: Record<ShapeKind, Maker> = {
  structure: (member, fullness, depth) => {
    const value = exampleStructure(member.shape, fullness, depth);
    // A Query form cannot say that a structure is there and empty.
    const [first] = member.shape.members;
    return Object.keys(value).length > 0 || first === undefined ? value : { [first.name]: exampleValue(first, fullness, depth + 1) };
  },
  list: exampleList,
  map: exampleMap,
  string: (member) => exampleString(member.constraints),
  integer: (member) => exampleNumber(member.constraints),
  long: (member) => exampleNumber(member.constraints),
  float: () => 0.5,
  double: (member) => Math.max(member.constraints.min ?? 0.25, 0.25),
  boolean: (_member, fullness) => fullness === "maximal",
  blob: () => Buffer.from([0, 255, 128, 10, 13, 34, 60]),
  timestamp: () => new Date("2026-11-23T10:00:00Z"),
  document: () => ({ a: [1, "b"] }),
  eventstream: () => undefined,
};

function exampleValue(member: Member, fullness: Fullness, depth: number): unknown {
  return makers[member.shape.kind](member, fullness, depth);
}

function exampleList(member: Member, fullness: Fullness, depth: number): unknown[] {
  const { min = 0, max = Infinity } = member.constraints;
  // What is empty is not there in a query or a header, nor where each item is an element of the structure's.
  const wanted = fullness === "maximal" ? 2 : member.location !== undefined || member.flattened ? 1 : 0;
  const length = Math.max(min, Math.min(max, wanted));
  return Array.from({ length }, () => exampleValue(member.shape.element as Member, fullness, depth + 1));
}

function exampleMap(member: Member, fullness: Fullness, depth: number): Record<string, unknown> {
  const key = exampleString(member.shape.key?.constraints ?? {});
  const length = Math.max(member.constraints.min ?? 0, 1);
  const keys = Array.from({ length }, (_item, index) => (index === 0 ? key : `${key}${index}`));
  return Object.fromEntries(keys.map((name) => [name, exampleValue(member.shape.value as Member, fullness, depth + 1)]));
}

function exampleNumber({ min = 0, max = Infinity }: Constraints): number {
  return Math.max(min, Math.min(max, 7));
}

const candidates = ["a b<&>\"'+%/=é", "abc", "a", "7", "123456789012", "arn:aws:iam::123456789012:role/example", "/path/", "*", "A"];

const lengthFits = (text: string, { min = 0, max = Infinity }: Constraints): boolean => text.length >= min && text.length <= max;

function exampleString(constraints: Constraints): string {
  if (constraints.enum) return constraints.enum[0] as string;
  const expression = compilePattern(constraints.pattern ?? "[^]*");
  const fits = (text: string) => lengthFits(text, constraints) && expression.test(text);
  const padded = candidates.map((text) => text.repeat(constraints.min ?? 1).slice(0, Math.max(constraints.min ?? 1, text.length)));
  const plain = candidates.find(fits) ?? padded.find(fits);
  if (plain !== undefined) return plain;
  // fast-check knows no look-around; what it makes without is tried on the whole pattern.
  const simple = new RegExp(expression.source.replace(/\(\?<?!([^()]|\([^()]*\))*\)/g, ""), expression.flags);
  const samples = fc.sample(fc.stringMatching(simple, { maxLength: constraints.max ?? 200 }), { numRuns: 300, seed: 1 });
  const sample = samples.find(fits);
  if (sample === undefined) throw new Error(`No example for ${JSON.stringify(constraints)}`);
  return sample;
}
