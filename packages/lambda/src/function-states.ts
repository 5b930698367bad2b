import type { State } from "@mayfly/wire/lambda";
import { conflict } from "./faults.ts";
import type { VersionRecord } from "./store/records.ts";

/** In which states a function lets an operation through. https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html */
const functionCan = {
  invoke: ["Active", "Inactive"],
  update: ["Active", "Inactive", "Failed"],
  reserveConcurrency: ["Active", "Inactive", "Failed"],
  provision: ["Active", "Inactive"],
  delete: ["Pending", "Active", "Inactive", "Failed"],
} as const satisfies Record<string, readonly State[]>;

/** What `functionCan` has a rule for. */
export type FunctionAction = keyof typeof functionCan;

const bars = new Set<FunctionAction>(["update"]);

/** AWS's words for each reason code that Mayfly gives. */
export const stateReasons: Readonly<Record<string, string>> = { Creating: "The function is being created." };

/**
 * Passes if the version's state lets the action through.
 * @param arn unqualified ARN for the message
 * @throws Fault ResourceConflictException
 */
export function checkState(action: FunctionAction, version: VersionRecord, arn: string): void {
  const allowed: readonly string[] = functionCan[action];
  if (!allowed.includes(version.state)) {
    throw conflict(`The operation cannot be performed at this time. The function is currently in the following state: ${version.state}`);
  }
  if (version.lastUpdateStatus === "InProgress" && bars.has(action)) {
    throw conflict(`The operation cannot be performed at this time. An update is in progress for resource: ${arn}`);
  }
}
