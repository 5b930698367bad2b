import { Fault } from "@mayfly/kernel";
import type { Member, Shape } from "../model/model.ts";
import { parseJsonBody, readJsonMembers, serializationFault } from "../read/json.ts";
import { bytesOf, jsonOf, jsonOfStructure } from "../render/json.ts";
import { eventStreamBody, eventStreamContentType } from "../render/event-stream.ts";
import { jsonErrorBody } from "../render/json-error.ts";
import type { OperationMatch, WireRequest } from "../types.ts";
import { readBindings, statusOf, writeHeaders, type BindingFaults } from "./http-bindings.ts";
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

const faults: BindingFaults = {
  encoding: () => serializationFault("Malformed percent-encoding"),
  value: (_member, _text, wanted) => serializationFault(`STRING_VALUE can not be converted to ${wanted}`),
};

function readRequest(shape: Shape, match: OperationMatch, request: WireRequest): Record<string, unknown> {
  const input = readBindings(shape, match, request, faults);
  if (shape.payload !== undefined) readPayload(shape.payload, request.body, input);
  else if (shape.bodyMembers.size > 0) readJsonMembers(shape, parseJsonBody(request.body), input);
  return input;
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
