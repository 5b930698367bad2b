import { setImmediate } from "node:timers/promises";
import { PrismaClient } from "../generated/client.ts";
import type { ModelCall, Synchronous } from "../messages.ts";
import { OneConnectionLibSql } from "./one-connection.ts";

/** The relational state, by Prisma. */
export interface StateStore {
  run(call: ModelCall): Promise<unknown>;
  /** All or nothing. */
  transaction(calls: readonly ModelCall[]): Promise<unknown[]>;
  reset(): Promise<void>;
  close(): Promise<void>;
}

type Delegates = Readonly<Record<string, Readonly<Record<string, (args: unknown) => PromiseLike<unknown>>>>>;

/** Delegate methods that may be called from outside; everything else of Prisma's client stays in this thread. */
const methods: ReadonlySet<string> = new Set([
  "findUnique",
  "findFirst",
  "findMany",
  "create",
  "createMany",
  "update",
  "updateMany",
  "upsert",
  "delete",
  "deleteMany",
  "count",
  "aggregate",
  "groupBy",
]);

const writes = /^(create|update|upsert|delete)/;

/** SQLite's `synchronous` as PRAGMA answers it. */
const synchronousValues: Readonly<Record<Synchronous, number>> = { OFF: 0, FULL: 2 };
const busyTimeoutMs = 10_000;

/** Opens DATA/state.db, whose schema is up to date. */
export async function openStateStore(file: string, synchronous: Synchronous): Promise<StateStore> {
  const prisma = new PrismaClient({ adapter: new OneConnectionLibSql({ url: `file:${file}` }) });
  await applySettings(prisma, synchronous);
  // Writes go one after the other: SQLite has one writer anyway. Nothing in them waits for the event loop, so without a turn of it in between a queue of
  // writes would hold up log lines, events and whatever else is asked for until it is empty.
  let lastWrite: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(write: () => Promise<T>): Promise<T> => {
    const result = lastWrite.then(() => setImmediate()).then(write);
    lastWrite = result.catch(() => {});
    return result;
  };
  const start = ({ model, method, args }: ModelCall): PromiseLike<unknown> => {
    const delegate = (prisma as unknown as Delegates)[model];
    if (!methods.has(method) || delegate?.[method] === undefined) throw new Error(`The database has no ${model}.${method}.`);
    return delegate[method](args);
  };
  return {
    run: async (call) => (writes.test(call.method) ? inTurn(async () => start(call)) : start(call)),
    transaction: (calls) => inTurn(async () => prisma.$transaction(calls.map((call) => start(call) as never))),
    reset: () => inTurn(() => emptyAllTables(prisma)),
    close: () => inTurn(() => prisma.$disconnect()),
  };
}

async function applySettings(prisma: PrismaClient, synchronous: Synchronous): Promise<void> {
  await prisma.$queryRawUnsafe(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  await prisma.$queryRawUnsafe("PRAGMA foreign_keys = ON");
  await prisma.$executeRawUnsafe(`PRAGMA synchronous = ${synchronous}`);
  const [settings] = await prisma.$queryRawUnsafe<{ synchronous: bigint | number }[]>("PRAGMA synchronous");
  if (Number(settings?.synchronous) !== synchronousValues[synchronous])
    throw new Error(`SQLite did not take synchronous = ${synchronous}.`);
}

async function emptyAllTables(prisma: PrismaClient): Promise<void> {
  const tables = await prisma.$queryRawUnsafe<{ name: string }[]>(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '_migration'",
  );
  await prisma.$transaction([
    prisma.$executeRawUnsafe("PRAGMA defer_foreign_keys = ON"),
    ...tables.map(({ name }) => prisma.$executeRawUnsafe(`DELETE FROM "${name}"`)),
  ]);
}
