import type { SigningScope } from "./sign-request.ts";

/** What the load generator is to do. */
export interface LoadPlan {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The Host that requests name; absent: that of the URL. */
  readonly host?: string;
  readonly path: string;
  /** Absent: nobody signs. */
  readonly signAs?: SigningScope;
  /** Connections, each with one request at a time. */
  readonly callers: number;
  /** Requests of this time are not counted; 0 for no warm-up. */
  readonly warmUpMs: number;
  /** Ends after this time or this many requests, whichever comes first. */
  readonly runMs: number;
  readonly runCount: number;
  /** Signed with the rest; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Length of each body; absent: a few bytes. */
  readonly bodyBytes?: number;
  /** What is put before and after each body, for servers that want the event wrapped. */
  readonly envelope?: readonly [before: string, after: string];
  /** What every answer must have; absent: 200. */
  readonly status?: number;
  /** The body that every answer must have; absent: that of its request. */
  readonly answer?: string;
  /** In place of a certain body, this many bytes or more. */
  readonly answerBytes?: number;
}

/** What it found. */
export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Until the first byte of a body. */
  readonly firstByteP50Ms: number;
  /** From the first counted request to the last answer. */
  readonly tookMs: number;
}

/** A message of the load generator to who started it. */
export type LoadReport = { readonly result: LoadResult } | { readonly error: string };
