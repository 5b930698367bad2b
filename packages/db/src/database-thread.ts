import { Worker } from "node:worker_threads";
import { dataFolderError } from "./errors.ts";
import type { Answer, RemoteError, Request, WorkerSetup } from "./messages.ts";
import { RowNotFound, UniqueViolation } from "./types.ts";

/** The thread that all of the database lives in. */
export interface DatabaseThread {
  /** @throws UniqueViolation, RowNotFound, Error */
  ask(request: Request): Promise<unknown>;
  /** Finishes what was asked, then ends the thread. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Starts it; resolves when the database is open. @throws DataFolderLocked, DataFolderTooNew, DataFolderUnusable */
export async function startWorker(setup: WorkerSetup, onProgress: (line: string) => void): Promise<DatabaseThread> {
  const worker = new Worker(new URL("./worker/main.mjs", import.meta.url), {
    workerData: setup,
    execArgv: ["--disable-warning=ExperimentalWarning"],
    env: process.env,
  });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const opened = new Promise<unknown>((resolve, reject) => waiting.set(lastId, { resolve, reject }));
  worker.on("message", (answer: Answer) => {
    if ("progress" in answer) return onProgress(answer.progress);
    const waiter = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ("error" in answer) waiter?.reject(toError(answer.error));
    else waiter?.resolve(answer.value);
  });
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const failAll = (error: Error): void => {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  worker.once("error", failAll);
  void ended.then(() => failAll(new Error("The database is closed.")));

  const ask = (request: Request): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, request });
    });
  try {
    await opened;
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  let closing: Promise<void> | undefined;
  return {
    ask: (request) => (closing === undefined ? ask(request) : Promise.reject(new Error("The database is closed."))),
    close: () => (closing ??= ask({ kind: "close" }).then(() => ended)),
  };
}

function toError(error: RemoteError): Error {
  if (error.code === "P2002") return new UniqueViolation(error.target ?? error.message);
  if (error.code === "P2025") return new RowNotFound(error.message);
  return dataFolderError(error) ?? new Error(error.message);
}
