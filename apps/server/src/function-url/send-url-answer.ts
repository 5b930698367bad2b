import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { UrlAnswer, UrlStream } from "@mayfly/lambda";

/** Statuses whose answers have no body. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** Writes the answer of a function URL. Resolves when it is written, or the client is gone. */
export async function sendUrlAnswer(
  { status, headers, body }: UrlAnswer,
  requestId: string,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const head = [...withoutRequestId(headers), "x-amzn-RequestId", requestId];
  const wantsNone = incoming.method === "HEAD" || bodiless.has(status);
  if (Buffer.isBuffer(body)) {
    if (outgoing.destroyed) return;
    if (!bodiless.has(status)) head.push("Content-Length", String(body.length));
    outgoing.writeHead(status, head);
    outgoing.end(wantsNone ? undefined : body);
    return;
  }
  if (outgoing.destroyed || wantsNone) await leave(body);
  if (outgoing.destroyed) return;
  outgoing.writeHead(status, head);
  if (wantsNone) return void outgoing.end();
  // The client learns that it is answered though the function may not write for a while.
  outgoing.flushHeaders();
  await stream(body, outgoing);
}

/** Errors that wire rendered carry it already, in letters of their own. */
const withoutRequestId = (headers: readonly string[]): string[] =>
  headers.filter((_, index) => headers[index - (index % 2)]?.toLowerCase() !== "x-amzn-requestid");

/** The function goes on, and what it writes is dropped. */
const leave = async ({ parts }: UrlStream): Promise<void> => void (await parts[Symbol.asyncIterator]().return?.());

/** Writes at the client's pace. A response that broke off ends without the last chunk, so that the client sees that it did. */
async function stream({ parts, isWhole }: UrlStream, outgoing: ServerResponse): Promise<void> {
  try {
    await pipeline(Readable.from(parts, { objectMode: false }), outgoing, { end: false });
    if (await isWhole()) outgoing.end();
    else outgoing.socket?.destroySoon();
  } catch {
    // The client went away, or the server ends the function.
    outgoing.destroy();
  }
}
