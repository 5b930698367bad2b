import { EngineError } from "../engine-error.ts";
import type { SentError } from "./messages.ts";

/** Requests that wait for the other side's answer. */
export interface PendingRequests {
  /** @param send is given the number under which the answer will come */
  ask<T>(send: (id: number) => void): Promise<T>;
  answer(id: number, value: unknown): void;
  fail(id: number, error: SentError): void;
  /** The other side is gone: nothing will be answered any more. */
  failAll(errors: { readonly asked: Error; readonly later: Error }): void;
}

/** None at first. */
export function createPendingRequests(): PendingRequests {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let lastId = 0;
  let over: Error | undefined;
  const take = (id: number) => {
    const request = waiting.get(id);
    waiting.delete(id);
    return request;
  };
  return {
    ask<T>(send: (id: number) => void): Promise<T> {
      if (over !== undefined) return Promise.reject(over);
      const id = ++lastId;
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      waiting.set(id, { resolve, reject });
      send(id);
      return promise as Promise<T>;
    },
    answer: (id, value) => take(id)?.resolve(value),
    fail: (id, { message, code }) => take(id)?.reject(code === undefined ? new Error(message) : new EngineError(code, message)),
    failAll({ asked, later }) {
      over = later;
      for (const { reject } of waiting.values()) reject(asked);
      waiting.clear();
    },
  };
}

/** An error as it travels. */
export const sentError = (error: unknown): SentError => ({
  message: error instanceof Error ? error.message : String(error),
  code: error instanceof EngineError ? error.code : undefined,
});
