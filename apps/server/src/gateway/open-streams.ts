import type { ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { EventStreamBody } from "@mayfly/wire";

/** The answers that are being sent for as long as something happens. */
export interface OpenStreams {
  /** Writes a stream at the client's pace, until it ends, the client goes away, or the server ends it. Never throws. */
  send(body: EventStreamBody, outgoing: ServerResponse): Promise<void>;
  /** Ends them all in good order: what stands behind them is about to go. */
  endAll(): void;
}

export function createOpenStreams(): OpenStreams {
  const open = new Set<EventStreamBody>();
  return {
    async send(body, outgoing) {
      open.add(body);
      // The client learns that it is answered though nothing may happen for a while.
      outgoing.flushHeaders();
      // Fails when the client goes away; the body is ended either way.
      await pipeline(Readable.from(body, { objectMode: false }), outgoing).catch(() => undefined);
      open.delete(body);
    },
    endAll() {
      for (const body of open) void body.return();
    },
  };
}
