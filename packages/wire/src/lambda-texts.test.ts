import { AccessDenied, Fault } from "@mayfly/kernel";
import { expect, test } from "vitest";
import { loadServiceWire } from "./service-wire.ts";
import { handle, requestOf } from "./testing/request.ts";
import type { WireRequest } from "./types.ts";

const wire = await loadServiceWire("lambda");
const functions = "/2015-03-31/functions";

function refusal(request: WireRequest) {
  const handled = handle(wire, request);
  if (!("refused" in handled)) throw new Error(`accepted as ${handled.match.operation}`);
  return {
    status: handled.refused.status,
    code: handled.refused.headers["x-amzn-ErrorType"],
    body: JSON.parse(handled.refused.body.toString()) as unknown,
  };
}

const create = (body: object | string) => requestOf({ path: functions, body: typeof body === "string" ? body : JSON.stringify(body) });
const role = "arn:aws:iam::123456789012:role/execution_role";

test("every broken constraint is told, in the model's order", () => {
  expect(refusal(create({ FunctionName: "f", Timeout: 0, Code: {} }))).toEqual({
    status: 400,
    code: "ValidationException",
    body: {
      message:
        "2 validation errors detected: Value null at 'role' failed to satisfy constraint: Member must not be null; " +
        "Value '0' at 'timeout' failed to satisfy constraint: Member must have value greater than or equal to 1",
    },
  });
});

test.each([
  [{ PackageType: "Tar" }, "Value 'Tar' at 'packageType' failed to satisfy constraint: Member must satisfy enum value set: [Zip, Image]"],
  [{ Handler: "a b" }, "Value 'a b' at 'handler' failed to satisfy constraint: Member must satisfy regular expression pattern: [^\\s]+"],
  [
    { Description: "x".repeat(257) },
    `Value '${"x".repeat(257)}' at 'description' failed to satisfy constraint: Member must have length less than or equal to 256`,
  ],
  [
    { TracingConfig: { Mode: "On" } },
    "Value 'On' at 'tracingConfig.mode' failed to satisfy constraint: Member must satisfy enum value set: [Active, PassThrough]",
  ],
  [{ EphemeralStorage: {} }, "Value null at 'ephemeralStorage.size' failed to satisfy constraint: Member must not be null"],
  [
    { FileSystemConfigs: [{ Arn: "a", LocalMountPath: "/mnt/a" }] },
    expect.stringMatching(
      /^Value 'a' at 'fileSystemConfigs\.1\.member\.arn' failed to satisfy constraint: Member must satisfy regular expression pattern: /,
    ) as string,
  ],
  [
    { Layers: ["a b"] },
    expect.stringMatching(
      /^Value '\[a b\]' at 'layers' failed to satisfy constraint: Member must satisfy constraint: \[Member must have length less than or equal to 140, .*pattern: .*\]$/,
    ) as string,
  ],
  [
    { Environment: { Variables: { "1": "secret" } } },
    "Value at 'environment.variables' failed to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
  ],
])("%j breaks a constraint", (members, text) => {
  const { body } = refusal(create({ FunctionName: "f", Role: role, Code: {}, ...members }));
  const { message } = body as { message: string };
  const prefix = "1 validation error detected: ";
  expect(message.slice(0, prefix.length)).toBe(prefix);
  expect(message.slice(prefix.length)).toEqual(text);
});

test.each([
  ['{"FunctionName":1}', "NUMBER_VALUE can not be converted to a String"],
  ['{"FunctionName":true}', "TRUE_VALUE can not be converted to a String"],
  ['{"FunctionName":{}}', "Start of structure or map found where not expected."],
  ['{"FunctionName":[]}', "Start of list found where not expected."],
  ['{"Timeout":"3"}', "STRING_VALUE can not be converted to an Integer"],
  ['{"Publish":"true"}', "STRING_VALUE can not be converted to a Boolean"],
  ['{"Layers":"a"}', "Expected list or null"],
  ["[]", "Start of list found where not expected."],
  ['{"a"x}', "Unexpected character ('x' (code 120))"],
  ["\uFEFF{}", "Unexpected character ('\uFEFF' (code 65279))"],
])("%s cannot be read", (body, message) => {
  expect(refusal(create(body))).toEqual({ status: 400, code: "SerializationException", body: { message } });
});

test("what the handler checks in words of its own passes", () => {
  const body = JSON.stringify({ FunctionName: "x".repeat(100), Role: role, Code: {}, Runtime: "cobol", MemorySize: 50_000, Timeout: 901 });
  expect(handle(wire, create(body))).toMatchObject({ input: { Runtime: "cobol", MemorySize: 50_000, Timeout: 901 } });
});

test("keys come last wins, and __proto__ is a key like any other", () => {
  const body = `{"FunctionName":"a","FunctionName":"b","Role":"${role}","Code":{},"Tags":{"__proto__":"x"}}`;
  const handled = handle(wire, create(body));
  expect(handled).toMatchObject({ input: { FunctionName: "b" } });
  expect("input" in handled && Object.entries((handled.input as { Tags: object }).Tags)).toEqual([["__proto__", "x"]]);
});

test("Invoke's payload is the very buffer of the request", () => {
  const request = requestOf({
    path: `${functions}/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af/invocations`,
    query: "Qualifier=%24LATEST",
    body: "not JSON",
  });
  const handled = handle(wire, request);
  expect(handled).toMatchObject({ input: { FunctionName: "arn:aws:lambda:us-east-1:123456789012:function:f", Qualifier: "$LATEST" } });
  expect("input" in handled && (handled.input as { Payload: Buffer }).Payload).toBe(request.body);
});

test.each([
  ["GET", `${functions}/f/provisioned-concurrency`.replace("2015-03-31", "2019-09-30"), "Qualifier=1", "GetProvisionedConcurrencyConfig"],
  ["GET", `${functions}/f/provisioned-concurrency`.replace("2015-03-31", "2019-09-30"), "List=ALL", "ListProvisionedConcurrencyConfigs"],
  ["GET", "/2018-10-31/layers", "find=LayerVersion&Arn=a", "GetLayerVersionByArn"],
  ["GET", "/2018-10-31/layers", "", "ListLayers"],
  ["GET", `${functions}/`, "", "ListFunctions"],
  ["DELETE", `${functions}/f`, "Qualifier=1", "DeleteFunction"],
  ["GET", "/2019-09-25/functions/f/event-invoke-config/list", "", "ListFunctionEventInvokeConfigs"],
  ["PATCH", functions, "", undefined],
  ["POST", `${functions}//invocations`, "", undefined],
])("%s %s?%s is %s", (method, path, query, operation) => {
  expect(wire.match(requestOf({ method, path, query })).operation).toBe(operation);
});

test("an unknown path is an unknown operation", () => {
  expect(refusal(requestOf({ method: "GET", path: "/2015-03-31/nothing" }))).toMatchObject({
    status: 404,
    code: "UnknownOperationException",
  });
});

test("modelled errors have the model's status, key and type", () => {
  const render = (error: unknown) => {
    const { status, headers, body } = wire.renderError({ protocol: "restJson1" }, error, "id");
    return {
      status,
      code: headers["x-amzn-ErrorType"],
      requestId: headers["x-amzn-RequestId"],
      body: JSON.parse(body.toString()) as unknown,
    };
  };
  expect(render(new Fault("ResourceNotFoundException", "Function not found: a"))).toEqual({
    status: 404,
    code: "ResourceNotFoundException",
    requestId: "id",
    body: { Type: "User", Message: "Function not found: a" },
  });
  expect(
    render(new Fault("TooManyRequestsException", "Rate Exceeded.", { members: { Reason: "ConcurrentInvocationLimitExceeded" } })),
  ).toMatchObject({
    status: 429,
    body: { Type: "User", message: "Rate Exceeded.", Reason: "ConcurrentInvocationLimitExceeded" },
  });
  expect(render(new Fault("PreconditionFailedException", "no"))).toMatchObject({ status: 412, body: { Type: "User", message: "no" } });
  expect(render(new AccessDenied("User: a is not authorized"))).toMatchObject({
    status: 403,
    code: "AccessDeniedException",
    body: { Message: "User: a is not authorized" },
  });
  expect(render(new Fault("AccessDeniedException", null))).toMatchObject({ status: 403, body: { message: null } });
  expect(render(new Error("password: hunter2"))).toMatchObject({
    status: 500,
    code: "ServiceException",
    body: { Message: expect.not.stringContaining("hunter2") },
  });
});

test("a header's value cannot end the header", () => {
  const match = { protocol: "restJson1", operation: "Invoke", labels: {} } as const;
  const { headers } = wire.render(match, { StatusCode: 200, FunctionError: "a\r\nset-cookie: b" }, "id");
  expect(headers["X-Amz-Function-Error"]).toBe("a??set-cookie: b");
});
