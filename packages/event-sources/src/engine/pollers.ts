import type { EventSourcePollers, MappingKey, MappingRecord } from "@mayfly/lambda";

/** Reads one mapping's source. */
export interface Poller {
  /** Reads nothing more. Resolves when nothing that it read is under way. */
  stop(): Promise<void>;
  /** The same because the server ends: what no function has begun with goes back to the source at once. */
  close(): Promise<void>;
  /** The same without waiting; what is under way changes nothing any more. */
  abandon(): void;
}

/** Starts to read a mapping's source. */
export type StartPoller = (mapping: MappingRecord) => Poller;

/** Pollers of all mappings. */
export interface Pollers extends EventSourcePollers {
  /** Ends all of them; what they have under way is waited for, so that whatever runs functions is to be closed at the same time. */
  close(): Promise<void>;
  abandon(): void;
}

/** @param kinds how a source of each kind is read; mappings of others are not read */
export function createPollers(kinds: Partial<Readonly<Record<MappingRecord["kind"], StartPoller>>>): Pollers {
  const running = new Map<string, Poller>();
  let isClosed = false;
  const release = async (key: MappingKey): Promise<void> => {
    const poller = running.get(nameOf(key));
    if (poller === undefined) return;
    await poller.stop();
    if (running.get(nameOf(key)) === poller) running.delete(nameOf(key));
  };
  return {
    follow(mapping) {
      const start = kinds[mapping.kind];
      if (start === undefined || isClosed || running.has(nameOf(mapping))) return;
      running.set(nameOf(mapping), start(mapping));
    },
    release,
    async close() {
      isClosed = true;
      await Promise.all([...running.values()].map((poller) => poller.close()));
      running.clear();
    },
    abandon() {
      isClosed = true;
      for (const poller of running.values()) poller.abandon();
      running.clear();
    },
  };
}

const nameOf = ({ accountId, region, uuid }: MappingKey): string => `${accountId}/${region}/${uuid}`;
