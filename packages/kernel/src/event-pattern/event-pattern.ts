import { isObject, patternFault, type JsonObject } from "./json.ts";
import { compileAlternative, isOperator, type ScalarTest } from "./operators.ts";

/** A compiled event pattern. */
export interface EventPattern {
  /** Whether an event, parsed from JSON, is one that the pattern speaks of. */
  matches(event: unknown): boolean;
}

/** Asked about a value of the event; undefined if it has none there. */
type Test = (value: unknown) => boolean;

/**
 * Reads a pattern in EventBridge's grammar, which rules, pipes and the filters of event source mappings share.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html and, for what the page leaves open,
 * https://github.com/aws/event-ruler
 * @param text JSON; the caller bounds its length
 * @throws EventPatternError that says what is wrong
 */
export function compileEventPattern(text: string): EventPattern {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw patternFault("Filter is not valid JSON");
  }
  if (!isObject(pattern)) throw patternFault("Filter is not an object");
  return { matches: compileObject(pattern) };
}

/** All fields must match; of an array's elements one must by itself match all of them. */
function compileObject(pattern: JsonObject): Test {
  const entries = Object.entries(pattern);
  if (entries.length === 0) throw patternFault("Empty objects are not allowed");
  const tests = entries.map(([name, value]) => compileField(name, value));
  return (value) =>
    elementsOf(value).some((element) => {
      const event = isObject(element) ? element : undefined;
      return tests.every((test) => test(event));
    });
}

/** What is asked of the object that the field is in. */
function compileField(name: string, value: unknown): (event: JsonObject | undefined) => boolean {
  if (name === "$or" && isAlternation(value)) {
    const anyOf = value.map(compileObject);
    return (event) => anyOf.some((test) => test(event));
  }
  const test = compileValue(name, value);
  return (event) => test(event !== undefined && Object.hasOwn(event, name) ? event[name] : undefined);
}

function compileValue(name: string, value: unknown): Test {
  if (Array.isArray(value)) return compileAlternatives(value);
  if (isObject(value)) return compileObject(value);
  throw patternFault(`"${name}" must be an object or an array`);
}

function compileAlternatives(values: readonly unknown[]): Test {
  if (values.length === 0) throw patternFault("Empty arrays are not allowed");
  const alternatives: readonly ScalarTest[] = values.map(compileAlternative);
  return (value) => elementsOf(value).some((element) => alternatives.some((test) => test(isObject(element) ? undefined : element)));
}

/** `$or` is a field like others unless it lists two objects or more that name fields. */
const isAlternation = (value: unknown): value is readonly JsonObject[] =>
  Array.isArray(value) && value.length > 1 && value.every((element) => isObject(element) && !isOperator(element));

/** The elements of an array, of arrays within it, too; a single value is one element, and so is none. Does not recurse: events may be deep. */
function elementsOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) return [value];
  const elements: unknown[] = [];
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (Array.isArray(next)) for (const element of next as unknown[]) left.push(element);
    else elements.push(next);
  }
  return elements.length === 0 ? [undefined] : elements;
}
