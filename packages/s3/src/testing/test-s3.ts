import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, type Database } from "@mayfly/db";
import {
  rootPrincipal,
  type AuthorizationRequest,
  type InputOf,
  type OperationName,
  type OutputOf,
  type PolicyDocument,
  type RequestContext,
} from "@mayfly/kernel";
import { createS3, type S3 } from "../s3.ts";

/** What a queue was told. */
interface Told {
  readonly Event?: string;
  readonly Records?: readonly {
    readonly eventName: string;
    readonly s3: { readonly object: { readonly key: string; readonly sequencer?: string } };
  }[];
}

/** S3 over a real database. */
export interface TestS3 {
  /** The clock; a test may move it. */
  readonly time: { nowMs: number };
  /** What IAM was asked, in order. */
  readonly asked: AuthorizationRequest[];
  /** What queues were told of events, in order. */
  readonly told: Told[];
  /** What IAM answers: throws to deny. */
  authorize: (request: AuthorizationRequest) => void;
  readonly s3: S3;
  readonly db: Database;
  readonly folder: string;
  /** Calls an operation as the gateway does, as an account's root. */
  call<O extends OperationName<"s3">>(operation: O, input: InputOf<"s3", O>): Promise<OutputOf<"s3", O>>;
  close(): Promise<void>;
}

/** A request's body. */
export const bodyOf = (text: string) => ({
  lengthBytes: Buffer.byteLength(text),
  trailers: {},
  trailerNames: [],
  async *[Symbol.asyncIterator]() {
    yield Buffer.from(text);
  },
});

/** Starts one in a temporary folder. */
export async function startTestS3(): Promise<TestS3> {
  const folder = await mkdtemp(join(tmpdir(), "mayfly-s3-"));
  const db = await openDatabase({ folder, ephemeral: true });
  const time = { nowMs: Date.parse("2026-11-23T15:00:00Z") };
  const asked: AuthorizationRequest[] = [];
  const told: Told[] = [];
  const s3 = createS3({
    db,
    clock: { now: () => time.nowMs, monotonicMs: () => performance.now() },
    readPolicy: (text) => JSON.parse(text) as PolicyDocument,
    callAs: () => () => Promise.reject(new Error("Nobody is there to be told of events")),
    mayCall: () => async () => {},
    queues: {
      canSend: (arn) => Promise.resolve(!arn.endsWith(":missing")),
      send: async (_arn, _identity, { body }) => void told.push(JSON.parse(body) as Told),
    },
    topics: { canPublish: () => Promise.resolve(true) },
    trail: { note: () => {} },
    problem: (line) => {
      throw new Error(line);
    },
  });
  await s3.start();
  await s3.tellEvents();
  const test: TestS3 = {
    time,
    asked,
    told,
    authorize: () => undefined,
    s3,
    db,
    folder,
    async call(operation, input) {
      const ctx: RequestContext = {
        requestId: "r",
        accountId: "123456789012",
        region: "us-east-1",
        principal: rootPrincipal("123456789012"),
        sourceIp: "127.0.0.1",
        userAgent: "test",
        secureTransport: false,
        endpoint: "http://127.0.0.1:4566",
        call: () => Promise.reject(new Error("S3 calls no other service")),
        authorize: async (request) => {
          asked.push(request);
          test.authorize(request);
        },
      };
      const bound = s3.service.operation(operation);
      if (bound === undefined) throw new Error(`No ${operation}`);
      await bound.authorize(ctx, input);
      return (await bound.run(ctx, input)) as OutputOf<"s3", typeof operation>;
    },
    async close() {
      await s3.close();
      await db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return test;
}
