import type { Models } from "@mayfly/db";
import type { FunctionKey, Invoked } from "@mayfly/lambda";
import type { KeptInvocation, KeptInvocationDetails } from "@mayfly/wire/mayfly";

/** A row of KeptInvocation. */
export type KeptRow = NonNullable<Awaited<ReturnType<Models["keptInvocation"]["findUnique"]>>>;

/** Seals what is kept, under the data folder's key. */
export interface Sealer {
  seal(purpose: string, plaintext: Buffer): Buffer;
  open(purpose: string, sealed: Buffer): Buffer | undefined;
}

/** Bound into each seal: what was kept of one invocation can't be put in another's place. */
const purposeOf = (key: FunctionKey, requestId: string, what: "event" | "response"): string =>
  `kept ${what} ${key.accountId}/${key.region}/${key.functionName}/${requestId}`;

/** What is kept of an invocation that is over. */
export function toKeptRow(sealer: Sealer, { key, version, invocation, result, streamed, invokedAtMs }: Invoked): KeptRow {
  const { requestId, payload, invokedFunctionArn } = invocation;
  const event = Uint8Array.from(sealer.seal(purposeOf(key, requestId, "event"), payload));
  const response = streamed ? null : Uint8Array.from(sealer.seal(purposeOf(key, requestId, "response"), result.payload));
  return {
    accountId: key.accountId,
    region: key.region,
    functionName: key.functionName,
    requestId,
    qualifier: invokedFunctionArn.split(":")[7] ?? "$LATEST",
    executedVersion: version.name,
    invokedAtMs,
    durationMs: result.report.durationMs,
    functionError: result.functionError ?? null,
    logGroupName: version.logGroupName,
    logStreamName: result.logStreamName,
    eventBytes: payload.byteLength,
    sealedBytes: event.byteLength + (response?.byteLength ?? 0),
    event,
    response,
  };
}

/** What lists tell of it. */
export const shapeKept = (row: Omit<KeptRow, "event" | "response">): KeptInvocation => ({
  RequestId: row.requestId,
  InvokedAt: new Date(row.invokedAtMs),
  Qualifier: row.qualifier,
  ExecutedVersion: row.executedVersion,
  DurationMs: row.durationMs,
  EventSize: row.eventBytes,
  ...(row.functionError !== null && { FunctionError: row.functionError }),
});

/** All that is kept of it, opened. @throws Error if the data folder has another key than it had */
export function shapeKeptDetails(sealer: Sealer, row: KeptRow, log: string | undefined): KeptInvocationDetails {
  const open = (what: "event" | "response", sealed: Uint8Array): string => {
    const plain = sealer.open(purposeOf(row, row.requestId, what), Buffer.from(sealed));
    if (plain === undefined) throw new Error(`What is kept of invocation ${row.requestId} was sealed with another key`);
    return plain.toString("utf8");
  };
  return {
    ...shapeKept(row),
    Event: open("event", row.event),
    ...(row.response !== null && { Response: open("response", row.response) }),
    ...(log !== undefined && { Log: log }),
  };
}
