import { Readable } from "node:stream";
import { Fault } from "@mayfly/kernel";
import type { Member, Operation, Shape } from "../model/model.ts";
import { readXmlBody } from "../read/xml.ts";
import { bytesOf } from "../render/json.ts";
import { escapeXml, xmlAttributes, xmlOfStructure } from "../render/xml.ts";
import type { OperationMatch, WireRequest } from "../types.ts";
import { readBindings, statusOf, writeHeaders, type BindingFaults } from "./http-bindings.ts";
import type { Protocol } from "./protocol.ts";
import { rootNames } from "./root-names.ts";

const bucketNamespace = "http://s3.amazonaws.com/doc/2006-03-01/";
const declaration = `<?xml version="1.0" encoding="UTF-8"?>\n`;

/** S3's: https://smithy.io/2.0/aws/protocols/aws-restxml-protocol.html with `noErrorWrapping` */
export const restXml: Protocol = {
  bodyNamesOperation: false,
  match: ({ router }, request) => {
    const found = router(request);
    return { operation: found?.operation.name, labels: found?.labels ?? {} };
  },
  parse: (operation, match, request) => (operation.input ? readRequest(operation.input, match, request) : {}),
  render: ({ model }, operation, output, requestId) => {
    const headers: Record<string, string> = idHeaders(requestId);
    const values = (output ?? {}) as Readonly<Record<string, unknown>>;
    if (operation.output === undefined) return { status: operation.status, headers, body: "" };
    writeHeaders(operation.output, values, headers);
    const given = values["StatusCode"];
    const status = typeof given === "number" ? given : statusOf(operation, operation.output, values);
    const content = operation.output.payload?.streaming ? values[operation.output.payload.name] : undefined;
    if (content instanceof Readable) return { status, headers, body: content };
    if (operation.method === "HEAD") return { status, headers, body: "" };
    return {
      status,
      headers,
      body: writeBody(operation, operation.output, values, { headers, namespace: model.xmlNamespace || bucketNamespace }),
    };
  },
  renderError: (_context, error, requestId) => {
    // Headers that an error has are none of its document's members.
    const { headers: given = {}, ...members } = error.members as Record<string, unknown> & { headers?: Record<string, string> };
    const headers = { ...idHeaders(requestId), ...given };
    if (error.status === 304) return { status: 304, headers, body: "" };
    const details = Object.entries({ Code: error.code, Message: error.message ?? "", ...members, RequestId: requestId, HostId: hostId })
      .map(([name, value]) => `<${name}>${escapeXml(`${value as string | number}`)}</${name}>`)
      .join("");
    return {
      status: error.status,
      headers: { ...headers, "Content-Type": "application/xml" },
      body: `${declaration}<Error>${details}</Error>`,
    };
  },
  unknownOperation: (_context, match, request) =>
    match.operation === undefined
      ? new Fault("MethodNotAllowed", "The specified method is not allowed against this resource.", {
          status: 405,
          members: { Method: request.method, ResourceType: match.labels["Key"] === undefined ? "SERVICE" : "OBJECT" },
        })
      : new Fault("NotImplemented", "A header you provided implies functionality that is not implemented", { status: 501 }),
};

/** S3's extended request id; here it says nothing. */
const hostId = "TWF5Zmx5";
const idHeaders = (requestId: string) => ({ "x-amz-request-id": requestId, "x-amz-id-2": hostId });

const faults: BindingFaults = {
  encoding: () => new Fault("InvalidURI", "Couldn't parse the specified URI.", { status: 400 }),
  value: ({ wireName, shape }, text) =>
    new Fault(
      "InvalidArgument",
      shape.kind === "integer" || shape.kind === "long"
        ? `Provided ${wireName} not an integer or within integer range`
        : `Invalid value for ${wireName}`,
      { status: 400, members: { ArgumentName: wireName, ArgumentValue: text } },
    ),
};

function readRequest(shape: Shape, match: OperationMatch, request: WireRequest): Record<string, unknown> {
  const input = readBindings(shape, match, request, faults);
  if (shape.payload !== undefined) readPayload(shape.payload, request, input);
  return input;
}

function readPayload(payload: Member, { body, stream }: WireRequest, input: Record<string, unknown>): void {
  if (payload.streaming) input[payload.name] = stream;
  else if (payload.shape.kind === "string") input[payload.name] = body.toString("utf8");
  else if (payload.shape.kind === "blob") input[payload.name] = body;
  else if (body.length > 0) input[payload.name] = readXmlBody(payload.shape, body);
}

interface Writing {
  readonly headers: Record<string, string>;
  readonly namespace: string;
}

function writeBody(
  { name }: Operation,
  shape: Shape,
  values: Readonly<Record<string, unknown>>,
  { headers, namespace }: Writing,
): Buffer | string {
  const { payload } = shape;
  if (payload !== undefined && (payload.shape.kind === "blob" || payload.shape.kind === "string")) {
    const value = values[payload.name];
    if (payload.shape.kind === "string") headers["Content-Type"] ??= "application/json";
    return value === undefined || value === null ? "" : bytesOf(value);
  }
  if (payload === undefined && shape.bodyMembers.size === 0) return "";
  const root = rootNames[name] ?? payload?.formName ?? payload?.name ?? `${name}Result`;
  const whole = payload === undefined ? values : values[payload.name];
  if (whole === undefined || whole === null) return "";
  headers["Content-Type"] ??= "application/xml";
  const content =
    name === "GetBucketLocation"
      ? escapeXml((values["LocationConstraint"] as string | undefined) ?? "")
      : xmlOfStructure(payload?.shape ?? bodyOf(shape), whole);
  return `${declaration}<${root} xmlns="${namespace}"${payload === undefined ? "" : xmlAttributes(payload.shape, whole)}>${content}</${root}>`;
}

/** Without what travels in headers. */
const bodyOf = (shape: Shape): Shape => ({ ...shape, members: [...shape.bodyMembers.values()] });
