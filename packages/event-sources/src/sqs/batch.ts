import type { Slot } from "../engine/slots.ts";
import type { QueueRecord } from "./event-record.ts";

/** A message that is to be given to the function. */
export interface Item {
  readonly record: QueueRecord;
  readonly json: string;
  readonly bytes: number;
  /** How long it is ours is counted from here on. Monotonic. */
  readonly receivedAtMs: number;
  /** The X-Ray header that came with it, and how often the function is in its chain. */
  readonly traceHeader: string | undefined;
  readonly loops: number;
}

const head = '{"Records":[';
const tail = "]}";

/** Messages that are given to the function together. */
export class Batch {
  readonly items: Item[] = [];
  #bytes = head.length + tail.length;

  /** What is to be run after it, if nothing of this one is to come again: messages of a FIFO queue that did not fit. */
  next: Batch | undefined;

  /** What the batch counts as while it is gathered and under way. */
  readonly slot: Slot;

  constructor(slot: Slot) {
    this.slot = slot;
  }

  hasRoomFor(item: Item, { count, bytes }: { readonly count: number; readonly bytes: number }): boolean {
    return this.items.length < count && this.#bytes + item.bytes + 1 <= bytes;
  }

  /** What is held in memory for it, and for what is to be run after it. */
  get heldBytes(): number {
    return this.items.reduce((sum, { bytes }) => sum + bytes, this.next?.heldBytes ?? 0);
  }

  add(item: Item): void {
    this.items.push(item);
    this.#bytes += item.bytes + 1;
  }

  get payload(): Buffer {
    return Buffer.from(`${head}${this.items.map(({ json }) => json).join(",")}${tail}`);
  }

  get receivedAtMs(): number {
    return Math.min(...this.items.map((item) => item.receivedAtMs));
  }

  /** The chain that the batch goes on with: of several, the one that is nearest to its end. */
  get traceHeader(): string | undefined {
    let chosen: Item | undefined;
    for (const item of this.items) {
      if (item.traceHeader !== undefined && (chosen === undefined || item.loops > chosen.loops)) chosen = item;
    }
    return chosen?.traceHeader;
  }
}
