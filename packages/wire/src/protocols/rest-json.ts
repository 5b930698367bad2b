import { Fault } from "@mayfly/kernel";
import type { Member, Operation, Shape } from "../model/model.ts";
import { parseForm, percentDecode } from "../read/form.ts";
import { parseJsonBody, readJsonMembers, serializationFault } from "../read/json.ts";
import { put } from "../read/put.ts";
import { readTimestamp, writeTimestamp } from "../read/timestamp.ts";
import { bytesOf, dateOf, jsonOf, jsonOfStructure } from "../render/json.ts";
import { eventStreamBody, eventStreamContentType } from "../render/event-stream.ts";
import { jsonErrorBody } from "../render/json-error.ts";
import type { OperationMatch, WireRequest } from "../types.ts";
import type { Protocol } from "./protocol.ts";

/** https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export const restJson1: Protocol = {
  bodyNamesOperation: false,
  match: ({ router }, request) => {
    const found = router(request);
    return { operation: found?.operation.name, labels: found?.labels ?? {} };
  },
  parse: (operation, match, request) => (operation.input ? readRequest(operation.input, match, request) : {}),
  render: (context, operation, output, requestId) => {
    const headers: Record<string, string> = { "x-amzn-RequestId": requestId };
    const shape = operation.output;
    if (shape === undefined) return { status: operation.status, headers, body: "" };
    const values = (output ?? {}) as Readonly<Record<string, unknown>>;
    writeHeaders(shape, values, headers);
    const status = statusOf(operation, shape, values);
    const { payload } = shape;
    if (payload?.shape.kind === "eventstream" && values[payload.name] !== undefined) {
      headers["Content-Type"] ??= eventStreamContentType;
      return { status, headers, body: eventStreamBody(payload, values[payload.name], { ...context, contentType: "application/json" }) };
    }
    return { status, headers, body: status === 204 ? "" : writeBody(shape, values, headers) };
  },
  renderError: (_context, error, requestId) => ({
    status: error.status,
    headers: { "Content-Type": "application/json", "x-amzn-RequestId": requestId, "x-amzn-ErrorType": error.code },
    body: JSON.stringify(jsonErrorBody(error)),
  }),
  unknownOperation: () => new Fault("UnknownOperationException", null, { status: 404 }),
};

function readRequest(shape: Shape, match: OperationMatch, request: WireRequest): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  const query = request.query === "" ? undefined : (parseForm(request.query) ?? badEncoding());
  for (const member of shape.members) {
    if (member.location === "uri")
      input[member.name] = readText(member, percentDecode(match.labels[member.wireName] ?? "") ?? badEncoding());
    else if (member.location === "querystring" && query !== undefined) readQuery(member, query, input);
    else if (member.location === "header") readHeader(member, request.headers[member.headerName], input);
    else if (member.location === "headers") readPrefixHeaders(member, request.headers, input);
  }
  if (shape.payload !== undefined) readPayload(shape.payload, request.body, input);
  else if (shape.bodyMembers.size > 0) readJsonMembers(shape, parseJsonBody(request.body), input);
  return input;
}

function badEncoding(): never {
  throw serializationFault("Malformed percent-encoding");
}

function readPayload(payload: Member, body: Buffer, input: Record<string, unknown>): void {
  if (payload.shape.kind === "blob") {
    // The very bytes: a payload that nobody needs parsed is not looked into.
    if (body.length > 0 || payload.required) input[payload.name] = body;
  } else if (payload.shape.kind === "string") {
    if (body.length > 0) input[payload.name] = body.toString("utf8");
  } else if (body.length > 0) {
    const structure: Record<string, unknown> = {};
    readJsonMembers(payload.shape, parseJsonBody(body), structure);
    input[payload.name] = structure;
  }
}

function readQuery(member: Member, query: readonly (readonly [string, string])[], input: Record<string, unknown>): void {
  if (member.shape.kind === "map") {
    const map: Record<string, unknown> = {};
    for (const [name, value] of query) put(map, name, value);
    input[member.name] = map;
    return;
  }
  const values = query.filter(([name]) => name === member.wireName).map(([, value]) => value);
  if (values.length === 0) return;
  const element = member.shape.element;
  input[member.name] = element === undefined ? readText(member, values.at(-1) as string) : values.map((value) => readText(element, value));
}

function readHeader(member: Member, value: string | undefined, input: Record<string, unknown>): void {
  if (value === undefined) return;
  const element = member.shape.element;
  input[member.name] =
    element === undefined ? readText(member, value, "rfc822") : value.split(",").map((item) => readText(element, item.trim(), "rfc822"));
}

function readPrefixHeaders(member: Member, headers: WireRequest["headers"], input: Record<string, unknown>): void {
  const prefix = member.headerName;
  const map: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers))
    if (name.startsWith(prefix) && value !== undefined) put(map, name.slice(prefix.length), value);
  if (Object.keys(map).length > 0) input[member.name] = map;
}

const integerText = /^[+-]?\d{1,19}$/;

/** A label's, query member's or header's text as its shape's kind. @throws Fault SerializationException */
function readText(member: Member, text: string, dates: "rfc822" | "iso8601" = "iso8601"): unknown {
  const { kind } = member.shape;
  if (kind === "integer" || kind === "long")
    return integerText.test(text) ? Number(text) : refuse(kind === "long" ? "a Long" : "an Integer");
  if (kind === "double" || kind === "float") return text.trim() === "" || Number.isNaN(Number(text)) ? refuse("a Double") : Number(text);
  if (kind === "boolean") return text === "true" ? true : text === "false" ? false : refuse("a Boolean");
  if (kind === "timestamp") return readTimestamp(text, member.timestampFormat ?? dates) ?? refuse("a Date");
  return kind === "blob" ? Buffer.from(text, "base64") : text;
}

function refuse(wanted: string): never {
  throw serializationFault(`STRING_VALUE can not be converted to ${wanted}`);
}

function writeHeaders(shape: Shape, values: Readonly<Record<string, unknown>>, headers: Record<string, string>): void {
  for (const member of shape.members) {
    const value = values[member.name];
    if (value === undefined || value === null) continue;
    if (member.location === "header") headers[member.wireName] = headerText(member, value);
    else if (member.location === "headers") {
      for (const [name, item] of Object.entries(value)) headers[`${member.wireName}${name}`] = safeHeader(String(item));
    }
  }
}

function headerText(member: Member, value: unknown): string {
  if (member.shape.kind === "timestamp") return String(writeTimestamp(dateOf(value), member.timestampFormat ?? "rfc822"));
  return safeHeader(Array.isArray(value) ? value.join(", ") : `${value as string | number | boolean}`);
}

/** A line break in a value must not become a header of its own, nor what HTTP cannot carry a failed answer. */
const safeHeader = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, "?");

function statusOf(operation: Operation, shape: Shape, values: Readonly<Record<string, unknown>>): number {
  const member = shape.members.find(({ location }) => location === "statusCode");
  const status = member && values[member.name];
  return typeof status === "number" ? status : operation.status;
}

function writeBody(shape: Shape, values: Readonly<Record<string, unknown>>, headers: Record<string, string>): Buffer | string {
  const { payload } = shape;
  if (payload === undefined) {
    headers["Content-Type"] ??= "application/json";
    return JSON.stringify(jsonOfStructure(shape, values));
  }
  const value = values[payload.name];
  if (payload.shape.kind === "blob" || payload.shape.kind === "string") {
    headers["Content-Type"] ??= "application/json";
    return value === undefined || value === null ? "" : bytesOf(value);
  }
  headers["Content-Type"] ??= "application/json";
  return JSON.stringify(jsonOf(payload, value) ?? {});
}
