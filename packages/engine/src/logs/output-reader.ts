import { engineLimits } from "../limits.ts";

/** One event of a process's output: a line, or a message that came framed. */
export interface OutputEvent {
  readonly bytes: Buffer;
  /** A framed message's. */
  readonly frame: { readonly rank: number; readonly timestampMs: number } | undefined;
}

/** Cuts a process's output into events; what is longer than an event may be comes in parts. */
export interface OutputReader {
  push(data: Buffer): void;
  /** Gives out at most so many events of what was pushed; false if nothing more can be given out yet. */
  read(mostEvents: number): boolean;
  /** Gives out what has come of an unfinished event. */
  flush(): void;
}

const newline = 10;
/**
 * How bootstraps write a message that is one event, be it of several lines: the frames of AWS's runtimes, on standard output itself. A type of 4 bytes, the
 * message's length in 4, microseconds in 8, the message; big-endian. The type's last byte is 4 times the level's rank (log-levels.ts; 0 for none) plus 2 for JSON
 * or 3 for text. Text in UTF-8 never holds these bytes. https://github.com/aws/aws-lambda-nodejs-runtime-interface-client/blob/main/src/LogPatch.js
 */
const frameMark = Buffer.from([0xa5, 0x5a, 0x00]);
const frameHeadBytes = 16;
const isFrameType = (byte: number | undefined): boolean => byte === undefined || ((byte & 2) === 2 && byte >> 2 <= 6);

/** Where a frame begins, or perhaps begins where the data end; the data's length if nowhere. */
function findFrame(data: Buffer, from: number): number {
  for (let at = data.indexOf(frameMark, from); at >= 0; at = data.indexOf(frameMark, at + 1)) if (isFrameType(data[at + 3])) return at;
  for (let bytes = Math.min(frameMark.length - 1, data.length - from); bytes > 0; bytes--) {
    if (data.compare(frameMark, 0, bytes, data.length - bytes) === 0) return data.length - bytes;
  }
  return data.length;
}

interface Frame {
  readonly rank: number;
  readonly timestampMs: number;
  missingBytes: number;
}

class Reader implements OutputReader {
  readonly #onEvent: (event: OutputEvent) => void;
  #data: Buffer = Buffer.alloc(0);
  #at = 0;
  #frameAt = 0;
  #frame: Frame | undefined;
  /** Of an unfinished event. */
  #pieces: Buffer[] = [];
  #pieceBytes = 0;
  #left = 0;

  constructor(onEvent: (event: OutputEvent) => void) {
    this.#onEvent = onEvent;
  }

  push(data: Buffer): void {
    this.#data = this.#at === this.#data.length ? data : Buffer.concat([this.#data.subarray(this.#at), data]);
    this.#at = 0;
    this.#frameAt = -1;
  }

  read(mostEvents: number): boolean {
    this.#left = mostEvents;
    while (this.#at < this.#data.length) {
      if (this.#left <= 0) return true;
      if (this.#frame !== undefined) this.#readBody(this.#frame);
      else {
        if (this.#frameAt < this.#at) this.#frameAt = findFrame(this.#data, this.#at);
        if (this.#frameAt > this.#at) this.#readLine();
        else if (!this.#readHead()) return false;
      }
    }
    return false;
  }

  flush(): void {
    // A frame's head that never came to its end.
    this.#keep(this.#data.subarray(this.#at));
    this.#at = this.#data.length;
    if (this.#pieceBytes > 0) this.#emit();
  }

  /** Reads up to the line's end or the frame, whichever comes first. */
  #readLine(): void {
    const end = this.#data.indexOf(newline, this.#at);
    if (end < 0 || end > this.#frameAt) {
      this.#keep(this.#data.subarray(this.#at, this.#frameAt));
      this.#at = this.#frameAt;
      return;
    }
    this.#keep(this.#data.subarray(this.#at, end));
    this.#at = end + 1;
    this.#emit();
  }

  #readHead(): boolean {
    const head = this.#data.subarray(this.#at, this.#at + frameHeadBytes);
    if (head.length < frameHeadBytes) return false;
    // A line that the message interrupts.
    if (this.#pieceBytes > 0) this.#emit();
    this.#at += frameHeadBytes;
    this.#frame = {
      rank: head[3]! >> 2,
      timestampMs: head.readUInt32BE(8) * 4_294_967.296 + head.readUInt32BE(12) / 1_000,
      missingBytes: head.readUInt32BE(4),
    };
    if (this.#frame.missingBytes === 0) this.#endFrame();
    return true;
  }

  #readBody(frame: Frame): void {
    const part = this.#data.subarray(this.#at, this.#at + frame.missingBytes);
    this.#at += part.length;
    frame.missingBytes -= part.length;
    this.#keep(part);
    if (frame.missingBytes === 0) this.#endFrame();
  }

  #endFrame(): void {
    this.#emit();
    this.#frame = undefined;
  }

  #keep(part: Buffer): void {
    let rest = part;
    while (this.#pieceBytes + rest.length > engineLimits.logLineBytes) {
      const taken = rest.subarray(0, engineLimits.logLineBytes - this.#pieceBytes);
      this.#pieces.push(taken);
      rest = rest.subarray(taken.length);
      this.#emit();
    }
    if (rest.length === 0) return;
    this.#pieces.push(rest);
    this.#pieceBytes += rest.length;
  }

  #emit(): void {
    const bytes = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#pieceBytes = 0;
    this.#left--;
    this.#onEvent({ bytes, frame: this.#frame });
  }
}

export const createOutputReader = (onEvent: (event: OutputEvent) => void): OutputReader => new Reader(onEvent);
