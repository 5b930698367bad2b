import { Fault, type ServiceName } from "@mayfly/kernel";
import { brokenConstraints } from "./check/constraints.ts";
import { missingParameter } from "./check/missing.ts";
import { errorAnswer } from "./errors/error-answer.ts";
import { createBucketRouter } from "./match/bucket-router.ts";
import { createRouter } from "./match/router.ts";
import { loadModel } from "./model/load-model.ts";
import type { Model, Operation } from "./model/model.ts";
import { protocols } from "./protocols/index.ts";
import { serviceRows } from "./services/service-rows.ts";
import type { ProtocolContext } from "./protocols/protocol.ts";
import type { OperationMatch, ProtocolName, ServiceWire, WireRequest } from "./types.ts";

const loaded = new Map<ServiceName, Promise<ServiceWire>>();

/** A service's wire format; its model is read at the first call and kept. */
export function loadServiceWire(service: ServiceName): Promise<ServiceWire> {
  let wire = loaded.get(service);
  if (wire === undefined) loaded.set(service, (wire = loadModel(service).then((model) => createServiceWire(service, model))));
  return wire;
}

function createServiceWire(service: ServiceName, model: Model): ServiceWire {
  const row = serviceRows[service];
  const context: ProtocolContext = {
    model,
    router: row.protocol === "restXml" ? createBucketRouter(model.operations.values()) : createRouter(model.operations.values()),
    errorAnswer: (error) => errorAnswer(model, row, error),
  };
  const operationOf = (match: OperationMatch): Operation => {
    const operation = match.operation === undefined ? undefined : model.operations.get(match.operation);
    if (operation === undefined) throw new Error(`${service} has no operation ${match.operation ?? "for this request"}`);
    return operation;
  };
  const protocolOf = (request: WireRequest): ProtocolName =>
    row.queryCompatible === undefined || "x-amz-target" in request.headers ? row.protocol : "awsQuery";
  return {
    service,
    bodyNamesOperation: row.queryCompatible !== undefined || protocols[row.protocol].bodyNamesOperation,
    match: (request) => {
      const protocol = protocolOf(request);
      return { protocol, ...protocols[protocol].match(context, request) };
    },
    streamsBody: (match) => row.protocol === "restXml" && (model.operations.get(match.operation ?? "")?.input?.payload?.streaming ?? false),
    parse: (match, request) => {
      const operation = operationOf(match);
      const input = protocols[match.protocol].parse(operation, match, request);
      const { pathMember = "" } = row.queryCompatible ?? {};
      if (request.path !== "/" && operation.input?.members.some(({ name }) => name === pathMember)) input[pathMember] ??= request.path;
      const missing = row.missing && operation.input && missingParameter(operation.input, input);
      if (row.missing !== undefined && missing !== undefined)
        throw new Fault(row.missing.code, row.missing.message(missing), { status: 400 });
      const broken = operation.input && brokenConstraints(operation.input, input);
      if (broken !== undefined) throw new Fault(row.validationCode, row.validationMessage ?? broken, { status: 400 });
      return input;
    },
    render: (match, output, requestId, onFailure = () => {}) =>
      protocols[match.protocol].render({ ...context, onFailure }, operationOf(match), output, requestId),
    renderError: (match, error, requestId) => protocols[match.protocol].renderError(context, errorAnswer(model, row, error), requestId),
    unknownOperation: (match, request) => protocols[match.protocol].unknownOperation(context, match, request),
  };
}
