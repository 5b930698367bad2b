import type { Constraints, QueryError, RawMember, RawModel, RawShape, TimestampFormat } from "./raw-model.ts";
import type { Override } from "../check/overrides.ts";

/** The kinds of value that a model has. */
export type ShapeKind =
  | "structure"
  | "list"
  | "map"
  | "string"
  | "integer"
  | "long"
  | "float"
  | "double"
  | "boolean"
  | "blob"
  | "timestamp"
  | "document"
  | "eventstream";

/** A shape with its references followed. */
export interface Shape {
  readonly name: string;
  readonly kind: ShapeKind;
  /** Of a structure. */
  readonly members: Member[];
  /** Of a structure: the members that travel in the body, by their name there. */
  readonly bodyMembers: Map<string, Member>;
  /** Of a structure: the member that is the whole body. */
  payload: Member | undefined;
  /** Of a list. */
  element: Member | undefined;
  /** Of a map. */
  key: Member | undefined;
  value: Member | undefined;
  readonly flattened: boolean;
  readonly sensitive: boolean;
  readonly timestampFormat: TimestampFormat | undefined;
}

/** A place in a structure, list or map that holds a value. */
export interface Member {
  readonly name: string;
  /** The name in JSON bodies, headers and queries. */
  readonly wireName: string;
  /** The same as a request's headers have it: in lower case. */
  readonly headerName: string;
  /** The name in XML and Query forms; undefined where the protocol's default (`member`, `key`, `value`) holds. */
  readonly formName: string | undefined;
  readonly shape: Shape;
  readonly required: boolean;
  readonly location: RawMember["location"];
  /** Where it travels in an event's frame, when not among the payload's members. */
  readonly eventPart: "header" | "payload" | undefined;
  readonly flattened: boolean;
  readonly streaming: boolean;
  readonly xmlAttribute: boolean;
  readonly timestampFormat: TimestampFormat | undefined;
  readonly constraints: Constraints;
}

/** An operation, ready to be matched and parsed. */
export interface Operation {
  readonly name: string;
  readonly method: string;
  /** Template: `/functions/{FunctionName}?List=ALL` */
  readonly uri: string;
  readonly status: number;
  readonly input: Shape | undefined;
  readonly output: Shape | undefined;
  readonly resultWrapper: string | undefined;
}

/** An error that the model has. */
interface ModelledError {
  readonly shape: Shape;
  readonly code: string;
  readonly status: number;
  readonly senderFault: boolean;
  readonly query: QueryError | undefined;
}

/** A service's model. */
export interface Model {
  readonly apiVersion: string;
  readonly xmlNamespace: string;
  readonly targetPrefix: string;
  readonly operations: ReadonlyMap<string, Operation>;
  /** By the shape's name and by the code on the wire. */
  readonly errors: ReadonlyMap<string, ModelledError>;
}

/** Follows a raw model's references. Overrides change what single members demand. */
export function linkModel(raw: RawModel, overrides: readonly Override[]): Model {
  const shapes = new Map<string, Shape>();
  const changes = new Map(overrides.map((override) => [override.at, override.constraints]));
  for (const [name, rawShape] of Object.entries(raw.shapes)) shapes.set(name, emptyShape(name, rawShape));
  for (const [name, rawShape] of Object.entries(raw.shapes)) fillShape(shapes.get(name) as Shape, rawShape, raw, shapes, changes);
  return {
    apiVersion: raw.metadata.apiVersion,
    xmlNamespace: raw.metadata.xmlNamespace ?? "",
    targetPrefix: raw.metadata.targetPrefix ?? "",
    operations: linkOperations(raw, shapes),
    errors: linkErrors(raw, shapes),
  };
}

function emptyShape(name: string, raw: RawShape): Shape {
  const kind = raw.eventstream ? "eventstream" : raw.document ? "document" : (raw.type as ShapeKind);
  return {
    name,
    kind,
    members: [],
    bodyMembers: new Map(),
    payload: undefined,
    element: undefined,
    key: undefined,
    value: undefined,
    flattened: raw.flattened ?? false,
    sensitive: raw.sensitive ?? false,
    timestampFormat: raw.timestampFormat,
  };
}

type Changes = ReadonlyMap<string, Constraints>;

function fillShape(shape: Shape, raw: RawShape, model: RawModel, shapes: ReadonlyMap<string, Shape>, changes: Changes): void {
  const member = (name: string, rawMember: RawMember, required: boolean): Member => {
    const target = model.shapes[rawMember.shape] as RawShape;
    const { min, max, pattern, enum: values } = target;
    const wireName = rawMember.locationName ?? name;
    return {
      name,
      wireName,
      headerName: wireName.toLowerCase(),
      formName: rawMember.queryName ?? rawMember.locationName,
      shape: shapes.get(rawMember.shape) as Shape,
      required,
      location: rawMember.location,
      eventPart: rawMember.eventheader ? "header" : rawMember.eventpayload ? "payload" : undefined,
      flattened: (rawMember.flattened ?? false) || (target.flattened ?? false),
      streaming: rawMember.streaming ?? false,
      xmlAttribute: rawMember.xmlAttribute ?? false,
      timestampFormat: rawMember.timestampFormat ?? target.timestampFormat,
      constraints: { min, max, pattern, enum: values, ...changes.get(rawMember.shape), ...changes.get(`${shape.name}.${name}`) },
    };
  };
  for (const [name, rawMember] of Object.entries(raw.members ?? {})) {
    const linked = member(name, rawMember, raw.required?.includes(name) ?? false);
    shape.members.push(linked);
    if (raw.payload === name) shape.payload = linked;
    else if (linked.location === undefined && linked.eventPart === undefined) shape.bodyMembers.set(linked.wireName, linked);
  }
  if (raw.member) shape.element = member("member", raw.member, false);
  if (raw.key) shape.key = member("key", raw.key, false);
  if (raw.value) shape.value = member("value", raw.value, false);
}

function linkOperations(raw: RawModel, shapes: ReadonlyMap<string, Shape>): Map<string, Operation> {
  const operations = new Map<string, Operation>();
  for (const [name, { http, input, output }] of Object.entries(raw.operations)) {
    operations.set(name, {
      name,
      method: http.method,
      uri: http.requestUri,
      status: http.responseCode ?? 200,
      input: input && shapes.get(input.shape),
      output: output && shapes.get(output.shape),
      resultWrapper: output?.resultWrapper,
    });
  }
  return operations;
}

function linkErrors(raw: RawModel, shapes: ReadonlyMap<string, Shape>): Map<string, ModelledError> {
  const errors = new Map<string, ModelledError>();
  for (const [name, { exception, error, queryError }] of Object.entries(raw.shapes)) {
    if (!exception) continue;
    const status = error?.httpStatusCode ?? 400;
    const modelled = {
      shape: shapes.get(name) as Shape,
      code: error?.code ?? name,
      status,
      senderFault: error?.senderFault ?? status < 500,
      query: queryError,
    };
    errors.set(name, modelled);
    errors.set(modelled.code, modelled);
  }
  return errors;
}
