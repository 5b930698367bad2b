import { engineLimits } from "../limits.ts";
import type { StreamLimits } from "../types.ts";
import type { ResponseTarget } from "./response-sink.ts";

/** How a response's bytes come to an end: as they should, or not. */
type End = { readonly error?: unknown };

/**
 * A response's bytes on their way from a function to whoever asked for it. Holds no more than a reader's slowness makes it hold: the writer is told to wait
 * when enough lies here, and when the function has used up what it may send in a time.
 */
export class ResponseStream implements ResponseTarget, AsyncIterable<Buffer> {
  /** Resolves with the content type once the function has begun to answer. */
  readonly begun: Promise<string>;
  readonly #begin: PromiseWithResolvers<string>;
  readonly #limits: StreamLimits;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #totalBytes = 0;
  /** What may still be sent at once; it grows again with time. */
  #allowance: number;
  #allowanceAt = performance.now();
  #end: End | undefined;
  #readerIsGone = false;
  #wakeReader: (() => void) | undefined;
  #wakeWriter: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(limits: StreamLimits = engineLimits.stream) {
    this.#limits = limits;
    this.#allowance = limits.burstBytes;
    this.#begin = Promise.withResolvers();
    this.begun = this.#begin.promise;
    this.begun.catch(() => {});
  }

  get limitBytes(): number {
    return this.#limits.totalBytes;
  }

  begin(contentType: string): void {
    this.#begin.resolve(contentType);
  }

  write(part: Buffer, goOn: () => void): boolean | "too-large" {
    if (this.#totalBytes + part.length > this.#limits.totalBytes) return "too-large";
    this.#totalBytes += part.length;
    this.#spend(part.length);
    if (!this.#readerIsGone) {
      this.#waiting.push(part);
      this.#waitingBytes += part.length;
      this.#wakeReader?.();
    }
    if (this.#isOpen()) return true;
    this.#wakeWriter = goOn;
    this.#wakeWhenAllowed();
    return false;
  }

  /** Takes an answer that came whole. */
  give(answer: Buffer): void {
    this.#waiting.push(answer);
    this.#waitingBytes += answer.length;
  }

  rest(): Buffer {
    return Buffer.alloc(0);
  }

  /** Nothing more will come. An error is for the reader: what came is not all there should be, and nobody can say why by a result. */
  end(error?: unknown): void {
    if (this.#end !== undefined) return;
    this.#end = error === undefined ? {} : { error };
    clearTimeout(this.#timer);
    if (error === undefined) this.#begin.resolve("application/json");
    else this.#begin.reject(error);
    this.#wakeReader?.();
  }

  /** To be read once. A reader that leaves, at whatever time, sets the writer free: the function goes on, as on AWS, and what it sends is dropped. */
  [Symbol.asyncIterator](): AsyncIterator<Buffer, void, undefined> {
    const parts = this.#read();
    return {
      next: () => parts.next(),
      // Not the generator's own: that does nothing for a reader that has not begun, and waits for the next part with one that waits.
      return: () => {
        this.#leave();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  async *#read(): AsyncGenerator<Buffer, void, undefined> {
    while (!this.#readerIsGone) {
      const part = this.#waiting.shift();
      if (part !== undefined) {
        this.#waitingBytes -= part.length;
        this.#wakeIfOpen();
        yield part;
        continue;
      }
      if (this.#end !== undefined) break;
      await new Promise<void>((resolve) => void (this.#wakeReader = resolve));
      this.#wakeReader = undefined;
    }
    if (!this.#readerIsGone && this.#end?.error !== undefined) throw this.#end.error;
  }

  #leave(): void {
    this.#readerIsGone = true;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#wakeIfOpen();
    this.#wakeReader?.();
  }

  #isOpen(): boolean {
    return this.#waitingBytes < this.#limits.waitingBytes && this.#allowance > 0;
  }

  #wakeIfOpen(): void {
    if (this.#wakeWriter === undefined) return;
    this.#spend(0);
    if (!this.#isOpen()) return;
    const wake = this.#wakeWriter;
    this.#wakeWriter = undefined;
    wake();
  }

  #spend(bytes: number): void {
    const now = performance.now();
    const grown = ((now - this.#allowanceAt) / 1_000) * this.#limits.bytesPerSecond;
    this.#allowance = Math.min(this.#allowance + grown, this.#limits.burstBytes) - bytes;
    this.#allowanceAt = now;
  }

  #wakeWhenAllowed(): void {
    if (this.#allowance > 0) return;
    clearTimeout(this.#timer);
    const waitMs = Math.ceil((1_000 * -this.#allowance) / this.#limits.bytesPerSecond) + 1;
    this.#timer = setTimeout(() => {
      this.#wakeIfOpen();
      if (this.#wakeWriter !== undefined) this.#wakeWhenAllowed();
    }, waitMs);
    this.#timer.unref();
  }
}
