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
  type RequestContext,
} from "@mayfly/kernel";
import { createLogs } from "../logs.ts";

const account = "123456789012";
const region = "us-east-1";

/** CloudWatch Logs over a real database. */
export interface TestLogs {
  readonly db: Database;
  /** The clock; a test may move it. */
  readonly time: { nowMs: number };
  /** What IAM was asked, in order. */
  readonly asked: AuthorizationRequest[];
  /** Calls an operation as the gateway does, as an account's root. */
  call<O extends OperationName<"logs">>(
    operation: O,
    input: InputOf<"logs", O>,
    where?: { accountId?: string; region?: string },
  ): Promise<OutputOf<"logs", O>>;
  /** Makes a group and streams in it. */
  makeStreams(logGroupName: string, ...logStreamNames: string[]): Promise<void>;
  close(): Promise<void>;
}

/** Starts one in a temporary folder. */
export async function startTestLogs(): Promise<TestLogs> {
  const folder = await mkdtemp(join(tmpdir(), "mayfly-logs-"));
  const db = await openDatabase({ folder });
  const time = { nowMs: Date.parse("2026-11-23T15:00:00Z") };
  const asked: AuthorizationRequest[] = [];
  const logs = createLogs({ db, clock: { now: () => time.nowMs, monotonicMs: () => time.nowMs } });
  const call: TestLogs["call"] = async (operation, input, where = {}) => {
    const accountId = where.accountId ?? account;
    const ctx: RequestContext = {
      requestId: "r",
      accountId,
      region: where.region ?? region,
      principal: rootPrincipal(accountId),
      sourceIp: "127.0.0.1",
      userAgent: "test",
      secureTransport: false,
      endpoint: "http://127.0.0.1:4566",
      call: () => Promise.reject(new Error("CloudWatch Logs calls no other service")),
      authorize: async (request) => void asked.push(request),
    };
    const bound = logs.service.operation(operation);
    if (bound === undefined) throw new Error(`No ${operation}`);
    await bound.authorize(ctx, input);
    return (await bound.run(ctx, input)) as OutputOf<"logs", typeof operation>;
  };
  return {
    db,
    time,
    asked,
    call,
    async makeStreams(logGroupName, ...logStreamNames) {
      await call("CreateLogGroup", { logGroupName });
      for (const logStreamName of logStreamNames) await call("CreateLogStream", { logGroupName, logStreamName });
    },
    async close() {
      await logs.close();
      await db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
