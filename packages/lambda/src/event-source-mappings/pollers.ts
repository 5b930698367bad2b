import type { MappingKey, MappingRecord } from "./mapping.ts";

/** Whoever reads the sources of mappings and brings what is there to their functions. Told by Lambda what mappings there are. */
export interface EventSourcePollers {
  /** Reads for the mapping, as it is in the record, until it is released. */
  follow(mapping: MappingRecord): void;
  /** Reads no more for it, if it did. Resolves when nothing of it is under way. */
  release(key: MappingKey): Promise<void>;
}

/** Nobody reads anything. */
export const noPollers: EventSourcePollers = { follow: () => {}, release: () => Promise.resolve() };
