import type { AsyncEventRow } from "@mayfly/db";
import { AccessDenied, isFault, type CallAs, type Principal } from "@mayfly/kernel";
import type { LambdaTarget } from "../invoke/invoke-target.ts";
import { destinationRecord, type EventEnd } from "./destination-record.ts";

/** What a delivery is made with. */
export interface DeliveryResources {
  readonly callAs: CallAs;
  /** Whom a function's code acts as. */
  readonly roleOf: (target: LambdaTarget) => Promise<Principal>;
  readonly onProblem: (line: string) => void;
}

/**
 * Sends word of an event to a function, as the execution role of the event's own. Resolves once it is on disk there, or can't be delivered: AWS counts that
 * in a metric and tells nobody else.
 * @param destination ARN of a function
 */
export async function deliver(
  { callAs, roleOf, onProblem }: DeliveryResources,
  target: LambdaTarget,
  destination: string,
  event: AsyncEventRow,
  end: EventEnd & { readonly nowMs: number },
): Promise<void> {
  const { accountId, region } = target;
  try {
    // The chain of functions goes on.
    const call = callAs({ principal: await roleOf(target), accountId, region, traceHeader: event.traceId });
    await call("lambda", "Invoke", {
      FunctionName: destination,
      InvocationType: "Event",
      Payload: destinationRecord(event, end, end.nowMs),
    });
  } catch (error) {
    if (!isFault(error) && !(error instanceof AccessDenied)) throw error;
    onProblem(
      `The record of asynchronous event ${event.id} of ${event.functionName} could not be delivered to ${destination}: ${error.message}`,
    );
  }
}
