const maxPieces = 32;

/** Gathers bytes up to a mark, such as a line's end. What comes in pieces is looked through once, and many small pieces are put together. */
export class MarkedText {
  #pieces: Buffer[] = [];
  #bytes = 0;

  get isEmpty(): boolean {
    return this.#pieces.length === 0;
  }

  /** @returns the text before the mark and the bytes after it, or that there is no mark yet, or not within the limit */
  take(data: Buffer, mark: string, limit: number): { readonly text: string; readonly rest: Buffer } | "more" | "too-long" {
    const all = this.#pieces.length === 0 ? data : this.#join(data, mark);
    const end = all === undefined ? -1 : all.indexOf(mark);
    if (end > limit || (end < 0 && this.#bytes + data.length > limit)) return "too-long";
    if (all === undefined || end < 0) return this.#keep(data);
    this.#pieces = [];
    this.#bytes = 0;
    return { text: all.toString("latin1", 0, end), rest: all.subarray(end + mark.length) };
  }

  /** All in one, if the mark may end in the new piece. */
  #join(data: Buffer, mark: string): Buffer | undefined {
    const last = this.#pieces.at(-1)!;
    if (last.length >= mark.length - 1 && !Buffer.concat([last.subarray(1 - mark.length), data]).includes(mark)) return undefined;
    return Buffer.concat([...this.#pieces, data]);
  }

  #keep(data: Buffer): "more" {
    this.#pieces.push(data);
    this.#bytes += data.length;
    if (this.#pieces.length >= maxPieces) this.#pieces = [Buffer.concat(this.#pieces)];
    return "more";
  }
}
