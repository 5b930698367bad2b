import type { Database } from "@mayfly/db";
import type { AuthorizationRequest, InputOf, OperationName, OutputOf } from "@mayfly/kernel";
import { callOperation, openServiceBed } from "@mayfly/testkit/service";
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
  const bed = await openServiceBed("s3");
  const { db, time, asked } = bed;
  const told: Told[] = [];
  const s3 = createS3({
    ...bed.given,
    callAs: () => () => Promise.reject(new Error("Nobody is there to be told of events")),
    mayCall: () => async () => {},
    queues: {
      canSend: (arn) => Promise.resolve(!arn.endsWith(":missing")),
      send: async (_arn, _identity, { body }) => String(told.push(JSON.parse(body) as Told)),
    },
    topics: { canPublish: () => Promise.resolve(true) },
    trail: { note: () => {} },
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
    folder: bed.folder,
    call: (operation, input) =>
      callOperation(s3.service, operation, input, {
        authorize: async (request) => {
          asked.push(request);
          test.authorize(request);
        },
      }),
    async close() {
      await s3.close();
      await bed.close();
    },
  };
  return test;
}
