import { createHash, createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { createSignatureVerifier, readVerified, UnverifiedBody, type SignedRequest } from "./index.ts";
import { asReceived, sdkSigner, toSdkRequest } from "./testing/requests.ts";

const secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const signedAt = new Date("2026-11-23T15:00:00Z");
const scope = "20261123/eu-central-1/s3/aws4_request";
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
const signingKey = ["20261123", "eu-central-1", "s3", "aws4_request"].reduce<Buffer | string>(hmac, `AWS4${secret}`) as Buffer;
const crc = { "x-amz-checksum-crc32": "NhCmhg==" };

interface Sent {
  readonly head: SignedRequest;
  readonly body: string;
}

/** A request as S3's clients send it, its body apart. */
async function send(form: string, chunks: readonly string[], trailers: Record<string, string> = {}): Promise<Sent> {
  const unsigned = toSdkRequest({
    method: "PUT",
    path: "/bucket/key",
    headers: { "x-amz-content-sha256": form, "content-encoding": "aws-chunked" },
  });
  const head = asReceived(await sdkSigner("s3").sign(unsigned, { signingDate: signedAt }));
  const isSigned = form.startsWith("STREAMING-AWS4");
  let previous = /Signature=(\w+)/.exec(head.headers.authorization ?? "")?.[1] ?? "";
  const sign = (kind: string, text: string): string =>
    (previous = hmac(signingKey, `${kind}\n20261123T150000Z\n${scope}\n${previous}\n${text}`).toString("hex"));
  let body = "";
  for (const chunk of [...chunks, ""]) {
    const signature = sign("AWS4-HMAC-SHA256-PAYLOAD", `${sha256("")}\n${sha256(chunk)}`);
    body += `${chunk.length.toString(16)}${isSigned ? `;chunk-signature=${signature}` : ""}\r\n${chunk}${chunk === "" ? "" : "\r\n"}`;
  }
  const lines = Object.entries(trailers).map(([name, value]) => `${name}:${value}`);
  body += lines.map((line) => `${line}\r\n`).join("");
  if (isSigned && form.endsWith("TRAILER")) {
    const signature = sign("AWS4-HMAC-SHA256-TRAILER", sha256(lines.map((line) => `${line}\n`).join("")));
    body += `x-amz-trailer-signature:${signature}\r\n`;
  }
  return { head, body: `${body}\r\n` };
}

/** Reads a body that arrives in pieces of so many bytes. */
async function read({ head, body }: Sent, pieceBytes: number): Promise<{ text: string; trailers: Record<string, string> }> {
  const verifier = createSignatureVerifier();
  const signature = verifier.read(head);
  if (signature.outcome !== "signed") throw new Error(signature.outcome);
  const verified = verifier.verifyHead(signature.signature, head, secret, signedAt.getTime());
  if (!verified.ok) throw new Error(verified.failure.message);
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let at = 0; at < body.length; at += pieceBytes) yield Buffer.from(body.slice(at, at + pieceBytes));
  }
  const trailers: Record<string, string> = {};
  const bytes: Buffer[] = [];
  for await (const piece of readVerified(pieces(), verified.bodyCheck, trailers)) bytes.push(piece);
  return { text: Buffer.concat(bytes).toString(), trailers };
}

const failureOf = (reading: Promise<unknown>): Promise<unknown> =>
  reading.then(
    () => "nothing",
    (error: unknown) =>
      error instanceof UnverifiedBody ? (typeof error.failure === "string" ? error.failure : error.failure.kind) : error,
  );

const streaming = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

test.each([1, 7, 1_000_000])(
  "chunks, signed or not, give what they hold, in whatever pieces of %i bytes they arrive",
  async (pieceBytes) => {
    for (const form of [streaming, `${streaming}-TRAILER`, "STREAMING-UNSIGNED-PAYLOAD-TRAILER"]) {
      const trailers = form.endsWith("TRAILER") ? crc : {};
      expect(await read(await send(form, ["hello", "w".repeat(300)], trailers), pieceBytes)).toEqual({
        text: `hello${"w".repeat(300)}`,
        trailers,
      });
      expect(await read(await send(form, [], trailers), pieceBytes)).toEqual({ text: "", trailers });
    }
  },
);

test("an altered chunk, order or trailer is refused", async () => {
  const plain = await send(streaming, ["hello", "world"]);
  const trailed = await send(`${streaming}-TRAILER`, ["hello"], crc);
  const altered = [
    { ...plain, body: plain.body.replace("hello", "jello") },
    { ...plain, body: plain.body.replace(/;chunk-signature=\w+/, "") },
    { ...trailed, body: trailed.body.replace("NhCmhg==", "AAAAAA==") },
    { ...trailed, body: trailed.body.replace(/x-amz-trailer-signature.*\r\n/, "") },
  ];
  for (const sent of altered) expect(await failureOf(read(sent, 9))).toBe("signature-mismatch");
});

test("a body that ends too early, or is no chunks, is refused", async () => {
  const sent = await send("STREAMING-UNSIGNED-PAYLOAD-TRAILER", ["hello"]);
  for (const end of [0, 1, 3, 7, 9, 11]) expect(await failureOf(read({ ...sent, body: sent.body.slice(0, end) }, 4))).toBe("incomplete");
  for (const body of ["hello", `${"0".repeat(9_000)}5\r\nhello\r\n0\r\n\r\n`, "-5\r\nhello\r\n0\r\n\r\n", "5 \r\nhello\r\n"])
    expect(await failureOf(read({ ...sent, body }, 100))).toBe("incomplete");
});

test("a body is held to the hash that was said", async () => {
  const sent = await send(sha256("hello"), []);
  expect(await read({ ...sent, body: "hello" }, 2)).toEqual({ text: "hello", trailers: {} });
  expect(await failureOf(read({ ...sent, body: "jello" }, 2))).toBe("payload-mismatch");
  expect(await read({ ...(await send("UNSIGNED-PAYLOAD", [])), body: "any" }, 2)).toEqual({ text: "any", trailers: {} });
});
