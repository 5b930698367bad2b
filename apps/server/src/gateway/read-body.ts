import type { IncomingMessage } from "node:http";
import type { BodyAccount } from "./receiving-budget.ts";

/** The body is larger than the operation allows; the rest of it was not kept. */
export class BodyTooLarge extends Error {
  override readonly name = "BodyTooLarge";
}

/** Bodies take all the memory that they may; the rest of this one was not kept. */
export class NoRoomForBody extends Error {
  override readonly name = "NoRoomForBody";
}

/** The client went away before its body was complete. */
export class BodyAborted extends Error {
  override readonly name = "BodyAborted";
}

/**
 * Reads a request's body.
 * @param limitBytes larger bodies are drained without being kept, so that the client can read the answer
 * @param account what is kept is taken from it
 * @throws BodyTooLarge, NoRoomForBody, BodyAborted
 */
export function readBody(request: IncomingMessage, limitBytes: number, account: BodyAccount): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let hasRoom = true;
    // Where the latest chunks begin that were not looked at for their size.
    let latest = 0;
    let length = 0;
    let count = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (++count > triflingCount && length < count * leastAverageBytes) request.destroy();
      hasRoom &&= account.take(chunk.length);
      chunks.push(chunk);
      if (length > limitBytes || !hasRoom) {
        chunks = [];
        latest = 0;
        account.close();
      } else if (chunks.length - latest >= gatheredCount) {
        gatherSmall(chunks, latest);
        latest = chunks.length;
      }
      if (length > limitBytes + maximumDrainBytes) request.destroy();
    });
    request.on("end", () => {
      if (length > limitBytes) reject(new BodyTooLarge());
      else if (!hasRoom) reject(new NoRoomForBody());
      else resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length));
    });
    request.on("error", () => reject(new BodyAborted()));
    request.on("close", () => {
      if (!request.complete) reject(length > limitBytes ? new BodyTooLarge() : new BodyAborted());
    });
  });
}

/** So many chunks are put together if they are small: as an object of its own each would cost a hundred times its bytes. */
const gatheredCount = 256;
const smallBytes = 1024;

/** Who sends more chunks than this of fewer bytes on the average wants to keep the server busy: each costs as much as thousands of bytes. */
const triflingCount = 4096;
const leastAverageBytes = 16;

function gatherSmall(chunks: Buffer[], from: number): void {
  const gathered = chunks.slice(from);
  const length = gathered.reduce((sum, chunk) => sum + chunk.length, 0);
  if (length <= gatheredCount * smallBytes) chunks.splice(from, gathered.length, Buffer.concat(gathered, length));
}

/** A client that sends more than this beyond the limit is cut off instead of being read to its end. */
const maximumDrainBytes = 64 * 1024 * 1024;
