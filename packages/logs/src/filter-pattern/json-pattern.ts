import type { LineFilter } from "./parse-filter-pattern.ts";
import { readComparison, type ValueTest } from "./comparison.ts";
import { readCondition, type Condition } from "./condition.ts";
import { invalidPattern, type PatternReader } from "./pattern-reader.ts";

/** A step of a selector: a property, an element, or all elements. */
type Step = string | number | typeof everyElement;

const everyElement = Symbol("every element");

const states: Readonly<Record<string, ValueTest>> = {
  NULL: (value) => value === null,
  TRUE: (value) => value === true,
  FALSE: (value) => value === false,
};

/** `{ $.a = "x" && $.b[0] > 5 }` */
export function readJsonPattern(reader: PatternReader): LineFilter {
  reader.expect("{");
  const holds = readCondition(reader, () => readLeaf(reader));
  reader.expect("}");
  if (!reader.done) throw invalidPattern();
  return (message) => {
    // Lines that are no JSON object are most lines: not worth an exception each.
    if (!/^\s*[{[]/.test(message)) return false;
    const parsed = parseJson(message);
    return parsed !== undefined && holds(parsed);
  };
}

function readLeaf(reader: PatternReader): Condition<object> {
  const steps = readSelector(reader);
  const comparison = readComparison(reader);
  if (comparison !== undefined) return (json) => select(json, steps).some(comparison);
  reader.skipSpace();
  if (reader.match(/NOT\s+EXISTS\b/iy)) return (json) => select(json, steps).length === 0;
  const state = states[reader.match(/IS\s+(NULL|TRUE|FALSE)\b/iy)?.[1]?.toUpperCase() ?? ""];
  if (state === undefined) throw invalidPattern();
  return (json) => select(json, steps).some(state);
}

/** `$.a.b[0]`, `$.list[*].id`, `$.['a.b']` */
function readSelector(reader: PatternReader): Step[] {
  reader.expect("$");
  const steps: Step[] = [];
  for (;;) {
    const found = reader.match(/\.?\[(?:(\d{1,9})|(\*)|"([^"\]]+)"|'([^'\]]+)')\]|\.([^\s.[\](){}"'%,&|=!<>]+)/y);
    if (found === undefined) break;
    const [, index, every, double, single, plain] = found;
    if (index !== undefined) steps.push(Number(index));
    else if (every !== undefined || plain === "*") steps.push(everyElement);
    else steps.push(double ?? single ?? plain ?? "");
  }
  if (steps.length === 0) throw invalidPattern();
  return steps;
}

function select(json: object, steps: readonly Step[]): unknown[] {
  let values: unknown[] = [json];
  for (const step of steps) values = values.flatMap((value) => follow(value, step));
  return values;
}

function follow(value: unknown, step: Step): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  if (step === everyElement) return Object.values(value);
  if (Array.isArray(value) !== (typeof step === "number") || !Object.hasOwn(value, step)) return [];
  return [(value as Record<string, unknown>)[step]];
}

function parseJson(message: string): object | undefined {
  try {
    return JSON.parse(message) as object;
  } catch {
    return undefined;
  }
}
