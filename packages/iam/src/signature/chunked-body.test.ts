import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { readSignature, verifySignature, type SignedRequest, type VerifiedSignature } from "./index.ts";
import { asReceived, sdkSigner, toSdkRequest } from "./testing/requests.ts";

const secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const signedAt = new Date("2026-11-23T15:00:00Z");
const scope = "20261123/eu-central-1/s3/aws4_request";
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
const signingKey = ["20261123", "eu-central-1", "s3", "aws4_request"].reduce<Buffer | string>(hmac, `AWS4${secret}`) as Buffer;

/** Sends chunks as S3's documentation describes a client to do it. */
async function send(form: string, chunks: readonly string[], trailers: Record<string, string> = {}): Promise<SignedRequest> {
  const length = String(chunks.join("").length);
  const head = toSdkRequest({
    method: "PUT",
    path: "/bucket/key",
    headers: { "x-amz-content-sha256": form, "x-amz-decoded-content-length": length, "content-encoding": "aws-chunked" },
  });
  const request = asReceived(await sdkSigner("s3").sign(head, { signingDate: signedAt }));
  const isSigned = form.startsWith("STREAMING-AWS4");
  let previous = /Signature=(\w+)/.exec(request.headers.authorization ?? "")?.[1] ?? "";
  let body = "";
  for (const chunk of [...chunks, ""]) {
    previous = hmac(
      signingKey,
      `AWS4-HMAC-SHA256-PAYLOAD\n20261123T150000Z\n${scope}\n${previous}\n${sha256("")}\n${sha256(chunk)}`,
    ).toString("hex");
    body += `${chunk.length.toString(16)}${isSigned ? `;chunk-signature=${previous}` : ""}\r\n${chunk}${chunk === "" ? "" : "\r\n"}`;
  }
  for (const [name, value] of Object.entries(trailers)) body += `${name}:${value}\r\n`;
  if (isSigned && form.endsWith("TRAILER")) {
    const lines = Object.entries(trailers)
      .map(([name, value]) => `${name}:${value}\n`)
      .join("");
    body += `x-amz-trailer-signature:${hmac(signingKey, `AWS4-HMAC-SHA256-TRAILER\n20261123T150000Z\n${scope}\n${previous}\n${sha256(lines)}`).toString("hex")}\r\n`;
  }
  return { ...request, body: Buffer.from(`${body}\r\n`) };
}

function check(request: SignedRequest): VerifiedSignature {
  const read = readSignature(request);
  if (read.outcome !== "signed") throw new Error(JSON.stringify(read));
  return verifySignature(read.signature, request, secret, signedAt.getTime());
}

const withBody = (request: SignedRequest, change: (body: string) => string): SignedRequest => ({
  ...request,
  body: Buffer.from(change(request.body.toString())),
});

test("signed chunks give the body that they hold", async () => {
  const request = await send("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", ["a".repeat(70_000), "b".repeat(10)]);
  const verified = check(request);
  expect(verified.ok && verified.body.toString()).toBe("a".repeat(70_000) + "b".repeat(10));
});

test("an empty body is a single last chunk", async () => {
  const verified = check(await send("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", []));
  expect(verified.ok && verified.body.length).toBe(0);
});

test("trailers come back, signed or not", async () => {
  for (const form of ["STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"]) {
    const verified = check(await send(form, ["hello"], { "x-amz-checksum-crc32": "NhCmhg==" }));
    expect(verified).toMatchObject({ ok: true, trailers: { "x-amz-checksum-crc32": "NhCmhg==" } });
    expect(verified.ok && verified.body.toString()).toBe("hello");
  }
});

test("an altered chunk, order or trailer is refused", async () => {
  const plain = await send("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", ["hello", "world"]);
  const trailed = await send("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", ["hello"], { "x-amz-checksum-crc32": "NhCmhg==" });
  const altered = [
    withBody(plain, (body) => body.replace("hello", "jello")),
    withBody(plain, (body) => body.replace("hello", "world").replace(/world(?=\r\n0)/, "hello")),
    withBody(plain, (body) => body.replace(/;chunk-signature=\w+/, "")),
    withBody(trailed, (body) => body.replace("NhCmhg==", "AAAAAA==")),
    withBody(trailed, (body) => body.replace(/x-amz-trailer-signature.*\r\n/, "")),
  ];
  for (const request of altered) expect(check(request)).toMatchObject({ ok: false, failure: { kind: "signature-mismatch" } });
});

test("a body that ends too early is refused", async () => {
  const request = await send("STREAMING-UNSIGNED-PAYLOAD-TRAILER", ["hello"]);
  for (const end of [0, 1, 3, 7, 9])
    expect(check({ ...request, body: request.body.subarray(0, end) })).toMatchObject({ ok: false, failure: { kind: "payload-mismatch" } });
  expect(check(withBody(request, (body) => body.replace("5\r\nhello\r\n", "")))).toMatchObject({
    ok: false,
    failure: { kind: "payload-mismatch" },
  });
});
