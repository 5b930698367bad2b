import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, type Database } from "@mayfly/db";
import {
  anonymousPrincipal,
  rootPrincipal,
  type AuthorizationRequest,
  type InputOf,
  type OperationName,
  type OutputOf,
  type PolicyDocument,
  type RequestContext,
} from "@mayfly/kernel";
import { createSns, type Sns } from "../sns.ts";

/** Who calls, and from where. */
interface CallOptions {
  readonly accountId?: string;
  readonly region?: string;
  /** As who follows a link in a message does. */
  readonly unsigned?: true;
}

/** SNS over a real database. */
export interface TestSns {
  /** Where calls go that do not say: a test that takes one of its own finds no topics there. */
  region: string;
  /** The clock; a test may move it. */
  readonly time: { nowMs: number };
  /** What IAM was asked, in order. */
  readonly asked: AuthorizationRequest[];
  readonly sns: Sns;
  readonly db: Database;
  /** Calls an operation as the gateway does, as an account's root. */
  call<O extends OperationName<"sns">>(operation: O, input: InputOf<"sns", O>, options?: CallOptions): Promise<OutputOf<"sns", O>>;
  close(): Promise<void>;
}

/** Starts one in a temporary folder. */
export async function startTestSns(): Promise<TestSns> {
  const folder = await mkdtemp(join(tmpdir(), "mayfly-sns-"));
  const db = await openDatabase({ folder, ephemeral: true });
  const time = { nowMs: Date.parse("2026-11-23T15:00:00Z") };
  const asked: AuthorizationRequest[] = [];
  const sns = createSns({
    db,
    clock: { now: () => time.nowMs, monotonicMs: () => performance.now() },
    callAs: () => () => Promise.reject(new Error("There is no other service here")),
    queues: { send: () => Promise.reject(new Error("There are no queues here")) },
    trail: { note: () => {} },
    signingKeyFile: { read: () => Promise.resolve(undefined), write: () => Promise.resolve() },
    publicUrl: undefined,
    readPolicy: (text) => JSON.parse(text) as PolicyDocument,
    endpoint: () => "http://127.0.0.1:4566",
    problem: (line) => {
      throw new Error(line);
    },
  });
  const test: TestSns = {
    region: "us-east-1",
    time,
    asked,
    sns,
    db,
    async call(operation, input, { accountId = "123456789012", region = test.region, unsigned } = {}) {
      const ctx: RequestContext = {
        requestId: "r",
        accountId,
        region,
        principal: unsigned ? anonymousPrincipal(accountId) : rootPrincipal(accountId),
        ...(!unsigned && { accessKeyId: "AKIAEXAMPLE" }),
        sourceIp: "127.0.0.1",
        userAgent: "test",
        secureTransport: false,
        endpoint: "http://127.0.0.1:4566",
        call: () => Promise.reject(new Error("SNS calls no other service in a caller's name")),
        authorize: async (request) => void asked.push(request),
      };
      const bound = sns.service.operation(operation);
      if (bound === undefined) throw new Error(`No ${operation}`);
      await bound.authorize(ctx, input);
      return (await bound.run(ctx, input)) as OutputOf<"sns", typeof operation>;
    },
    async close() {
      await sns.close();
      await db.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return test;
}
