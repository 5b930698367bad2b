/** Takes a body as it comes. */
export interface BodySink {
  /** How much may come after the body. */
  readonly trailerBytes: number;
  /** @returns false if nothing more may come until `goOn` is called */
  take(part: Buffer, goOn: () => void): boolean;
  /** All of it has come. */
  finish(trailers: ReadonlyMap<string, string>): void;
  /** The rest will never come. */
  abort(): void;
}

/** A body on its way to a sink, with what follows it. */
export class IncomingBody {
  readonly #sink: BodySink;
  readonly #trailers = new Map<string, string>();
  #trailerBytes = 0;
  #isHeld = false;

  constructor(sink: BodySink) {
    this.#sink = sink;
  }

  /** The sink wants no more for now. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  /** How many bytes a line after the body may still have. */
  get trailerRoom(): number {
    return this.#sink.trailerBytes - this.#trailerBytes;
  }

  take(part: Buffer, goOn: () => void): void {
    this.#isHeld = !this.#sink.take(part, () => {
      this.#isHeld = false;
      goOn();
    });
  }

  addTrailer(line: string): void {
    const colon = line.indexOf(":");
    this.#trailerBytes += line.length;
    this.#trailers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }

  finish(): void {
    this.#sink.finish(this.#trailers);
  }

  abort(): void {
    this.#sink.abort();
  }
}
