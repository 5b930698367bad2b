import type { Models } from "@mayfly/db";
import type { Clock } from "@mayfly/kernel";
import type { FunctionKey } from "@mayfly/lambda";
import { mayflyLimits as limits } from "../limits.ts";
import type { KeptRow } from "./kept-row.ts";

/** A function's key as one text. */
export const textOf = ({ accountId, region, functionName }: FunctionKey): string => `${accountId}/${region}/${functionName}`;
/** The key alone of what has one. */
export const keyOf = ({ accountId, region, functionName }: FunctionKey): FunctionKey => ({ accountId, region, functionName });

/** Writes kept invocations a little later, off their way, and lets the oldest go. */
interface KeptWriter {
  hasRoom(): boolean;
  add(row: KeptRow): void;
  /** Resolves when all that was added is on disk, or could not be written. */
  flush(): Promise<void>;
}

/** @param isAllowed asked again when a row is written */
export function createKeptWriter(
  { models, clock, onProblem }: { readonly models: Models; readonly clock: Clock; readonly onProblem: (line: string) => void },
  isAllowed: (key: FunctionKey) => boolean,
): KeptWriter {
  const { keptInvocation } = models;
  let waiting: KeptRow[] = [];
  let waitingBytes = 0;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function write(rows: readonly KeptRow[]): Promise<void> {
    const kept = rows.filter(isAllowed);
    // A request id that comes again is an asynchronous event's next attempt: the last one counts.
    for (const row of kept) {
      const id = { ...keyOf(row), requestId: row.requestId };
      await keptInvocation.upsert({ where: { accountId_region_functionName_requestId: id }, create: row, update: row });
    }
    await keptInvocation.deleteMany({ where: { invokedAtMs: { lt: clock.now() - limits.keptInvocationMs } } });
    for (const row of new Map(kept.map((one) => [textOf(one), one])).values()) await removeBeyond(models, keyOf(row));
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const rows = waiting;
    [waiting, waitingBytes] = [[], 0];
    writing = writing
      .then(() => (rows.length === 0 ? undefined : write(rows)))
      .catch((error: unknown) => onProblem(`Invocations could not be kept: ${String(error)}`));
    return writing;
  }

  return {
    hasRoom: () => waitingBytes <= limits.keptWaitingBytes,
    add(row) {
      waiting.push(row);
      waitingBytes += row.sealedBytes;
      timer ??= setTimeout(() => void flush(), limits.keptLingerMs).unref();
    },
    flush,
  };
}

/** Lets a function's oldest invocations go, if there are too many or too large ones. */
async function removeBeyond({ keptInvocation }: Models, where: FunctionKey): Promise<void> {
  const select = { invokedAtMs: true, sealedBytes: true };
  const all = await keptInvocation.findMany({ where, orderBy: { invokedAtMs: "desc" }, select });
  let bytes = 0;
  const last = all.find(({ sealedBytes }, at) => (bytes += sealedBytes) > limits.keptInvocationsBytes || at >= limits.keptInvocationCount);
  if (last !== undefined) await keptInvocation.deleteMany({ where: { ...where, invokedAtMs: { lte: last.invokedAtMs } } });
}
