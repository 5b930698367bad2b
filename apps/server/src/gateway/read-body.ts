import type { IncomingMessage } from "node:http";

/** The body is larger than the operation allows; the rest of it was not kept. */
export class BodyTooLarge extends Error {
  override readonly name = "BodyTooLarge";
}

/** The client went away before its body was complete. */
export class BodyAborted extends Error {
  override readonly name = "BodyAborted";
}

/**
 * Reads a request's body.
 * @param limitBytes larger bodies are drained without being kept, so that the client can read the answer
 * @throws BodyTooLarge, BodyAborted
 */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limitBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (length > limitBytes + maximumDrainBytes) request.destroy();
    });
    request.on("end", () => {
      if (length > limitBytes) reject(new BodyTooLarge());
      else resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length));
    });
    request.on("error", () => reject(new BodyAborted()));
    request.on("close", () => {
      if (!request.complete) reject(length > limitBytes ? new BodyTooLarge() : new BodyAborted());
    });
  });
}

/** A client that sends more than this beyond the limit is cut off instead of being read to its end. */
const maximumDrainBytes = 64 * 1024 * 1024;
