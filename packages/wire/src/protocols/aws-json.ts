import { Fault } from "@mayfly/kernel";
import { parseJsonBody, readJsonStructure } from "../read/json.ts";
import { jsonErrorBody } from "../render/json-error.ts";
import { jsonOfStructure } from "../render/json.ts";
import type { Protocol } from "./protocol.ts";

/** https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html; 1.0 differs in its content type. */
function awsJson(version: "1.0" | "1.1"): Protocol {
  const headers = (requestId: string) => ({ "Content-Type": `application/x-amz-json-${version}`, "x-amzn-RequestId": requestId });
  return {
    match: ({ model }, request) => {
      const [prefix, name = ""] = (request.headers["x-amz-target"] ?? "").split(".");
      return { operation: prefix === model.targetPrefix && model.operations.has(name) ? name : undefined, labels: {} };
    },
    parse: (operation, _match, request) => {
      const json = parseJsonBody(request.body);
      return operation.input ? readJsonStructure(operation.input, json) : {};
    },
    render: (_context, operation, output, requestId) => ({
      status: 200,
      headers: headers(requestId),
      body: operation.output ? JSON.stringify(jsonOfStructure(operation.output, output)) : "",
    }),
    renderError: (_context, error, requestId) => {
      const { [error.messageKey]: message, ...members } = jsonErrorBody(error);
      return {
        status: error.status,
        headers: headers(requestId),
        body: JSON.stringify({ __type: error.code, ...members, ...(message !== null && { [error.messageKey]: message }) }),
      };
    },
    unknownOperation: () => new Fault("UnknownOperationException", null, { status: 400 }),
  };
}

export const awsJson1_0 = awsJson("1.0");
export const awsJson1_1 = awsJson("1.1");
