/** Smaller pieces are copied together: as an object of its own each would cost the server a hundred times its bytes. Bytes. */
const blockBytes = 16_384;
/** So many pieces are kept as they come, whatever their size; a small body is never copied. */
const keptAsTheyCome = 8;

/** Pieces of a body in their order, in memory that stays in proportion to their bytes. */
export class Pieces {
  #pieces: Buffer[] = [];
  #block: Buffer | undefined;
  #used = 0;

  add(piece: Buffer): void {
    if (piece.length >= blockBytes || this.#pieces.length < keptAsTheyCome) {
      this.#close();
      this.#pieces.push(piece);
      return;
    }
    for (let rest = piece; rest.length > 0;) {
      this.#block ??= Buffer.allocUnsafeSlow(blockBytes);
      const taken = rest.copy(this.#block, this.#used);
      this.#used += taken;
      rest = rest.subarray(taken);
      if (this.#used === blockBytes) this.#close();
    }
  }

  /** All of them; there are none afterwards. */
  take(): readonly Buffer[] {
    this.#close();
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  #close(): void {
    if (this.#block !== undefined) this.#pieces.push(this.#block.subarray(0, this.#used));
    this.#block = undefined;
    this.#used = 0;
  }
}
