import { totalmem } from "node:os";
import { EngineError } from "../engine-error.ts";
import { engineLimits } from "../limits.ts";

/** The machine's memory, promised to environments. */
export interface MemoryAdmission {
  readonly totalMb: number;
  readonly usedMb: number;
  /**
   * Takes room for an environment. Waits, in the order of asking, while enough is being freed.
   * @param evict ends idle environments until about so much is being freed; answers how much is
   * @throws EngineError insufficient-memory
   */
  take(sizeMb: number, evict: (neededMb: number) => number): Promise<void>;
  giveBack(sizeMb: number): void;
  /** Something that has room is found to need more, or less. Answers how much more there is now than there should be. */
  change(byMb: number): number;
}

const mebibyte = 1024 * 1024;

/** What may be promised: a share of what the machine, or the control group that the server runs in, has. */
export function promisableMb(): number {
  const constrained = process.constrainedMemory();
  const bytes = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return Math.floor((bytes / mebibyte) * engineLimits.memoryShare);
}

export function createMemoryAdmission(totalMb: number): MemoryAdmission {
  const waiting: { readonly sizeMb: number; readonly resolve: () => void }[] = [];
  let usedMb = 0;
  let waitedForMb = 0;

  const admit = (): void => {
    for (let first = waiting[0]; first !== undefined && usedMb + first.sizeMb <= totalMb; first = waiting[0]) {
      waiting.shift();
      usedMb += first.sizeMb;
      waitedForMb -= first.sizeMb;
      first.resolve();
    }
  };

  return {
    totalMb,
    get usedMb() {
      return usedMb;
    },
    async take(sizeMb, evict) {
      if (waiting.length === 0 && usedMb + sizeMb <= totalMb) {
        usedMb += sizeMb;
        return;
      }
      const neededMb = usedMb + waitedForMb + sizeMb - totalMb;
      if (sizeMb > totalMb || evict(neededMb) < neededMb) {
        throw new EngineError(
          "insufficient-memory",
          `The machine has no ${sizeMb} MB for another environment (${usedMb} of ${totalMb} MB are promised).`,
        );
      }
      waitedForMb += sizeMb;
      await new Promise<void>((resolve) => {
        waiting.push({ sizeMb, resolve });
        admit();
      });
    },
    giveBack(sizeMb) {
      usedMb -= sizeMb;
      admit();
    },
    change(byMb) {
      usedMb += byMb;
      if (byMb < 0) admit();
      return Math.max(0, usedMb - totalMb);
    },
  };
}
