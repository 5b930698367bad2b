import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSignatureVerifier, readSignature, verifySignature, type SignedRequest, type VerifiedSignature } from "./index.ts";
import { asReceived, sdkSigner, toSdkRequest, type UnsignedRequest } from "./testing/requests.ts";

const secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const signedAt = new Date("2026-11-23T15:00:00Z");

function check(request: SignedRequest, { nowMs = signedAt.getTime(), key = secret } = {}): VerifiedSignature {
  const read = readSignature(request);
  if (read.outcome !== "signed") throw new Error(`Not read: ${JSON.stringify(read)}`);
  return verifySignature(read.signature, request, key, nowMs);
}

async function signed(service: string, request: UnsignedRequest, options = {}): Promise<SignedRequest> {
  return asReceived(await sdkSigner(service, options).sign(toSdkRequest(request), { signingDate: signedAt }));
}

async function presigned(
  service: string,
  request: UnsignedRequest,
  options: { sessionToken?: string; expiresIn?: number } = {},
): Promise<SignedRequest> {
  const signer = sdkSigner(service, options);
  // S3's presigner, alone among the services', leaves the body out in this way.
  const headers = service === "s3" ? { ...request.headers, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } : request.headers;
  return asReceived(
    await signer.presign(toSdkRequest({ ...request, headers }), { signingDate: signedAt, expiresIn: options.expiresIn ?? 900 }),
  );
}

const requests: Record<string, UnsignedRequest> = {
  "a plain GET": { method: "GET", path: "/" },
  "a JSON body": {
    method: "POST",
    path: "/",
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": "Logs_20140328.PutLogEvents" },
    body: Buffer.from('{"a":1}'),
  },
  "an encoded ARN in the path": {
    method: "POST",
    path: "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A123456789012%3Afunction%3Af/invocations",
    body: Buffer.from("{}"),
  },
  "a slash at the end": { method: "GET", path: "/2015-03-31/functions/" },
  "unicode and blanks in the path": { method: "GET", path: "/%E2%82%AC%20uro/%F0%9F%90%9D" },
  "characters that encodeURIComponent leaves": { method: "GET", path: "/a!b'c(d)e*f", query: { "x!'()*": "!'()*" } },
  "a query to be sorted": { method: "GET", path: "/", query: { b: "2", a: ["z", "a"], "a-b": "1", A: "", ä: "ö", "a+b": "c d&e=f" } },
  "headers to be folded": {
    method: "GET",
    path: "/",
    headers: { "x-amz-meta-note": "  two   blanks \t and a tab ", "my-list": "c, a,  b" },
  },
  "dots and empty segments": { method: "GET", path: "/a/./b/../c//d" },
};

describe("a request signed by the SDK", () => {
  for (const service of ["lambda", "s3"]) {
    for (const [name, request] of Object.entries(requests)) {
      test(`${service}, by header: ${name}`, async () => {
        expect(check(await signed(service, request))).toMatchObject({ ok: true });
      });
      test(`${service}, presigned: ${name}`, async () => {
        expect(check(await presigned(service, request))).toMatchObject({ ok: true });
      });
    }
  }

  test("carries its session token, in the header and in the query", async () => {
    for (const request of [
      await signed("sts", requests["a plain GET"]!, { sessionToken: "Fw/o+=" }),
      await presigned("sts", requests["a plain GET"]!, { sessionToken: "Fw/o+=" }),
    ]) {
      expect(readSignature(request)).toMatchObject({
        outcome: "signed",
        signature: { sessionToken: "Fw/o+=", accessKeyId: "AKIDEXAMPLE", region: "eu-central-1", service: "sts" },
      });
      expect(check(request).ok).toBe(true);
    }
  });

  test("is accepted whatever its path and query, for every service", async () => {
    const text = fc.string({ unit: "binary", maxLength: 12 }).map((value) => value.toWellFormed());
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("lambda", "s3", "iam"),
        fc.array(text, { maxLength: 4 }),
        fc.dictionary(
          text.filter((name) => name !== "" && name !== "__proto__" && !/^x-amz-/i.test(name)),
          text,
          { maxKeys: 4 },
        ),
        async (service, segments, query) => {
          const path = `/${segments.map((segment) => encodeURIComponent(segment)).join("/")}`;
          expect(check(await signed(service, { method: "GET", path, query })).ok).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("the same request, as other clients send it", () => {
  test("a header sent twice is signed joined by a comma alone", async () => {
    const request = await signed("lambda", { method: "GET", path: "/", headers: { "my-header": "b,a" } });
    expect(check({ ...request, headers: { ...request.headers, "my-header": "b, a" } }).ok).toBe(true);
    expect(check({ ...request, headers: { ...request.headers, "my-header": "a, b" } }).ok).toBe(false);
  });

  test("a header beyond ASCII is signed as UTF-8 and received as bytes", async () => {
    const request = await signed("s3", { method: "GET", path: "/", headers: { "x-amz-meta-name": "Zoë €" } });
    const received = Buffer.from("Zoë €", "utf8").toString("latin1");
    expect(check({ ...request, headers: { ...request.headers, "x-amz-meta-name": received } }).ok).toBe(true);
  });

  test("S3 takes a path whose encoding is not the standard one", async () => {
    const request = await signed("s3", { method: "GET", path: "/bucket/a%28b%29%20c" });
    expect(check({ ...request, path: "/bucket/a(b)%20c" }).ok).toBe(true);
    expect(check({ ...request, path: "/bucket/a(b)%20d" }).ok).toBe(false);
  });

  test("the Date header stands in for x-amz-date", () => {
    const request: SignedRequest = {
      method: "GET",
      path: "/",
      query: "",
      headers: {
        host: "host.foo.com",
        date: "Mon, 09 Sep 2011 23:36:00 GMT",
        authorization:
          "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20110909/us-east-1/host/aws4_request, SignedHeaders=date;host, Signature=b27ccfbfa7df52a200ff74193ca6e32d4b48b8856fab7ebf1c595d0670a7e470",
      },
      body: Buffer.alloc(0),
    };
    expect(check(request, { nowMs: Date.parse("2011-09-09T23:36:00Z") })).toMatchObject({ ok: true });
  });

  test("the published example of an IAM request", () => {
    const request: SignedRequest = {
      method: "GET",
      path: "/",
      query: "Action=ListUsers&Version=2010-05-08",
      headers: {
        host: "iam.amazonaws.com",
        "content-type": "application/x-www-form-urlencoded; charset=utf-8",
        "x-amz-date": "20150830T123600Z",
        authorization:
          "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
      },
      body: Buffer.alloc(0),
    };
    expect(check(request, { nowMs: Date.parse("2015-08-30T12:36:00Z") })).toMatchObject({ ok: true });
  });

  test("the published example of a presigned S3 URL", () => {
    const request: SignedRequest = {
      method: "GET",
      path: "/test.txt",
      query:
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
      headers: { host: "examplebucket.s3.amazonaws.com" },
      body: Buffer.alloc(0),
    };
    expect(check(request, { key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", nowMs: Date.parse("2013-05-24T20:00:00Z") })).toMatchObject({
      ok: true,
    });
  });
});

const longText =
  "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

describe("a request that was altered", () => {
  const original: UnsignedRequest = {
    method: "POST",
    path: "/2015-03-31/functions",
    query: { Qualifier: "v1" },
    headers: { "x-amz-meta": "m" },
    body: Buffer.from('{"FunctionName":"f"}'),
  };

  test("is refused whichever of its bytes changed", async () => {
    const request = await signed("lambda", original);
    expect(check(request).ok).toBe(true);
    const flip = (text: string, at: number): string => text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
    const altered: SignedRequest[] = [
      ...Array.from({ length: request.path.length - 1 }, (_, i) => ({ ...request, path: flip(request.path, i + 1) })),
      ...Array.from({ length: request.query.length }, (_, i) => ({ ...request, query: flip(request.query, i) })),
      ...[...request.body].map((byte, i) => ({ ...request, body: Buffer.from(request.body.map((b, j) => (i === j ? byte ^ 1 : b))) })),
      ...["host", "x-amz-meta"].map((name) => ({ ...request, headers: { ...request.headers, [name]: "other" } })),
      { ...request, method: "PUT" },
      {
        ...request,
        headers: { ...request.headers, authorization: request.headers.authorization?.replace(/.$/, (last) => (last === "0" ? "1" : "0")) },
      },
    ];
    for (const one of altered) expect(check(one)).toEqual({ ok: false, failure: { kind: "signature-mismatch", message: longText } });
  });

  test("is refused under another secret, region, service or session token", async () => {
    const request = await signed("lambda", original, { sessionToken: "token" });
    expect(check(request, { key: `${secret}x` }).ok).toBe(false);
    for (const [from, to] of [
      ["eu-central-1", "us-east-1"],
      ["/lambda/", "/iam/"],
    ] as const) {
      expect(
        check({ ...request, headers: { ...request.headers, authorization: request.headers.authorization?.replace(from, to) } }).ok,
      ).toBe(false);
    }
    expect(check({ ...request, headers: { ...request.headers, "x-amz-security-token": "other" } }).ok).toBe(false);
  });

  test("is refused with an x-amz- header or a host that nobody signed", async () => {
    const request = await signed("lambda", original);
    expect(check({ ...request, headers: { ...request.headers, "x-amz-invocation-type": "Event" } })).toEqual({
      ok: false,
      failure: { kind: "unsigned-headers", message: "'x-amz-invocation-type' must be a 'SignedHeader' in the AWS Authorization." },
    });
    const authorization = request.headers.authorization?.replace("host;", "");
    expect(check({ ...request, headers: { ...request.headers, authorization } })).toMatchObject({
      failure: { message: "'Host' must be a 'SignedHeader' in the AWS Authorization." },
    });
  });

  test("is refused when its body is not the one whose hash was signed", async () => {
    const request = await signed("s3", original);
    expect(check({ ...request, body: Buffer.from("else") })).toEqual({
      ok: false,
      failure: { kind: "payload-mismatch", message: "The provided 'x-amz-content-sha256' header does not match what was computed." },
    });
  });

  test("may have any body if the client signed UNSIGNED-PAYLOAD", async () => {
    const request = await signed("s3", { ...original, headers: { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } });
    expect(check({ ...request, body: Buffer.from("else") }).ok).toBe(true);
  });
});

describe("time", () => {
  const minute = 60_000;
  const now = signedAt.getTime();

  test("a clock may differ by five minutes, either way", async () => {
    const request = await signed("lambda", requests["a plain GET"]!);
    expect(check(request, { nowMs: now + 5 * minute }).ok).toBe(true);
    expect(check(request, { nowMs: now - 5 * minute }).ok).toBe(true);
    expect(check(request, { nowMs: now + 5 * minute + 1000 })).toEqual({
      ok: false,
      failure: {
        kind: "signature-expired",
        message: "Signature expired: 20261123T150000Z is now earlier than 20261123T150001Z (20261123T150501Z - 5 min.)",
      },
    });
    expect(check(request, { nowMs: now - 5 * minute - 1000 })).toEqual({
      ok: false,
      failure: {
        kind: "signature-not-yet-current",
        message: "Signature not yet current: 20261123T150000Z is still later than 20261123T145959Z (20261123T145459Z + 5 min.)",
      },
    });
  });

  test("a presigned URL lasts as long as it says", async () => {
    const request = await presigned("lambda", requests["a plain GET"]!, { expiresIn: 3600 });
    expect(check(request, { nowMs: now + 60 * minute }).ok).toBe(true);
    expect(check(request, { nowMs: now + 60 * minute + 1 })).toMatchObject({ failure: { kind: "signature-expired" } });
  });
});

test("a verifier with cached keys takes the same requests and refuses the same", async () => {
  const verifier = createSignatureVerifier();
  const request = await signed("lambda", requests["a JSON body"]!);
  const read = readSignature(request);
  if (read.outcome !== "signed") throw new Error("not signed");
  for (let i = 0; i < 2; i++) {
    expect(verifier.verify(read.signature, request, secret, signedAt.getTime()).ok).toBe(true);
    expect(verifier.verify(read.signature, request, "other", signedAt.getTime()).ok).toBe(false);
  }
});

test("nothing that a client can send makes it fail otherwise", () => {
  const text = fc.string({ unit: "binary", maxLength: 40 });
  const credential = fc.oneof(text, fc.constant("AKID/20261123/r/s3/aws4_request"));
  const date = fc.oneof(text, fc.constant("20261123T150000Z"));
  const hex = fc.oneof(text, fc.constant("0".repeat(64)));
  const form = fc.option(
    fc.oneof(text, fc.constantFrom("UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER")),
    { nil: undefined },
  );
  const request = fc
    .record({ credential, date, hex, form, names: text, path: text, extra: text, presigned: fc.boolean(), body: fc.uint8Array() })
    .map((r): SignedRequest => {
      const query = `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${r.credential}&X-Amz-Date=${r.date}&X-Amz-SignedHeaders=host;${r.names}&X-Amz-Signature=${r.hex}&${r.extra}`;
      const authorization = `AWS4-HMAC-SHA256 Credential=${r.credential}, SignedHeaders=host;${r.names}, Signature=${r.hex}`;
      return {
        method: "POST",
        path: `/${r.path}`,
        query: r.presigned ? query : r.extra,
        headers: {
          host: "h",
          "x-other": r.extra,
          ...(r.form !== undefined && { "x-amz-content-sha256": r.form }),
          ...(!r.presigned && { authorization, "x-amz-date": r.date }),
        },
        body: Buffer.from(r.body),
      };
    });
  fc.assert(
    fc.property(request, (one) => {
      const read = readSignature(one);
      const verified = read.outcome === "signed" && verifySignature(read.signature, one, secret, signedAt.getTime()).ok;
      expect(verified).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
