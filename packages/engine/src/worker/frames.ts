import type { Duplex } from "node:stream";
import { deserialize, serialize } from "node:v8";

/** A connection on which whole messages travel, in order. */
export interface MessageChannel<Out, In> {
  send(message: Out): void;
  /** Called for each message that arrives; set before the next turn of the event loop. */
  onMessage: (message: In) => void;
  /** Resolves when the connection is over, for whatever reason. */
  readonly closed: Promise<void>;
  end(): void;
}

const lengthBytes = 4;

/**
 * Messages over a stream of bytes: the length, then the message as V8 serializes it, which keeps buffers as they are and knows nothing of functions or handles.
 * Both ends are Mayfly's own and of one version.
 */
export function openChannel<Out, In>(stream: Duplex): MessageChannel<Out, In> {
  const channel: MessageChannel<Out, In> = {
    send(message) {
      if (stream.destroyed || stream.writableEnded) return;
      const body = serialize(message);
      const length = Buffer.allocUnsafe(lengthBytes);
      length.writeUInt32BE(body.length);
      stream.cork();
      stream.write(length);
      stream.write(body);
      stream.uncork();
    },
    onMessage: () => {},
    closed: new Promise((resolve) => {
      stream.once("close", () => resolve());
      stream.once("error", () => stream.destroy());
    }),
    end: () => void stream.end(),
  };
  readFrames(stream, (body) => channel.onMessage(deserialize(body) as In));
  return channel;
}

/** A message may come in many pieces; they are put together once it is whole. */
function readFrames(stream: Duplex, onFrame: (body: Buffer) => void): void {
  let pieces: Buffer[] = [];
  let have = 0;
  let needed: number | undefined;

  const take = (bytes: number): Buffer => {
    const all = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces, have);
    pieces = all.length > bytes ? [all.subarray(bytes)] : [];
    have -= bytes;
    return all.subarray(0, bytes);
  };

  stream.on("data", (data: Buffer) => {
    pieces.push(data);
    have += data.length;
    for (;;) {
      if (needed === undefined) {
        if (have < lengthBytes) return;
        needed = take(lengthBytes).readUInt32BE();
      }
      if (have < needed) return;
      const body = take(needed);
      needed = undefined;
      onFrame(body);
    }
  });
}
