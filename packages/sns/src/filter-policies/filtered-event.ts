import type { KeptAttribute } from "../messages/published-message.ts";
import type { JsonObject } from "./complexity.ts";
import { expandNames } from "./dotted-names.ts";
import type { FilteredMessage } from "./filter-policy.ts";

/** What is compared of an attribute, by the first part of its type; of bytes nothing is. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  String: (text) => text,
  Number,
};

/** The attributes as an event; undefined if one of them can't be read. https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html */
export function attributesEvent({ attributes }: FilteredMessage): JsonObject | undefined {
  const event = Object.create(null) as Record<string, unknown>;
  for (const [name, attribute] of Object.entries(attributes)) {
    const value = valueOf(attribute);
    if (value === unreadable) return undefined;
    if (value !== undefined) event[name] = value;
  }
  return event;
}

const unreadable = Symbol("unreadable");

function valueOf({ type, text }: KeptAttribute): unknown {
  if (type === "String.Array") return listOf(text ?? "");
  return text === undefined ? undefined : readers[type.split(".", 1)[0] ?? ""]?.(text);
}

function listOf(text: string): unknown {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list : unreadable;
  } catch {
    return unreadable;
  }
}

/** The message as an event; undefined if it is no JSON object. */
export function bodyEvent({ text }: FilteredMessage): JsonObject | undefined {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null && !Array.isArray(body) ? expandNames(body as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
