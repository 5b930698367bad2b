import type { Slot, Slots } from "../engine/slots.ts";
import { Batch, type Item } from "./batch.ts";

/** Puts messages together. */
export interface Gathering {
  /** A batch is being gathered that is not full: what is received next needs no place of its own. */
  readonly isOpen: boolean;
  /** Takes messages, and a place for a batch if whoever received them had one. Resolves when all are part of a batch. */
  add(items: readonly Item[], slot: Slot | undefined): Promise<void>;
  /** What was gathered so far is a batch. */
  flush(): void;
}

/** What bounds a batch, and what is done with it. */
export interface GatheringOptions {
  readonly size: { readonly count: number; readonly bytes: number };
  /** How long messages are gathered from the first one on; 0: what is received at a time is a batch. */
  readonly windowMs: number;
  /** What was received at a time and is too much for a batch is run one batch after the other. */
  readonly isInTurn: boolean;
  readonly slots: Slots;
  readonly launch: (batch: Batch) => void;
  /** Is told of messages that are part of no batch, because the mapping is being left. */
  readonly forgo: (items: readonly Item[]) => void;
  readonly signal: AbortSignal;
}

export function createGathering({ size, windowMs, isInTurn, slots, launch, forgo, signal }: GatheringOptions): Gathering {
  let first: Batch | undefined;
  let current: Batch | undefined;
  let timer: NodeJS.Timeout | undefined;
  let adding = Promise.resolve();

  function flush(): void {
    clearTimeout(timer);
    const batch = first;
    first = current = undefined;
    if (batch !== undefined) launch(batch);
  }

  async function begin(slot: Slot | undefined): Promise<Batch | undefined> {
    const own = slot ?? (await slots.enter(signal));
    if (own === undefined) return undefined;
    if (windowMs > 0 && !signal.aborted) timer = setTimeout(flush, windowMs);
    return (first = current = new Batch(own));
  }

  /** A FIFO queue's window is always zero, so that nothing is gathered beyond what was received at a time. */
  function goOn(): void {
    if (current === undefined) return;
    if (!isInTurn) return flush();
    current.next = new Batch(current.slot);
    current = current.next;
  }

  async function addAll(items: readonly Item[], slot: Slot | undefined): Promise<void> {
    let spare = slot;
    for (const [index, item] of items.entries()) {
      if (current?.hasRoomFor(item, size) === false) goOn();
      if (current === undefined) {
        const batch = await begin(spare);
        spare = undefined;
        // The mapping is being left: what is in no batch by now stays with the queue.
        if (batch === undefined) return forgo(items.slice(index));
      }
      current?.add(item);
      if (!isInTurn && current !== undefined && current.items.length >= size.count) flush();
    }
    spare?.leave();
    if (windowMs === 0 || signal.aborted) flush();
  }

  return {
    get isOpen() {
      return current !== undefined;
    },
    add(items, slot) {
      adding = adding.then(() => addAll(items, slot));
      return adding;
    },
    flush,
  };
}
