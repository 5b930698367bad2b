import { Fault } from "@mayfly/kernel";
import { parseForm } from "../read/form.ts";
import { malformedInput, readQueryForm } from "../read/query-form.ts";
import { escapeXml, xmlOfStructure } from "../render/xml.ts";
import type { WireRequest } from "../types.ts";
import type { Protocol } from "./protocol.ts";

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export const awsQuery: Protocol = {
  bodyNamesOperation: true,
  match: ({ model }, request) => {
    const parameters = parametersOf(request);
    const action = valueOf(parameters, "Action");
    const version = valueOf(parameters, "Version");
    const known = action !== undefined && model.operations.has(action) && (version === undefined || version === model.apiVersion);
    return { operation: known ? action : undefined, labels: {} };
  },
  parse: (operation, _match, request) => {
    const parameters = parametersOf(request) ?? brokenEncoding();
    return operation.input ? readQueryForm(operation.input, parameters) : {};
  },
  render: ({ model }, operation, output, requestId) => {
    const result =
      operation.output === undefined
        ? ""
        : wrap(operation.resultWrapper ?? `${operation.name}Result`, xmlOfStructure(operation.output, output));
    const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
    return xmlResponse(
      200,
      requestId,
      `<${operation.name}Response xmlns="${model.xmlNamespace}">${result}${metadata}</${operation.name}Response>`,
    );
  },
  renderError: ({ model }, error, requestId) => {
    const members = error.shape === undefined ? "" : xmlOfStructure(error.shape, error.members);
    const { code, status, message: text } = error.query ?? error;
    const message = text === null ? "" : `<Message>${escapeXml(text)}</Message>`;
    const body = `<Error><Type>${error.sender ? "Sender" : "Receiver"}</Type><Code>${escapeXml(code)}</Code>${message}${members}</Error>`;
    return xmlResponse(
      status,
      requestId,
      `<ErrorResponse xmlns="${model.xmlNamespace}">${body}<RequestId>${requestId}</RequestId></ErrorResponse>`,
    );
  },
  unknownOperation: ({ model }, _match, request) => {
    const parameters = parametersOf(request);
    const action = valueOf(parameters, "Action");
    if (parameters === undefined) return malformedInput("Malformed percent-encoding");
    if (action === undefined) return new Fault("MissingAction", "The request must contain the parameter Action", { status: 400 });
    const version = valueOf(parameters, "Version") ?? model.apiVersion;
    return new Fault("InvalidAction", `Could not find operation ${action} for version ${version}`, { status: 400 });
  },
};

type Parameters = readonly (readonly [string, string])[];

/** Of the query and of the form: a Query request may come by GET. Undefined if the encoding is broken. */
function parametersOf(request: WireRequest): Parameters | undefined {
  if (request.query === "") return parseForm(request.body.toString("latin1"));
  const query = parseForm(request.query);
  const form = parseForm(request.body.toString("latin1"));
  return query && form && [...query, ...form];
}

const valueOf = (parameters: Parameters | undefined, name: string): string | undefined =>
  parameters?.findLast((parameter) => parameter[0] === name)?.[1];

function brokenEncoding(): never {
  throw malformedInput("Malformed percent-encoding");
}

const wrap = (tag: string, content: string): string => (content === "" ? `<${tag}/>` : `<${tag}>${content}</${tag}>`);

function xmlResponse(status: number, requestId: string, body: string) {
  return { status, headers: { "Content-Type": "text/xml", "x-amzn-RequestId": requestId }, body };
}
