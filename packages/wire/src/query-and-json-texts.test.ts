import { AccessDenied, Fault } from "@mayfly/kernel";
import { describe, expect, test } from "vitest";
import { authenticationFault } from "./errors/authentication-fault.ts";
import { loadServiceWire } from "./service-wire.ts";
import { handle, requestOf } from "./testing/request.ts";
import type { ServiceWire, WireRequest } from "./types.ts";

const iam = await loadServiceWire("iam");
const sts = await loadServiceWire("sts");
const logs = await loadServiceWire("logs");

const form = (body: string) => requestOf({ body });
const target = (operation: string, body: string) => requestOf({ body, headers: { "x-amz-target": `Logs_20140328.${operation}` } });

function refusal(wire: ServiceWire, request: WireRequest) {
  const handled = handle(wire, request);
  if (!("refused" in handled)) throw new Error(`accepted as ${handled.match.operation}`);
  return { status: handled.refused.status, body: handled.refused.body.toString() };
}

describe("awsQuery", () => {
  const iamError = (code: string, message: string) =>
    `<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>request-id</RequestId></ErrorResponse>`;

  test.each([
    ["Action=Nope&Version=2010-05-08", "InvalidAction", "Could not find operation Nope for version 2010-05-08"],
    ["Action=ListRoles&Version=2000-01-01", "InvalidAction", "Could not find operation ListRoles for version 2000-01-01"],
    ["Version=2010-05-08", "MissingAction", "The request must contain the parameter Action"],
    ["Action=ListRoles&MaxItems=many", "MalformedInput", "many is not a valid integer"],
    [
      "Action=ListRoles&MaxItems=0",
      "ValidationError",
      "1 validation error detected: Value '0' at 'maxItems' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      "Action=GetRole&RoleName=a%2Fb",
      "ValidationError",
      "1 validation error detected: Value 'a/b' at 'roleName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]+",
    ],
    [
      "Action=TagRole&RoleName=a&Tags.member.1.Key=k",
      "ValidationError",
      "1 validation error detected: Value null at 'tags.1.member.value' failed to satisfy constraint: Member must not be null",
    ],
  ])("%s is refused", (body, code, message) => {
    expect(refusal(iam, form(body))).toEqual({ status: 400, body: iamError(code, message) });
  });

  test("lists keep the order of their numbers and close gaps", () => {
    const handled = handle(
      iam,
      form("Action=TagRole&RoleName=a&Tags.member.12.Key=c&Tags.member.12.Value=&Tags.member.3.Key=b&Tags.member.3.Value=x+y%2B"),
    );
    const Tags = [
      { Key: "b", Value: "x y+" },
      { Key: "c", Value: "" },
    ];
    expect(handled).toMatchObject({ input: { RoleName: "a", Tags } });
  });

  test("a request may come by GET", () => {
    expect(handle(sts, requestOf({ method: "GET", query: "Action=GetSessionToken&Version=2011-06-15&DurationSeconds=900" }))).toMatchObject(
      { input: { DurationSeconds: 900 } },
    );
  });

  test("modelled errors are known by either name and have the code of the wire", () => {
    const render = (error: unknown) => iam.renderError({ protocol: "awsQuery" }, error, "request-id");
    for (const code of ["NoSuchEntity", "NoSuchEntityException"]) {
      expect(render(new Fault(code, "The role with name <a> cannot be found."))).toMatchObject({
        status: 404,
        headers: { "Content-Type": "text/xml", "x-amzn-RequestId": "request-id" },
        body: iamError("NoSuchEntity", "The role with name &lt;a&gt; cannot be found."),
      });
    }
    expect(render(new Fault("MalformedPolicyDocument", "x")).status).toBe(400);
    expect(render(new Fault("DeleteConflict", "x")).status).toBe(409);
    expect(render(new AccessDenied("no"))).toMatchObject({ status: 403, body: iamError("AccessDenied", "no") });
    expect(render(new TypeError("secret"))).toMatchObject({ status: 500, body: expect.not.stringContaining("secret") });
  });

  test("an operation without a result answers its metadata alone", () => {
    expect(iam.render({ protocol: "awsQuery", operation: "DeleteRole", labels: {} }, undefined, "id").body).toBe(
      '<DeleteRoleResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></DeleteRoleResponse>',
    );
  });
});

describe("awsJson", () => {
  test("an empty name breaks pattern and length", () => {
    const { status, body } = refusal(logs, target("DescribeLogGroups", '{"logGroupNamePrefix":""}'));
    expect([status, JSON.parse(body)]).toEqual([
      400,
      {
        __type: "InvalidParameterException",
        message:
          "2 validation errors detected: Value '' at 'logGroupNamePrefix' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+; " +
          "Value '' at 'logGroupNamePrefix' failed to satisfy constraint: Member must have length greater than or equal to 1",
      },
    ]);
  });

  test("a list's member is named by its number", () => {
    const { body } = refusal(logs, target("PutLogEvents", '{"logGroupName":"g","logStreamName":"s","logEvents":[{"message":"a"}]}'));
    expect(JSON.parse(body)).toMatchObject({
      message:
        "1 validation error detected: Value null at 'logEvents.1.member.timestamp' failed to satisfy constraint: Member must not be null",
    });
  });

  test("unknown operations, and errors of the model and of Mayfly's own", () => {
    expect(refusal(logs, target("Nope", "{}"))).toEqual({ status: 400, body: '{"__type":"UnknownOperationException"}' });
    const render = (error: unknown) => logs.renderError({ protocol: "awsJson1_1" }, error, "id");
    expect(render(new Fault("ResourceNotFoundException", "The specified log group does not exist."))).toMatchObject({
      status: 400,
      body: '{"__type":"ResourceNotFoundException","message":"The specified log group does not exist."}',
    });
    expect(render(new AccessDenied("no"))).toMatchObject({ status: 400, body: '{"__type":"AccessDeniedException","Message":"no"}' });
    expect(render(new Error("secret"))).toMatchObject({ status: 500, body: expect.not.stringContaining("secret") });
  });
});

test.each([
  ["lambda", "unknown-key", "UnrecognizedClientException", 403],
  ["logs", "unknown-key", "UnrecognizedClientException", 400],
  ["iam", "inactive-key", "InvalidClientTokenId", 403],
  ["sts", "expired-token", "ExpiredToken", 403],
  ["lambda", "expired-token", "ExpiredTokenException", 403],
  ["iam", "unsigned", "MissingAuthenticationToken", 403],
  ["lambda", "unsigned", "MissingAuthenticationTokenException", 403],
  ["sts", "wrong-service", "SignatureDoesNotMatch", 403],
] as const)("%s answers %s as %s, %i", (service, kind, code, status) => {
  expect(authenticationFault(service, { kind })).toMatchObject({ code, status });
});

test("a refused signature keeps its code beside a modelled error of nearly that name", () => {
  const { status, body } = sts.renderError({ protocol: "awsQuery" }, authenticationFault("sts", { kind: "expired-token" }), "id");
  expect(status).toBe(403);
  expect(body).toContain("<Code>ExpiredToken</Code>");
});

test("what the verifier worded is passed on", () => {
  const message = "Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z (20260101T001000Z - 5 min.)";
  expect(authenticationFault("lambda", { kind: "signature-expired", message })).toMatchObject({
    code: "InvalidSignatureException",
    message,
    status: 403,
  });
  expect(authenticationFault("iam", { kind: "signature-expired", message })).toMatchObject({ code: "SignatureDoesNotMatch", message });
});
