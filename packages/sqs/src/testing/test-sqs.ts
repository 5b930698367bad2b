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
  type WhenGone,
} from "@mayfly/kernel";
import { createSqs, type Sqs } from "../sqs.ts";

/** Who calls, and from where. */
interface CallOptions {
  readonly accountId?: string;
  readonly region?: string;
  readonly whenGone?: WhenGone;
}

/** SQS over a real database. */
export interface TestSqs {
  /** Where calls go that do not say: a test that takes one of its own finds no queues there. */
  region: string;
  /** The clock; a test may move it. */
  readonly time: { nowMs: number };
  /** What IAM was asked, in order. */
  readonly asked: AuthorizationRequest[];
  readonly sqs: Sqs;
  readonly db: Database;
  /** Calls an operation as the gateway does, as an account's root. */
  call<O extends OperationName<"sqs">>(operation: O, input: InputOf<"sqs", O>, options?: CallOptions): Promise<OutputOf<"sqs", O>>;
  close(): Promise<void>;
}

/** Starts one in a temporary folder. */
export async function startTestSqs(): Promise<TestSqs> {
  const folder = await mkdtemp(join(tmpdir(), "mayfly-sqs-"));
  const db = await openDatabase({ folder, ephemeral: true });
  const time = { nowMs: Date.parse("2026-11-23T15:00:00Z") };
  const asked: AuthorizationRequest[] = [];
  const sqs = createSqs({
    db,
    clock: { now: () => time.nowMs, monotonicMs: () => performance.now() },
    readPolicy: (text) => JSON.parse(text) as PolicyDocument,
    problem: (line) => {
      throw new Error(line);
    },
  });
  const test: TestSqs = {
    region: "us-east-1",
    time,
    asked,
    sqs,
    db,
    async call(operation, input, { accountId = "123456789012", region = test.region, whenGone } = {}) {
      const ctx: RequestContext = {
        requestId: "r",
        accountId,
        region,
        principal: rootPrincipal(accountId),
        sourceIp: "127.0.0.1",
        userAgent: "test",
        secureTransport: false,
        endpoint: "http://127.0.0.1:4566",
        ...(whenGone !== undefined && { whenGone }),
        call: () => Promise.reject(new Error("SQS calls no other service")),
        authorize: async (request) => void asked.push(request),
      };
      const bound = sqs.service.operation(operation);
      if (bound === undefined) throw new Error(`No ${operation}`);
      await bound.authorize(ctx, input);
      return (await bound.run(ctx, input)) as OutputOf<"sqs", typeof operation>;
    },
    async close() {
      await sqs.close();
      await db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return test;
}
