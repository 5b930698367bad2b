import { isFault } from "@mayfly/kernel";
import { emptyBatch, entryIdsNotDistinct, failedEntry, invalidBatchEntryId, tooManyEntries } from "../faults.ts";
import { limits } from "../limits.ts";

interface Entry {
  readonly Id: string | undefined;
}

/** @throws Fault EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct */
export function checkBatch(entryName: string, entries: readonly Entry[]): void {
  if (entries.length === 0) throw emptyBatch(entryName);
  if (entries.length > limits.batchEntryCount) throw tooManyEntries(entries.length, limits.batchEntryCount);
  const ids = new Set<string>();
  for (const { Id = "" } of entries) {
    if (!/^[\w-]+$/.test(Id) || Id.length > limits.batchEntryIdCharacters) throw invalidBatchEntryId();
    if (ids.has(Id)) throw entryIdsNotDistinct(Id);
    ids.add(Id);
  }
}

/** What became of each entry of a batch. */
interface Sorted<E, T> {
  readonly good: readonly { readonly entry: E; readonly value: T }[];
  readonly Failed: ReturnType<typeof failedEntry>[];
}

/** Reads each entry; one that is refused fails alone. */
export function sortEntries<E extends Entry, T>(entries: readonly E[], read: (entry: E) => T): Sorted<E, T> {
  const good: { entry: E; value: T }[] = [];
  const Failed: Sorted<E, T>["Failed"] = [];
  for (const entry of entries) {
    try {
      good.push({ entry, value: read(entry) });
    } catch (error) {
      if (!isFault(error)) throw error;
      Failed.push(failedEntry(entry.Id ?? "", error));
    }
  }
  return { good, Failed };
}
