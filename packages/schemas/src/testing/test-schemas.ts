import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@mayfly/db";
import {
  rootPrincipal,
  type AuthorizationRequest,
  type InputOf,
  type OperationName,
  type OutputOf,
  type RequestContext,
} from "@mayfly/kernel";
import { createSchemas } from "../service.ts";

/** EventBridge Schemas over a real database. */
export interface TestSchemas {
  /** The clock; a test may move it. */
  readonly time: { nowMs: number };
  /** What IAM was asked, in order. */
  readonly asked: AuthorizationRequest[];
  /** Calls an operation as the gateway does, as an account's root. */
  call<O extends OperationName<"schemas">>(
    operation: O,
    input: InputOf<"schemas", O>,
    where?: { accountId?: string; region?: string },
  ): Promise<OutputOf<"schemas", O>>;
  close(): Promise<void>;
}

/** Starts one in a temporary folder. */
export async function startTestSchemas(): Promise<TestSchemas> {
  const folder = await mkdtemp(join(tmpdir(), "mayfly-schemas-"));
  const db = await openDatabase({ folder });
  const time = { nowMs: Date.parse("2026-11-23T15:00:00Z") };
  const asked: AuthorizationRequest[] = [];
  const service = createSchemas({ db, clock: { now: () => time.nowMs, monotonicMs: () => time.nowMs } });
  return {
    time,
    asked,
    async call(operation, input, { accountId = "123456789012", region = "us-east-1" } = {}) {
      const ctx: RequestContext = {
        requestId: "r",
        accountId,
        region,
        principal: rootPrincipal(accountId),
        sourceIp: "127.0.0.1",
        userAgent: "test",
        secureTransport: false,
        endpoint: "http://127.0.0.1:4566",
        call: () => Promise.reject(new Error("EventBridge Schemas calls no other service")),
        authorize: async (request) => void asked.push(request),
      };
      const bound = service.operation(operation);
      if (bound === undefined) throw new Error(`No ${operation}`);
      await bound.authorize(ctx, input);
      return (await bound.run(ctx, input)) as OutputOf<"schemas", typeof operation>;
    },
    async close() {
      await db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
