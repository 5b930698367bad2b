import type { AsyncEventRow } from "../src/index.ts";

/** An event that could be run, under an id of its own. */
export function asyncEvent(id: string): AsyncEventRow {
  return {
    id,
    accountId: "123456789012",
    region: "us-east-1",
    functionName: "f",
    qualifier: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:f",
    payload: new TextEncoder().encode("{}"),
    clientContext: undefined,
    traceId: "Root=1-0-0",
    acceptedAtMs: 1,
    attempts: 0,
    failures: 0,
    dueAtMs: 0,
  };
}
