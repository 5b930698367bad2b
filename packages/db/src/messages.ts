import type { PlainError } from "./errors.ts";
import type { HotStoreName } from "./worker/hot-store.ts";

/** One call of a Prisma delegate: `role.create(args)`. */
export interface ModelCall {
  readonly model: string;
  readonly method: string;
  readonly args: unknown;
}

/** What the main thread asks of the database's thread. */
export type Request =
  | { readonly kind: "model"; readonly call: ModelCall }
  | { readonly kind: "transaction"; readonly calls: readonly ModelCall[] }
  | { readonly kind: "hot"; readonly store: HotStoreName; readonly method: string; readonly args: readonly unknown[] }
  | { readonly kind: "reset" }
  | { readonly kind: "copyTo"; readonly folder: string }
  | { readonly kind: "close" };

/** A request with the number under which its answer comes. */
export interface Envelope {
  readonly id: number;
  readonly request: Request;
}

/** An error as it crosses threads; `target` names the columns of a violated unique index. */
export interface RemoteError extends PlainError {
  readonly code?: string;
  readonly target?: string;
}

/** An answer. `id` 0 is the answer to being started. */
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: RemoteError }
  | { readonly progress: string };

/** How the thread is started. */
export interface WorkerSetup {
  readonly folder: string;
  readonly migrationsFolder: string;
  readonly synchronous: Synchronous;
}

/** SQLite's `synchronous`: FULL survives a loss of power, OFF the death of the process only, at a fraction of the cost. */
export type Synchronous = "FULL" | "OFF";
