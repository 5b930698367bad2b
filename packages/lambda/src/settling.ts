import { newUuid, type Clock } from "@mayfly/kernel";
import type { FunctionKey } from "./function-name.ts";
import { withVersions, type FunctionRecord, type VersionRecord } from "./store/records.ts";
import type { FunctionStore } from "./store/function-store.ts";

/** Brings functions out of Pending and InProgress. */
export interface Settling {
  /** Soon after the answer that spoke of the transition. */
  soon(key: FunctionKey): void;
  /** Now; at start, for what a crash left behind. */
  now(key: FunctionKey): Promise<void>;
  /** Resolves when nothing is to be settled. */
  close(): Promise<void>;
}

/** By then the code is unpacked and checked: what is left of the transition is to say that it is over. */
export function createSettling(functions: FunctionStore, onProblem: (line: string) => void): Settling {
  const underWay = new Set<Promise<void>>();
  const now = (key: FunctionKey): Promise<void> =>
    functions.change(key, (current) => ({ next: current && settled(current), result: undefined }));
  return {
    now,
    soon(key) {
      const work: Promise<void> = new Promise<void>((resolve) => setImmediate(resolve))
        .then(() => now(key))
        .catch((error: unknown) => onProblem(`Function ${key.functionName} could not be settled: ${String(error)}`))
        .finally(() => underWay.delete(work));
      underWay.add(work);
    },
    async close() {
      await Promise.all(underWay);
    },
  };
}

function settled(record: FunctionRecord): FunctionRecord {
  const changed = [...record.versions.values()].filter(
    (version) => version.state === "Pending" || version.lastUpdateStatus === "InProgress",
  );
  return changed.length === 0 ? record : withVersions(record, ...changed.map(settledVersion));
}

const settledVersion = (version: VersionRecord): VersionRecord => ({
  ...version,
  revisionId: newUuid(),
  state: "Active",
  stateReasonCode: undefined,
  lastUpdateStatus: "Successful",
  lastUpdateStatusReasonCode: undefined,
});

/** A version as an update leaves it until it is settled. */
export const updated = (version: VersionRecord, clock: Clock, changes: Partial<VersionRecord>): VersionRecord => ({
  ...version,
  ...changes,
  revisionId: newUuid(),
  lastModifiedMs: clock.now(),
  lastUpdateStatus: "InProgress",
  lastUpdateStatusReasonCode: "Creating",
});
