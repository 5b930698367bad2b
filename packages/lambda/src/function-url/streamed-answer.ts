import type { StreamedResponse } from "@mayfly/engine";
import { readHead, type GivenHead, type HeadOptions } from "./answer-head.ts";
import { httpIntegrationType, splitPrelude } from "./prelude.ts";
import type { UrlAnswer, UrlStream } from "./types.ts";

/** How large a prelude may be. */
interface PreludeLimits {
  readonly urlPreludeBytes: number;
}

/**
 * Makes an answer of a response while it comes. Waits for its first bytes, so that a function that fails before them is answered as such.
 * @returns undefined if the function failed, or begins with what is no prelude
 */
export async function streamedAnswer(
  { contentType, body, result }: StreamedResponse,
  options: HeadOptions,
  { urlPreludeBytes }: PreludeLimits,
): Promise<UrlAnswer | undefined> {
  const parts = body[Symbol.asyncIterator]();
  const isWhole = async (): Promise<boolean> => (await result).functionError === undefined;
  const refuse = async (): Promise<undefined> => void (await parts.return?.());
  const begin = contentType === httpIntegrationType ? await readToBody(parts, urlPreludeBytes) : await readFirst(parts);
  if (begin === undefined) return refuse();
  if (begin.isOver && !(await isWhole())) return undefined;
  const type = contentType === httpIntegrationType || contentType === "" ? "application/octet-stream" : contentType;
  const head = readHead(begin.head, { ...options, contentType: type });
  if (head === undefined) return refuse();
  return { ...head, body: { parts: continued(begin.rest, parts), isWhole } satisfies UrlStream };
}

/** How a response begins. */
interface Begin {
  readonly head: GivenHead;
  /** The first bytes of the body. */
  readonly rest: Buffer;
  /** It ended before there was any more. */
  readonly isOver: boolean;
}

const nothing: Buffer = Buffer.alloc(0);

async function readFirst(parts: AsyncIterator<Buffer>): Promise<Begin> {
  const { done, value } = await parts.next();
  return { head: {}, rest: done ? nothing : value, isOver: done === true };
}

async function readToBody(parts: AsyncIterator<Buffer>, limitBytes: number): Promise<Begin | undefined> {
  let gathered = nothing;
  for (;;) {
    const { done, value } = await parts.next();
    // Over without a prelude: it failed, or had nothing to say.
    if (done) return gathered.length === 0 ? { head: {}, rest: nothing, isOver: true } : undefined;
    gathered = Buffer.concat([gathered, value]);
    const split = splitPrelude(gathered);
    if (split !== undefined) return split.head && { head: split.head, rest: split.rest, isOver: false };
    if (gathered.length > limitBytes) return undefined;
  }
}

/** No generator: whoever wants nothing of the body leaves it before it has begun, and must set the function free all the same. */
function continued(first: Buffer, parts: AsyncIterator<Buffer>): AsyncIterable<Buffer> {
  let waiting = first.length > 0 ? first : undefined;
  const iterator: AsyncIterator<Buffer> = {
    next() {
      if (waiting === undefined) return parts.next();
      const value = waiting;
      waiting = undefined;
      return Promise.resolve({ done: false, value });
    },
    async return() {
      await parts.return?.();
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}
