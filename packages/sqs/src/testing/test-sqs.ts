import type { Database } from "@mayfly/db";
import type { AuthorizationRequest, InputOf, OperationName, OutputOf, WhenGone } from "@mayfly/kernel";
import { callOperation, openServiceBed } from "@mayfly/testkit/service";
import type { SqsGiven } from "../resources.ts";
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

/** Starts one in a temporary folder. Without `problem` a failure that nobody is told of fails the test. */
export async function startTestSqs(more: Partial<Pick<SqsGiven, "problem">> = {}): Promise<TestSqs> {
  const bed = await openServiceBed("sqs");
  const { db, time, asked } = bed;
  const sqs = createSqs({ ...bed.given, trail: { note: () => {} }, ...more });
  const test: TestSqs = {
    region: "us-east-1",
    time,
    asked,
    sqs,
    db,
    call: (operation, input, { accountId, region = test.region, whenGone } = {}) =>
      callOperation(sqs.service, operation, input, {
        ...(accountId !== undefined && { accountId }),
        region,
        ...(whenGone !== undefined && { whenGone }),
        authorize: async (request) => void asked.push(request),
      }),
    async close() {
      await sqs.close();
      await bed.close();
    },
  };
  return test;
}
