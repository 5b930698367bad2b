import { Fault } from "@mayfly/kernel";
import { wireLimits } from "../limits.ts";
import type { Member, Shape, ShapeKind } from "../model/model.ts";
import { isBase64 } from "./base64.ts";
import { put } from "./put.ts";
import { readTimestamp } from "./timestamp.ts";

/** A request that cannot be read into its operation's input. */
export function serializationFault(message: string | null): Fault {
  return new Fault("SerializationException", message, { status: 400 });
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Parses a JSON body; an empty one is `{}`. @throws Fault SerializationException */
export function parseJsonBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  let text: string;
  try {
    text = utf8.decode(body);
  } catch {
    throw serializationFault("Invalid UTF-8 start byte");
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw serializationFault(malformedText(text, error));
  }
}

/** Jackson's words, which AWS passes on, as far as the place is known. */
function malformedText(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : "";
  const token = /^Unexpected token '(.)'/su.exec(message)?.[1]?.codePointAt(0);
  const at = /position (\d+)/.exec(message)?.[1];
  const character = at === undefined ? token : text.codePointAt(Number(at));
  if (character === undefined) return "Unexpected end-of-input";
  return `Unexpected character ('${String.fromCodePoint(character)}' (code ${character}))`;
}

/** Reads a structure's body members from parsed JSON. @throws Fault SerializationException */
export function readJsonStructure(shape: Shape, json: unknown, depth = 0): Record<string, unknown> {
  const output: Record<string, unknown> = {};
  readJsonMembers(shape, json, output, depth);
  return output;
}

/** The same, into an input that already holds what the path, query and headers gave. */
export function readJsonMembers(shape: Shape, json: unknown, into: Record<string, unknown>, depth = 0): void {
  if (Array.isArray(json)) throw serializationFault("Start of list found where not expected.");
  if (typeof json !== "object" || json === null) throw serializationFault("Unexpected field type");
  if (depth > wireLimits.nestingDepth) throw serializationFault("Document nesting depth exceeds the maximum allowed");
  for (const [wireName, member] of shape.bodyMembers) {
    const value = Object.hasOwn(json, wireName) ? (json as Record<string, unknown>)[wireName] : undefined;
    if (value !== null && value !== undefined) into[member.name] = readJson(member, value, depth + 1);
  }
}

type Reader = (member: Member, json: unknown, depth: number) => unknown;

const readers: Record<ShapeKind, Reader> = {
  structure: (member, json, depth) => readJsonStructure(member.shape, json, depth),
  list: readList,
  map: readMap,
  string: (_member, json) => (typeof json === "string" ? json : refuse(json, "a String")),
  integer: (_member, json) => readInteger(json, "an Integer"),
  long: (_member, json) => readInteger(json, "a Long"),
  float: (_member, json) => readFraction(json, "a Float"),
  double: (_member, json) => readFraction(json, "a Double"),
  boolean: (_member, json) => (typeof json === "boolean" ? json : refuse(json, "a Boolean")),
  blob: readBlob,
  timestamp: readJsonTimestamp,
  document: (_member, json) => json,
  eventstream: () => undefined,
};

function readJson(member: Member, json: unknown, depth: number): unknown {
  return readers[member.shape.kind](member, json, depth);
}

function readList(member: Member, json: unknown, depth: number): unknown[] {
  if (!Array.isArray(json)) throw serializationFault(typeof json === "object" ? startOfStructure : "Expected list or null");
  if (depth > wireLimits.nestingDepth) throw serializationFault("Document nesting depth exceeds the maximum allowed");
  const element = member.shape.element as Member;
  return json.map((item: unknown) => (item === null ? null : readJson(element, item, depth + 1)));
}

function readMap(member: Member, json: unknown, depth: number): Record<string, unknown> {
  if (Array.isArray(json)) throw serializationFault("Start of list found where not expected.");
  if (typeof json !== "object" || json === null) throw serializationFault("Expected map or null");
  if (depth > wireLimits.nestingDepth) throw serializationFault("Document nesting depth exceeds the maximum allowed");
  const output: Record<string, unknown> = {};
  const value = member.shape.value as Member;
  for (const [key, item] of Object.entries(json)) put(output, key, item === null ? null : readJson(value, item, depth + 1));
  return output;
}

function readInteger(json: unknown, wanted: string): number {
  if (typeof json !== "number") return refuse(json, wanted);
  if (!Number.isFinite(json)) throw serializationFault(`NUMBER_VALUE can not be converted to ${wanted}`);
  // Coral truncates a fraction.
  return Math.trunc(json);
}

function readFraction(json: unknown, wanted: string): number {
  if (typeof json === "number") return json;
  if (json === "NaN" || json === "Infinity" || json === "-Infinity") return Number(json);
  return refuse(json, wanted);
}

function readBlob(_member: Member, json: unknown): Buffer {
  if (typeof json !== "string") return refuse(json, "a Blob");
  if (!isBase64(json)) throw serializationFault("STRING_VALUE can not be converted to a Blob");
  return Buffer.from(json, "base64");
}

function readJsonTimestamp(member: Member, json: unknown): Date {
  const date =
    typeof json === "number" && member.timestampFormat !== "iso8601"
      ? new Date(Math.round(json * 1000))
      : typeof json === "string"
        ? readTimestamp(json, member.timestampFormat ?? "iso8601")
        : refuse(json, "a Date");
  if (date === undefined || Number.isNaN(date.getTime())) return refuse(json, "a Date");
  return date;
}

const startOfStructure = "Start of structure or map found where not expected.";

/** Says that a JSON value is of the wrong type, as AWS's JSON services do. @throws Fault SerializationException always */
function refuse(json: unknown, wanted: string): never {
  if (Array.isArray(json)) throw serializationFault("Start of list found where not expected.");
  if (typeof json === "object") throw serializationFault(startOfStructure);
  const token = typeof json === "boolean" ? String(json).toUpperCase() : typeof json === "number" ? "NUMBER" : "STRING";
  throw serializationFault(`${token}_VALUE can not be converted to ${wanted}`);
}
