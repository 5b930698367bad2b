import { timingSafeEqual } from "node:crypto";
import { sha256Hash } from "./canonical.ts";
import { mismatch } from "./failures.ts";
import type { HmacKey } from "./hmac-key.ts";
import type { ParsedSignature, SignatureFailure, SignedRequest, VerifiedSignature } from "./types.ts";

const lineEnd = Buffer.from("\r\n");
const chunkHeader = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/;
const maxHeaderBytes = 8_192;
const emptyHash = sha256Hash("");

const terminated: SignatureFailure = { kind: "payload-mismatch", message: "The request body terminated unexpectedly" };

/**
 * Takes an aws-chunked body apart and checks each chunk's signature, which covers the one before it, and the trailer's.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @param parsed whose own signature, the first of the chain, has been checked
 */
export function openChunkedBody(parsed: ParsedSignature, request: SignedRequest, signingKey: HmacKey): VerifiedSignature {
  if (parsed.payload.kind !== "chunked") return { ok: true, body: request.body, trailers: {} };
  const chain = new SignatureChain(parsed, signingKey);
  const { signed, trailer } = parsed.payload;
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const header = lineAt(request.body, at);
    const [, size, signature] = header === undefined ? [] : (chunkHeader.exec(header.text) ?? []);
    if (header === undefined || size === undefined) return refused(terminated);
    const end = header.end + Number.parseInt(size, 16);
    const chunk = request.body.subarray(header.end, end);
    if (signed && !chain.isNextChunk(chunk, signature)) return refused(mismatch);
    at = end;
    if (chunk.length === 0) break;
    if (!request.body.subarray(end, end + 2).equals(lineEnd)) return refused(terminated);
    at += 2;
    chunks.push(chunk);
  }
  return closeBody(chunks, trailer ? readTrailers(request.body, at) : {}, { request, chain, signed, trailer });
}

interface Closing {
  readonly request: SignedRequest;
  readonly chain: SignatureChain;
  readonly signed: boolean;
  readonly trailer: boolean;
}

function closeBody(chunks: readonly Buffer[], trailers: Record<string, string>, closing: Closing): VerifiedSignature {
  const { "x-amz-trailer-signature": signature, ...others } = trailers;
  if (closing.signed && closing.trailer && !closing.chain.isTrailer(others, signature)) return refused(mismatch);
  const body = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
  const declared = closing.request.headers["x-amz-decoded-content-length"];
  if (declared !== undefined && Number(declared) !== body.length) return refused(terminated);
  return { ok: true, body, trailers: others };
}

const refused = (failure: SignatureFailure): VerifiedSignature => ({ ok: false, failure });

/** Each signature covers the one before it. */
export class SignatureChain {
  #previous: string;
  readonly #scope: string;
  readonly #key: HmacKey;

  constructor(parsed: ParsedSignature, key: HmacKey) {
    this.#previous = parsed.signature;
    this.#scope = `${parsed.timestamp}\n${parsed.scopeDate}/${parsed.region}/${parsed.service}/aws4_request`;
    this.#key = key;
  }

  isNextChunk(chunk: Buffer, signature: string | undefined): boolean {
    return this.isNextHash(sha256Hash(chunk), signature);
  }

  /** The same of a chunk that went by already. */
  isNextHash(chunkSha256Hex: string, signature: string | undefined): boolean {
    return this.#isNext(`AWS4-HMAC-SHA256-PAYLOAD\n${this.#scope}\n${this.#previous}\n${emptyHash}\n${chunkSha256Hex}`, signature);
  }

  isTrailer(trailers: Readonly<Record<string, string>>, signature: string | undefined): boolean {
    const text = Object.entries(trailers)
      .map(([name, value]) => `${name}:${value}\n`)
      .join("");
    return this.#isNext(`AWS4-HMAC-SHA256-TRAILER\n${this.#scope}\n${this.#previous}\n${sha256Hash(text)}`, signature);
  }

  #isNext(stringToSign: string, signature: string | undefined): boolean {
    const expected = Buffer.from(this.#key.sign(stringToSign), "hex");
    const given = Buffer.from(signature ?? "", "hex");
    this.#previous = signature ?? "";
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

function readTrailers(body: Buffer, from: number): Record<string, string> {
  const trailers: Record<string, string> = {};
  let line = lineAt(body, from);
  while (line !== undefined && line.text !== "") {
    const colon = line.text.indexOf(":");
    if (colon > 0) trailers[line.text.slice(0, colon).trim().toLowerCase()] = line.text.slice(colon + 1).trim();
    line = lineAt(body, line.end);
  }
  return trailers;
}

function lineAt(body: Buffer, from: number): { readonly text: string; readonly end: number } | undefined {
  const end = body.indexOf(lineEnd, from);
  if (end === -1 || end - from > maxHeaderBytes) return undefined;
  return { text: body.toString("latin1", from, end), end: end + 2 };
}
