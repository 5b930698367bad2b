import type { Fault } from "@mayfly/kernel";
import type { Member, Operation, Shape } from "../model/model.ts";
import { parseForm, percentDecode } from "../read/form.ts";
import { put } from "../read/put.ts";
import { readTimestamp, writeTimestamp } from "../read/timestamp.ts";
import { dateOf } from "../render/json.ts";
import type { OperationMatch, WireRequest } from "../types.ts";

/** How a REST protocol words what of a request cannot be read. */
export interface BindingFaults {
  encoding(): Fault;
  /** @param wanted `an Integer` */
  value(member: Member, text: string, wanted: string): Fault;
}

/** The members of an input that travel in the path, the query and the headers. @throws Fault */
export function readBindings(
  shape: Shape,
  match: Pick<OperationMatch, "labels">,
  request: WireRequest,
  faults: BindingFaults,
): Record<string, unknown> {
  const input: Record<string, unknown> = {};
  const orRefuse = <T>(value: T | undefined): T => {
    if (value === undefined) throw faults.encoding();
    return value;
  };
  const query = request.query === "" ? undefined : orRefuse(parseForm(request.query));
  for (const member of shape.members) {
    if (member.location === "uri")
      input[member.name] = readText(member, orRefuse(percentDecode(match.labels[member.wireName] ?? "")), faults);
    else if (member.location === "querystring" && query !== undefined) readQuery(member, query, input, faults);
    else if (member.location === "header") readHeader(member, request.headers[member.headerName], input, faults);
    else if (member.location === "headers") readPrefixHeaders(member, request.headers, input);
  }
  return input;
}

function readQuery(
  member: Member,
  query: readonly (readonly [string, string])[],
  input: Record<string, unknown>,
  faults: BindingFaults,
): void {
  if (member.shape.kind === "map") {
    const map: Record<string, unknown> = {};
    for (const [name, value] of query) put(map, name, value);
    input[member.name] = map;
    return;
  }
  const values = query.filter(([name]) => name === member.wireName).map(([, value]) => value);
  if (values.length === 0) return;
  const element = member.shape.element;
  input[member.name] =
    element === undefined ? readText(member, values.at(-1) as string, faults) : values.map((value) => readText(element, value, faults));
}

function readHeader(member: Member, value: string | undefined, input: Record<string, unknown>, faults: BindingFaults): void {
  if (value === undefined) return;
  const element = member.shape.element;
  input[member.name] =
    element === undefined
      ? readText(member, value, faults, "rfc822")
      : value.split(",").map((item) => readText(element, item.trim(), faults, "rfc822"));
}

function readPrefixHeaders(member: Member, headers: WireRequest["headers"], input: Record<string, unknown>): void {
  const prefix = member.headerName;
  const map: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers))
    if (name.startsWith(prefix) && value !== undefined) put(map, name.slice(prefix.length), value);
  if (Object.keys(map).length > 0) input[member.name] = map;
}

const integerText = /^[+-]?\d{1,19}$/;

/** A label's, query member's or header's text as its shape's kind. @throws Fault */
function readText(member: Member, text: string, faults: BindingFaults, dates: "rfc822" | "iso8601" = "iso8601"): unknown {
  const { kind } = member.shape;
  const refuse = (wanted: string): never => {
    throw faults.value(member, text, wanted);
  };
  if (kind === "integer" || kind === "long")
    return integerText.test(text) ? Number(text) : refuse(kind === "long" ? "a Long" : "an Integer");
  if (kind === "double" || kind === "float") return text.trim() === "" || Number.isNaN(Number(text)) ? refuse("a Double") : Number(text);
  if (kind === "boolean") return text === "true" ? true : text === "false" ? false : refuse("a Boolean");
  if (kind === "timestamp") return readTimestamp(text, member.timestampFormat ?? dates) ?? refuse("a Date");
  return kind === "blob" ? Buffer.from(text, "base64") : text;
}

/** An output's members that travel in headers. */
export function writeHeaders(shape: Shape, values: Readonly<Record<string, unknown>>, headers: Record<string, string>): void {
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

/** An answer's status: the operation's, or what the output says. */
export function statusOf(operation: Operation, shape: Shape, values: Readonly<Record<string, unknown>>): number {
  const member = shape.members.find(({ location }) => location === "statusCode");
  const status = member && values[member.name];
  return typeof status === "number" ? status : operation.status;
}
