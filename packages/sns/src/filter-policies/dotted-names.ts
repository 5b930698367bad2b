import type { JsonObject } from "./complexity.ts";

/** No policy is deeper. */
const depthCount = 150;

/**
 * SNS takes `{"a.b": 1}` and `{"a": {"b": 1}}` for the same, in policies as in messages: recorded at
 * https://github.com/localstack/localstack/blob/main/tests/aws/services/sns/test_sns_filter_policy.py. Both become the latter.
 */
export const expandNames = (value: JsonObject): JsonObject => expand(value, 0) as JsonObject;

function expand(value: unknown, depth: number): unknown {
  if (typeof value !== "object" || value === null || depth > depthCount) return value;
  if (Array.isArray(value)) return value.map((element) => expand(element, depth + 1));
  const expanded = named();
  for (const [name, inner] of Object.entries(value)) {
    const [first = "", ...rest] = name.split(".");
    const path = rest.length > depthCount ? [] : rest;
    put(
      expanded,
      rest.length > depthCount ? name : first,
      path.reduceRight<unknown>((nested, part) => named(part, nested), expand(inner, depth + 1)),
    );
  }
  return expanded;
}

/** Without a prototype: a message may name anything. */
function named(name?: string, value?: unknown): Record<string, unknown> {
  const object = Object.create(null) as Record<string, unknown>;
  if (name !== undefined) object[name] = value;
  return object;
}

/** What has the same name is joined; what can't be is listed, and any of a list suffices. */
function put(into: Record<string, unknown>, name: string, value: unknown): void {
  const known = into[name];
  if (known === undefined) into[name] = value;
  else if (isPlain(known) && isPlain(value)) for (const [inner, one] of Object.entries(value)) put(known, inner, one);
  else into[name] = [known, value].flat();
}

const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
