import { parentPort, workerData } from "node:worker_threads";
import type { Answer, Envelope, RemoteError, Request, WorkerSetup } from "../messages.ts";
import { unusable } from "../errors.ts";
import { openStores, type Stores } from "./stores.ts";

// The database's thread: it answers requests of the main thread, and nothing else touches the files.
const port = parentPort;
if (port === null) throw new Error("This file runs as a worker thread.");

const send = (answer: Answer): void => port.postMessage(answer);

/** What each kind of request does. */
const handlers: { readonly [K in Request["kind"]]: (stores: Stores, request: Extract<Request, { kind: K }>) => Promise<unknown> } = {
  model: (stores, { call }) => stores.state.run(call),
  transaction: (stores, { calls }) => stores.state.transaction(calls),
  hot: (stores, { store, method, args }) => stores.hot.run(store, method, args),
  reset: async (stores) => {
    stores.hot.reset();
    await stores.state.reset();
  },
  copyTo: (stores, { folder }) => stores.copyTo(folder),
  close: (stores) => stores.close(),
};

async function answer(stores: Stores, { id, request }: Envelope): Promise<void> {
  try {
    const handler = handlers[request.kind] as (stores: Stores, request: Request) => Promise<unknown>;
    send({ id, value: await handler(stores, request) });
  } catch (error) {
    send({ id, error: plain(error) });
  }
  if (request.kind === "close") port?.close();
}

/** Prisma's messages hold the values of a query: only the last line, which says what is wrong, goes on. */
function plain(error: unknown): RemoteError {
  const { name, message, code, meta } = error as Error & { code?: string; meta?: Record<string, unknown> };
  const isPrismas = code !== undefined || name.startsWith("Prisma");
  const lastLine = message.trim().split("\n").at(-1) ?? message;
  return {
    name,
    message: isPrismas ? lastLine : message,
    ...(code !== undefined && { code }),
    ...(meta !== undefined && { target: uniqueTarget(meta) }),
  };
}

function uniqueTarget(meta: Record<string, unknown>): string {
  return JSON.stringify(meta["target"] ?? meta["modelName"] ?? "");
}

const setup = workerData as WorkerSetup;
try {
  const stores = await openStores(setup, (progress) => send({ progress }));
  port.on("message", (envelope: Envelope) => void answer(stores, envelope));
  send({ id: 0, value: undefined });
} catch (error) {
  const known = error as Error;
  send({ id: 0, error: plain(known.name.startsWith("DataFolder") ? known : unusable(setup.folder, error)) });
}
