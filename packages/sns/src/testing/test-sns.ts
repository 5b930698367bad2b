import type { Database } from "@mayfly/db";
import { anonymousPrincipal, type AuthorizationRequest, type InputOf, type OperationName, type OutputOf } from "@mayfly/kernel";
import { callOperation, openServiceBed } from "@mayfly/testkit/service";
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
  const bed = await openServiceBed("sns");
  const { db, time, asked } = bed;
  const sns = createSns({
    ...bed.given,
    callAs: () => () => Promise.reject(new Error("There is no other service here")),
    queues: { send: () => Promise.reject(new Error("There are no queues here")) },
    trail: { note: () => {} },
    signingKeyFile: { read: () => Promise.resolve(undefined), write: () => Promise.resolve() },
    publicUrl: undefined,
    endpoint: () => "http://127.0.0.1:4566",
  });
  const test: TestSns = {
    region: "us-east-1",
    time,
    asked,
    sns,
    db,
    call: (operation, input, { accountId = "123456789012", region = test.region, unsigned } = {}) =>
      callOperation(sns.service, operation, input, {
        accountId,
        region,
        ...(unsigned ? { principal: anonymousPrincipal(accountId) } : { accessKeyId: "AKIAEXAMPLE" }),
        authorize: async (request) => void asked.push(request),
      }),
    async close() {
      await sns.close();
      await bed.close();
    },
  };
  return test;
}
