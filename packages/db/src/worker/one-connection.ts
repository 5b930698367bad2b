import { PrismaLibSql } from "@prisma/adapter-libsql";

type Client = ReturnType<PrismaLibSql["createClient"]>;
type TransactionMode = keyof typeof begins;
type Transaction = Awaited<ReturnType<Client["transaction"]>>;

/**
 * Prisma's adapter on a single connection. libsql's own client gives its connection away with each transaction and opens another one, which starts with
 * other settings, and the old one's files stay open: https://github.com/tursodatabase/libsql-client-ts/issues/350. Here a transaction runs on the
 * connection that there is; the adapter lets no other statement in meanwhile.
 */
export class OneConnectionLibSql extends PrismaLibSql {
  override createClient(config: Parameters<PrismaLibSql["createClient"]>[0]): Client {
    const client = super.createClient(config);
    return Object.assign(client, { transaction: (mode?: TransactionMode) => beginOn(client, mode) });
  }
}

const begins = { write: "BEGIN IMMEDIATE", read: "BEGIN DEFERRED", deferred: "BEGIN DEFERRED" } as const;

async function beginOn(client: Client, mode: TransactionMode = "write"): Promise<Transaction> {
  await client.execute(begins[mode]);
  let closed = false;
  const rollback = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    // SQLite ends a transaction by itself after some errors; there is none to roll back then.
    await client.execute("ROLLBACK").catch(() => {});
  };
  return {
    execute: (statement) => client.execute(statement),
    batch: (statements) => Promise.all(statements.map((statement) => client.execute(statement))),
    executeMultiple: (sql) => client.executeMultiple(sql),
    async commit() {
      try {
        await client.execute("COMMIT");
        closed = true;
      } catch (error) {
        await rollback();
        throw error;
      }
    },
    rollback,
    close: () => void rollback(),
    get closed() {
      return closed;
    },
  };
}
