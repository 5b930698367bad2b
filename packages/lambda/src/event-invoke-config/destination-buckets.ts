import type { Identity } from "@mayfly/kernel";

/** Buckets that take records of events that failed, written in the name of the function's execution role. */
export interface DestinationBuckets {
  /** Whether there is such a bucket. @throws AccessDenied if the role may not write to it, or not list it */
  canPut(arn: string, role: Identity): Promise<boolean>;
  /** Resolves when the object is there. @throws Fault or AccessDenied if the bucket does not take it */
  put(arn: string, role: Identity, key: string, body: Uint8Array): Promise<void>;
}

/**
 * The key of a record. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-async-destinations
 * @param id a UUID of its own
 */
export function recordKey(functionName: string, nowMs: number, id: string): string {
  const time = new Date(nowMs).toISOString().slice(0, 19);
  const [year = "", month = "", day = ""] = time.slice(0, 10).split("-");
  return `aws/lambda/async/${functionName}/${year}/${month}/${day}/${time.replaceAll(":", ".")}-${id}`;
}

/** No buckets at all. */
export const noDestinationBuckets: DestinationBuckets = {
  canPut: () => Promise.resolve(false),
  put: (arn) => Promise.reject(new Error(`There is no ${arn}.`)),
};
