import type { LogEventRow, LogStreamKey } from "@mayfly/db";
import type { GroupKey } from "../store/log-store.ts";

/** Takes lines that were just stored. It must not throw. */
type TailListener = (stream: LogStreamKey, events: readonly LogEventRow[]) => void;

/** Tells of lines as they are stored. */
export interface TailHub {
  /** Hands lines to whoever listens to their group. */
  publish(stream: LogStreamKey, events: readonly LogEventRow[]): void;
  /** Listens to groups until the answered function is called. */
  listen(groups: readonly GroupKey[], listener: TailListener): () => void;
}

const idOf = ({ accountId, region, logGroupName }: GroupKey): string => `${accountId}/${region}/${logGroupName}`;

export function createTailHub(): TailHub {
  const listeners = new Map<string, Set<TailListener>>();
  return {
    publish(stream, events) {
      const told = listeners.size === 0 ? undefined : listeners.get(idOf(stream));
      for (const listener of told ?? []) listener(stream, events);
    },
    listen(groups, listener) {
      const ids = groups.map(idOf);
      for (const id of ids) {
        const told = listeners.get(id) ?? new Set();
        listeners.set(id, told.add(listener));
      }
      return () => {
        for (const id of ids) {
          const told = listeners.get(id);
          told?.delete(listener);
          if (told?.size === 0) listeners.delete(id);
        }
      };
    },
  };
}
