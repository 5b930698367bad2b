import { expect, test } from "vitest";
import { readSignature, type SignedRequest } from "./index.ts";

const hex = "0".repeat(64);
const scope = "AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request";

const withHeaders = (headers: Record<string, string>): SignedRequest => ({
  method: "GET",
  path: "/",
  query: "",
  headers: { host: "h", ...headers },
  body: Buffer.alloc(0),
});
const withAuthorization = (authorization: string, date = "20150830T123600Z"): SignedRequest =>
  withHeaders({ authorization, "x-amz-date": date });
const withQuery = (query: string): SignedRequest => ({ ...withHeaders({}), query });
const full = (credential = scope): string => `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=${hex}`;
const presign = (changes: Record<string, string | undefined>): SignedRequest => {
  const parameters: Record<string, string | undefined> = {
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": scope,
    "X-Amz-Date": "20150830T123600Z",
    "X-Amz-Expires": "60",
    "X-Amz-SignedHeaders": "host",
    "X-Amz-Signature": hex,
    ...changes,
  };
  return withQuery(
    Object.entries(parameters)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${encodeURIComponent(value ?? "")}`)
      .join("&"),
  );
};

test("a request without a signature is unsigned", () => {
  expect(readSignature(withHeaders({}))).toEqual({ outcome: "unsigned" });
  expect(readSignature(withQuery("a=X-Amz-Signature"))).toEqual({ outcome: "unsigned" });
});

test("everything about a signature is read", () => {
  expect(readSignature(withAuthorization(full()))).toEqual({
    outcome: "signed",
    signature: {
      accessKeyId: "AKIDEXAMPLE",
      sessionToken: undefined,
      region: "us-east-1",
      service: "iam",
      signedAtMs: Date.parse("2015-08-30T12:36:00Z"),
      payload: { kind: "hashed", declared: undefined },
      placement: "header",
      scopeDate: "20150830",
      timestamp: "20150830T123600Z",
      signedHeaders: ["host", "x-amz-date"],
      signature: hex,
      expiresSeconds: undefined,
    },
  });
  expect(readSignature(withAuthorization(full().replaceAll(", ", ",")))).toMatchObject({ outcome: "signed" });
});

const refused: [name: string, request: SignedRequest, kind: string, message: string | RegExp][] = [
  [
    "no parts",
    withAuthorization("AWS4-HMAC-SHA256"),
    "incomplete-signature",
    /^Authorization header requires 'Credential' parameter\. Authorization header requires 'Signature' parameter\. Authorization header requires 'SignedHeaders' parameter\. \(Hashed with SHA-256 and encoded with Base64\) Authorization=[\w+/]+=$/,
  ],
  ["another scheme", withAuthorization("Bearer abc"), "incomplete-signature", /^Authorization header requires 'Credential' parameter\./],
  [
    "no date",
    withHeaders({ authorization: full() }),
    "incomplete-signature",
    /^Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header\./,
  ],
  [
    "another algorithm",
    withAuthorization(full().replace("HMAC-SHA256", "ECDSA-P256-SHA256")),
    "incomplete-signature",
    "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.",
  ],
  [
    "a short credential",
    withAuthorization(full("AKID/20150830")),
    "incomplete-signature",
    "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'AKID/20150830'",
  ],
  [
    "a wrong terminator",
    withAuthorization(full("AKID/20150830/r/s/aws5")),
    "signature-mismatch",
    "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5'.",
  ],
  [
    "another day's scope",
    withAuthorization(full("AKID/20150831/r/s/aws4_request")),
    "signature-mismatch",
    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150831' != '20150830', from '20150830T123600Z'.",
  ],
  [
    "an unreadable date",
    withAuthorization(full(), "yesterday"),
    "incomplete-signature",
    "Date must be in ISO-8601 'basic format'. Got 'yesterday'. See http://en.wikipedia.org/wiki/ISO_8601",
  ],
  ["a date that is none", withAuthorization(full(), "20151399T123600Z"), "incomplete-signature", /^Date must be in ISO-8601/],
  [
    "a signature that is no hash",
    withAuthorization(full().replace(hex, "abc")),
    "signature-mismatch",
    /^The request signature we calculated/,
  ],
  [
    "an odd payload hash",
    withHeaders({ authorization: full(), "x-amz-date": "20150830T123600Z", "x-amz-content-sha256": "x" }),
    "incomplete-signature",
    /^x-amz-content-sha256 must be UNSIGNED-PAYLOAD/,
  ],
  [
    "a query without date",
    presign({ "X-Amz-Date": undefined }),
    "incomplete-signature",
    "AWS query-string parameters must include 'X-Amz-Date'. Re-examine the query-string parameters.",
  ],
  ["an expiry over a week", presign({ "X-Amz-Expires": "604801" }), "incomplete-signature", /^X-Amz-Expires must be less than a week/],
  ["an expiry of nothing", presign({ "X-Amz-Expires": "0" }), "incomplete-signature", /^X-Amz-Expires/],
  ["a negative expiry", presign({ "X-Amz-Expires": "-1" }), "incomplete-signature", "X-Amz-Expires must be non-negative"],
  ["an expiry that is no number", presign({ "X-Amz-Expires": "1h" }), "incomplete-signature", "X-Amz-Expires should be a number"],
];

for (const [name, request, kind, message] of refused) {
  test(`refused: ${name}`, () => {
    const read = readSignature(request);
    const failure = read.outcome === "failure" ? read.failure : undefined;
    expect(failure?.kind).toBe(kind);
    expect(typeof message === "string" ? failure?.message === message : message.test(failure?.message ?? "")).toBe(true);
  });
}
