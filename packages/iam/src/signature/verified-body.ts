import { createHash, type Hash } from "node:crypto";
import type { SignatureChain } from "./chunked-body.ts";
import { bodyMismatch, mismatch } from "./failures.ts";
import type { SignatureFailure } from "./types.ts";

/** How a body is checked while it arrives. */
export type BodyCheck =
  | { readonly kind: "none" }
  | { readonly kind: "hash"; readonly sha256Hex: string }
  | { readonly kind: "chunked"; readonly chain: SignatureChain | undefined; readonly signed: boolean; readonly trailer: boolean };

/** A body is not what its head promised. */
export class UnverifiedBody extends Error {
  override readonly name = "UnverifiedBody";
  readonly failure: SignatureFailure | "incomplete" | "malformed-trailer";

  constructor(failure: UnverifiedBody["failure"]) {
    super("The body is not what was signed.");
    this.failure = failure;
  }
}

/**
 * What a body holds, as it arrives. Whoever reads may use nothing of it before the end was reached: only then is all of it known to be what was signed.
 * @param trailers is given the headers that come after the body
 * @throws UnverifiedBody
 */
export function readVerified(source: AsyncIterable<Buffer>, check: BodyCheck, trailers: Record<string, string>): AsyncIterable<Buffer> {
  if (check.kind === "none") return source;
  return check.kind === "hash" ? hashed(source, check.sha256Hex) : unchunked(source, check, trailers);
}

async function* hashed(source: AsyncIterable<Buffer>, sha256Hex: string): AsyncGenerator<Buffer> {
  const hash = createHash("sha256");
  for await (const bytes of source) {
    hash.update(bytes);
    yield bytes;
  }
  if (hash.digest("hex") !== sha256Hex) throw new UnverifiedBody(bodyMismatch);
}

const chunkHeader = /^([0-9a-fA-F]{1,16})(?:;chunk-signature=([0-9a-f]{64}))?$/;
const maxLineBytes = 8_192;
const maxTrailerCount = 32;

/** Takes aws-chunked apart, without keeping a chunk. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html */
async function* unchunked(
  source: AsyncIterable<Buffer>,
  { chain, signed, trailer }: Extract<BodyCheck, { kind: "chunked" }>,
  trailers: Record<string, string>,
): AsyncGenerator<Buffer> {
  const input = new PulledBytes(source);
  for (;;) {
    const [, size, signature] = chunkHeader.exec(await input.line()) ?? [];
    if (size === undefined) throw new UnverifiedBody("incomplete");
    let left = Number.parseInt(size, 16);
    const isLast = left === 0;
    const hash: Hash | undefined = signed ? createHash("sha256") : undefined;
    while (left > 0) {
      const bytes = await input.some(left);
      hash?.update(bytes);
      left -= bytes.length;
      yield bytes;
    }
    if (hash !== undefined && !chain?.isNextHash(hash.digest("hex"), signature)) throw new UnverifiedBody(mismatch);
    if (isLast) break;
    if ((await input.line()) !== "") throw new UnverifiedBody("incomplete");
  }
  const read = await readTrailers(input);
  const { "x-amz-trailer-signature": signature, ...others } = read;
  if (signed && trailer && !chain?.isTrailer(others, signature)) throw new UnverifiedBody(mismatch);
  Object.assign(trailers, others);
}

async function readTrailers(input: PulledBytes): Promise<Record<string, string>> {
  const trailers: Record<string, string> = {};
  for (let count = 0; ; count++) {
    const line = await input.lineIfAny();
    if (line === undefined || line === "") return trailers;
    const colon = line.indexOf(":");
    if (colon <= 0 || count >= maxTrailerCount) throw new UnverifiedBody("malformed-trailer");
    trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
}

/** Bytes taken from a source as they are wanted. */
class PulledBytes {
  #rest: Buffer = Buffer.alloc(0);
  readonly #source: AsyncIterator<Buffer>;

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async #pull(): Promise<boolean> {
    const { done, value } = await this.#source.next();
    if (done) return false;
    this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
    return true;
  }

  /** At least one byte, at most so many. */
  async some(count: number): Promise<Buffer> {
    if (this.#rest.length === 0 && !(await this.#pull())) throw new UnverifiedBody("incomplete");
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(taken.length);
    return taken;
  }

  /** Without its end. */
  async line(): Promise<string> {
    const line = await this.lineIfAny();
    if (line === undefined) throw new UnverifiedBody("incomplete");
    return line;
  }

  async lineIfAny(): Promise<string | undefined> {
    for (;;) {
      const end = this.#rest.indexOf("\r\n");
      if (end !== -1 && end <= maxLineBytes) {
        const line = this.#rest.toString("latin1", 0, end);
        this.#rest = this.#rest.subarray(end + 2);
        return line;
      }
      if (end !== -1 || this.#rest.length > maxLineBytes) throw new UnverifiedBody("incomplete");
      if (!(await this.#pull())) {
        if (this.#rest.length === 0) return undefined;
        throw new UnverifiedBody("incomplete");
      }
    }
  }
}
