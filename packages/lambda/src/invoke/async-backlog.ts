import type { AsyncEventRow, AsyncEventStore } from "@mayfly/db";

/** Events on disk that memory does not know of yet, because there were too many or the server had just started. */
export interface Backlog {
  /** True while there may be any. */
  readonly pending: boolean;
  /** Notes an event that was stored and not taken into memory. */
  skipped(event: { readonly acceptedAtMs: number }): void;
  /** Notes an event that is done, so that a read under way does not bring it back. */
  finished(id: string): void;
  /** Reads the next ones, if there are any and no read is under way; then calls back. */
  read(then: () => void): void;
}

interface Position {
  readonly acceptedAtMs: number;
  readonly id: string;
}

const isBefore = (a: Position, b: Position): boolean =>
  a.acceptedAtMs < b.acceptedAtMs || (a.acceptedAtMs === b.acceptedAtMs && a.id < b.id);

/** @param options.admit takes an event into memory; ignores one that it knows */
export function createBacklog(options: {
  readonly store: AsyncEventStore;
  readonly readCount: number;
  readonly admit: (row: AsyncEventRow) => void;
  readonly onProblem: (line: string) => void;
}): Backlog {
  const { store, readCount, admit, onProblem } = options;
  const finishedWhileReading = new Set<string>();
  let from: Position | undefined;
  let reading = false;

  const goBackTo = (position: Position): void => {
    if (from === undefined || isBefore(position, from)) from = position;
  };

  const readFrom = async (start: Position): Promise<void> => {
    const rows = await store.list(start, readCount);
    for (const row of rows) if (!finishedWhileReading.has(row.id)) admit(row);
    const last = rows.at(-1);
    if (last !== undefined && rows.length >= readCount) goBackTo({ acceptedAtMs: last.acceptedAtMs, id: last.id });
  };

  const readNext = async (start: Position, then: () => void): Promise<void> => {
    try {
      await readFrom(start);
    } catch (error) {
      // Read again at the next occasion, not at once: the database would only be asked to fail again.
      goBackTo(start);
      onProblem(`Waiting asynchronous events could not be read: ${String(error)}`);
      return;
    } finally {
      reading = false;
      finishedWhileReading.clear();
    }
    then();
  };

  return {
    get pending() {
      return reading || from !== undefined;
    },
    skipped: ({ acceptedAtMs }) => goBackTo({ acceptedAtMs, id: "" }),
    finished(id) {
      if (reading) finishedWhileReading.add(id);
    },
    read(then) {
      const start = from;
      if (reading || start === undefined) return;
      reading = true;
      from = undefined;
      void readNext(start, then);
    },
  };
}
