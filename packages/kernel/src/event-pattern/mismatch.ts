import { compileEventPattern } from "./event-pattern.ts";
import type { JsonObject } from "./json.ts";

/** What a pattern asks of an event in vain. The clauses are tried one at a time, as if the pattern had no others. */
export function firstMismatch(pattern: JsonObject, event: unknown): string {
  for (const [path, clause] of clausesOf(pattern)) {
    const alone = path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), clause);
    if (!compileEventPattern(JSON.stringify(alone)).matches(event)) return `${path.join(".")}: ${JSON.stringify(clause)}`;
  }
  // Each clause is met, but not by the same element of a list.
  return JSON.stringify(pattern);
}

function* clausesOf(pattern: JsonObject, before: readonly string[] = []): Iterable<readonly [readonly string[], unknown]> {
  for (const [name, value] of Object.entries(pattern)) {
    const path = [...before, name];
    if (Array.isArray(value)) yield [path, value];
    else yield* clausesOf(value as JsonObject, path);
  }
}
