import type { Member, Shape, ShapeKind } from "../model/model.ts";
import { put } from "../read/put.ts";
import { writeTimestamp } from "../read/timestamp.ts";

/** A structure's body members as plain JSON; undefined and null ones are left out. */
export function jsonOfStructure(shape: Shape, value: unknown): Record<string, unknown> {
  const output: Record<string, unknown> = {};
  if (typeof value !== "object" || value === null) return output;
  for (const [wireName, member] of shape.bodyMembers) {
    const json = jsonOf(member, (value as Record<string, unknown>)[member.name]);
    if (json !== undefined) output[wireName] = json;
  }
  return output;
}

type Writer = (member: Member, value: unknown) => unknown;

const same: Writer = (_member, value) => value;
const fraction: Writer = (_member, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value);

const writers: Record<ShapeKind, Writer> = {
  structure: (member, value) => jsonOfStructure(member.shape, value),
  list: (member, value) => (value as readonly unknown[]).map((item) => jsonOf(member.shape.element as Member, item) ?? null),
  map: jsonOfMap,
  string: same,
  integer: same,
  long: (_member, value) => (typeof value === "bigint" ? Number(value) : value),
  float: fraction,
  double: fraction,
  boolean: same,
  blob: (_member, value) => bytesOf(value).toString("base64"),
  timestamp: (member, value) => writeTimestamp(dateOf(value), member.timestampFormat ?? "unixTimestamp"),
  document: same,
  eventstream: () => undefined,
};

/** One member's value as JSON. */
export function jsonOf(member: Member, value: unknown): unknown {
  return value === undefined || value === null ? undefined : writers[member.shape.kind](member, value);
}

function jsonOfMap(member: Member, value: unknown): Record<string, unknown> {
  const output: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value as object)) {
    const json = jsonOf(member.shape.value as Member, item);
    if (json !== undefined) put(output, key, json);
  }
  return output;
}

/** A blob's bytes: text is UTF-8, bytes are not copied. */
export function bytesOf(value: unknown): Buffer {
  if (Buffer.isBuffer(value)) return value;
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return Buffer.from(value as string, "utf8");
}

/** A timestamp's Date; operations may also answer epoch milliseconds. */
export function dateOf(value: unknown): Date {
  return value instanceof Date ? value : new Date(value as string | number);
}
