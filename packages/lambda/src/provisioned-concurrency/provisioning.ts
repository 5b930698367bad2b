import type { Engine, ProvisionedState } from "@mayfly/engine";
import { targetId, type InvokeTargets } from "../invoke/invoke-target.ts";
import type { FunctionRecord, VersionRecord } from "../store/records.ts";
import { planOf, sharesOf } from "./shares.ts";

/** How far the environments of a version or alias are. */
interface ProvisionedFacts {
  readonly availableCount: number;
  readonly status: "IN_PROGRESS" | "READY" | "FAILED";
  readonly reason: string | undefined;
}

/** Has the engine keep as many environments of each version as is asked for. */
export interface Provisioning {
  /** Told of each change of a function once it is on disk. */
  changed(previous: FunctionRecord | undefined, next: FunctionRecord | undefined): void;
  facts(record: FunctionRecord, qualifier: string): Promise<ProvisionedFacts>;
  /** Ends all of them; to be used no more. */
  abandon(): void;
}

/** What provisioning works with. */
export interface ProvisioningOptions {
  readonly engine: Pick<Engine, "provision" | "provisioned" | "retire">;
  readonly targets: InvokeTargets;
  readonly onProblem: (line: string) => void;
}

/** Nothing is provisioned at first. */
export function createProvisioning({ engine, targets, onProblem }: ProvisioningOptions): Provisioning {
  /** By target; what is not 0. */
  const wanted = new Map<string, number>();
  /** Why a target could not be made. */
  const failures = new Map<string, string>();
  let isAbandoned = false;

  async function want(record: FunctionRecord, version: VersionRecord, count: number): Promise<void> {
    const id = targetId(record, version);
    failures.delete(id);
    if (count === 0) wanted.delete(id);
    else wanted.set(id, count);
    try {
      const target = targets.ready(record, version) ?? (await targets.prepare(record, version));
      if (!isAbandoned && (wanted.get(id) ?? 0) === count) engine.provision(target, count);
    } catch (error) {
      failures.set(id, "The function's code could not be made ready.");
      onProblem(`Provisioned concurrency of ${record.functionName}: ${String(error)}`);
    }
  }

  /** What others that come first have of a version is not this one's. */
  function availableOf(record: FunctionRecord, qualifier: string, states: ReadonlyMap<number, ProvisionedState>): number {
    const left = new Map([...states].map(([versionNumber, { ready }]) => [versionNumber, ready]));
    for (const other of [...record.provisionedConcurrency.keys()].sort()) {
      let available = 0;
      for (const { versionNumber, count } of sharesOf(record, other)) {
        const taken = Math.min(count, left.get(versionNumber) ?? 0);
        left.set(versionNumber, (left.get(versionNumber) ?? 0) - taken);
        available += taken;
      }
      if (other === qualifier) return available;
    }
    return 0;
  }

  return {
    changed(previous, next) {
      const before = previous && planOf(previous).counts;
      const after = next && planOf(next).counts;
      // Whose environments the engine is told to retire.
      for (const version of previous?.versions.values() ?? [])
        if (previous !== undefined && !next?.versions.has(version.number)) wanted.delete(targetId(previous, version));
      if (next === undefined || before === after) return;
      for (const version of next.versions.values()) {
        const count = after?.get(version.number) ?? 0;
        if (count !== (before?.get(version.number) ?? 0)) void want(next, version, count);
      }
    },
    async facts(record, qualifier) {
      const { counts } = planOf(record);
      const shares = sharesOf(record, qualifier).filter(({ count }) => count > 0);
      const states = new Map<number, ProvisionedState>();
      let reason: string | undefined;
      let isReady = true;
      for (const { versionNumber } of shares) {
        const version = record.versions.get(versionNumber);
        if (version === undefined) continue;
        const id = targetId(record, version);
        const state = await engine.provisioned(id);
        states.set(versionNumber, state);
        reason ??= failures.get(id) ?? state.reason;
        isReady &&= state.status === "ready" && state.wanted === counts.get(versionNumber);
      }
      const status = reason !== undefined ? "FAILED" : isReady ? "READY" : "IN_PROGRESS";
      return { availableCount: availableOf(record, qualifier, states), status, reason };
    },
    abandon() {
      isAbandoned = true;
      for (const id of wanted.keys()) engine.retire(id);
    },
  };
}
