import { Fault } from "@mayfly/kernel";
import { parseJsonBody, readJsonStructure } from "../read/json.ts";
import { eventStreamBody, eventStreamContentType, eventStreamMember } from "../render/event-stream.ts";
import { jsonErrorBody } from "../render/json-error.ts";
import { jsonOfStructure } from "../render/json.ts";
import type { Protocol } from "./protocol.ts";

/** https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html; 1.0 differs in its content type. */
function awsJson(version: "1.0" | "1.1"): Protocol {
  const contentType = `application/x-amz-json-${version}`;
  const headers = (requestId: string) => ({ "Content-Type": contentType, "x-amzn-RequestId": requestId });
  return {
    bodyNamesOperation: false,
    match: ({ model }, request) => {
      const [prefix, name = ""] = (request.headers["x-amz-target"] ?? "").split(".");
      return { operation: prefix === model.targetPrefix && model.operations.has(name) ? name : undefined, labels: {} };
    },
    parse: (operation, _match, request) => {
      const json = parseJsonBody(request.body);
      return operation.input ? readJsonStructure(operation.input, json) : {};
    },
    render: (context, operation, output, requestId) => {
      const body = operation.output ? JSON.stringify(jsonOfStructure(operation.output, output)) : "";
      const stream = operation.output && eventStreamMember(operation.output);
      if (stream === undefined) return { status: 200, headers: headers(requestId), body };
      return {
        status: 200,
        headers: { ...headers(requestId), "Content-Type": eventStreamContentType },
        // A stream has no place beside a body: what else the operation answers comes as the first event.
        body: eventStreamBody(stream, (output as Record<string, unknown>)[stream.name], { ...context, contentType, initialResponse: body }),
      };
    },
    renderError: (_context, error, requestId) => {
      const { [error.messageKey]: message, ...members } = jsonErrorBody(error);
      const queryError = error.query && { "x-amzn-query-error": `${error.query.code};${error.sender ? "Sender" : "Receiver"}` };
      return {
        status: error.status,
        headers: { ...headers(requestId), ...queryError },
        body: JSON.stringify({ __type: error.code, ...members, ...(message !== null && { [error.messageKey]: message }) }),
      };
    },
    unknownOperation: () => new Fault("UnknownOperationException", null, { status: 400 }),
  };
}

export const awsJson1_0 = awsJson("1.0");
export const awsJson1_1 = awsJson("1.1");
