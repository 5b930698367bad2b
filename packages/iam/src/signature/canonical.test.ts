import { expect, test } from "vitest";
import { canonicalRequests } from "./canonical.ts";
import { readSignature } from "./read-signature.ts";

function canonicalOf(service: string, path: string, headers: Readonly<Record<string, string>> = {}, names = ["host"]): readonly string[] {
  const authorization = `AWS4-HMAC-SHA256 Credential=A/20261123/r/${service}/aws4_request, SignedHeaders=${names.join(";")}, Signature=${"0".repeat(64)}`;
  const request = {
    method: "GET",
    path,
    query: "",
    headers: { host: "h", "x-amz-date": "20261123T150000Z", authorization, ...headers },
    body: Buffer.alloc(0),
  };
  const read = readSignature(request);
  if (read.outcome !== "signed") throw new Error("not signed");
  return canonicalRequests(read.signature, request, "HASH");
}

const pathsOf = (service: string, path: string): readonly (string | undefined)[] =>
  canonicalOf(service, path).map((text) => text.split("\n")[1]);

// S3 signs a path as it is sent, or encoded the standard way; every other service encodes it once more than it is sent.
const paths: readonly [sent: string, service: string, signed: readonly string[]][] = [
  ["/2015-03-31/functions/my_fn-1.2~3/invocations", "lambda", ["/2015-03-31/functions/my_fn-1.2~3/invocations"]],
  ["/2015-03-31/functions/", "lambda", ["/2015-03-31/functions/"]],
  ["/a//b", "lambda", ["/a/b"]],
  ["/a//b", "s3", ["/a//b"]],
  ["/a/./b/../.c", "lambda", ["/a/.c"]],
  ["/..", "lambda", ["/"]],
  ["/a%3Ab", "lambda", ["/a%253Ab"]],
  ["/a:b", "s3", ["/a:b", "/a%3Ab"]],
  ["/a b", "lambda", ["/a%20b"]],
];
test.each(paths)("the path %s of %s is signed as %s", (sent, service, signed) => {
  expect(pathsOf(service, sent)).toEqual(signed);
});

test("a repeated header may have been signed with and without a blank after the comma", () => {
  const blocks = canonicalOf("lambda", "/", { "my-list": "c, a,  b" }, ["host", "my-list"]).map((text) => text.split("\n")[4]);
  expect(blocks).toEqual(["my-list:c, a, b", "my-list:c,a,b"]);
});

test("a signed header that was not sent is empty, also if every object has something of its name", () => {
  expect(canonicalOf("lambda", "/", {}, ["host", "constructor", "__proto__"])[0]).toBe(
    "GET\n/\n\n__proto__:\nconstructor:\nhost:h\n\n__proto__;constructor;host\nHASH",
  );
});
