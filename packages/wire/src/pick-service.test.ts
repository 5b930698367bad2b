import { expect, test } from "vitest";
import { pickService } from "./pick-service.ts";
import { requestOf } from "./testing/request.ts";

const scoped = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=00`,
});
const form = { "content-type": "application/x-www-form-urlencoded; charset=utf-8" };

test.each([
  ["the signature's scope", requestOf({ headers: scoped("logs") }), "logs"],
  ["the scope of a presigned URL", requestOf({ query: "X-Amz-Credential=AKIA%2F20260101%2Fus-east-1%2Fsts%2Faws4_request" }), "sts"],
  ["the target", requestOf({ headers: { "x-amz-target": "Logs_20140328.PutLogEvents" } }), "logs"],
  ["the version of a form", requestOf({ headers: form, body: "Action=ListRoles&Version=2010-05-08" }), "iam"],
  ["the version of a query", requestOf({ method: "GET", query: "Action=GetCallerIdentity&Version=2011-06-15" }), "sts"],
  ["the action of a link in a message", requestOf({ method: "GET", query: "Action=ConfirmSubscription&TopicArn=x&Token=y" }), "sns"],
  ["the path", requestOf({ method: "GET", path: "/2015-03-31/functions/f" }), "lambda"],
  ["the host", requestOf({ headers: { host: "iam.amazonaws.com" } }), "iam"],
])("%s tells the service", (_what, request, service) => {
  expect(pickService(request)?.service).toBe(service);
});

test("a signature for a service that is not here goes to no other", () => {
  expect(pickService(requestOf({ path: "/2015-03-31/functions", headers: scoped("nothing") }))).toBeUndefined();
});

test("what tells nothing is no service's", () => {
  expect(pickService(requestOf({ method: "GET", query: "%zz", headers: { host: "localhost:4566" } }))).toBeUndefined();
});
