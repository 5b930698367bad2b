import { Fault } from "@mayfly/kernel";
import type { MappingRecord } from "./mapping.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html */
export type MappingState = "Creating" | "Enabling" | "Enabled" | "Disabling" | "Disabled" | "Updating" | "Deleting";

/** What a state turns into by itself; a mapping that is deleted is gone. */
const next: Readonly<Record<MappingState, "stays" | "as-wanted" | "gone">> = {
  Creating: "as-wanted",
  Enabling: "as-wanted",
  Enabled: "stays",
  Disabling: "as-wanted",
  Disabled: "stays",
  Updating: "as-wanted",
  Deleting: "gone",
};

export const settledStates = ["Enabled", "Disabled"] as const satisfies readonly MappingState[];

/** The mapping after its transition: `null` when it is gone then, the same when it is in none. */
export function settledMapping(record: MappingRecord, nowMs: number): MappingRecord | null {
  const becomes = next[record.state];
  if (becomes === "gone") return null;
  if (becomes === "stays") return record;
  return { ...record, state: record.isEnabled ? "Enabled" : "Disabled", lastModifiedMs: nowMs };
}

/** The state of a mapping that is being changed. */
export function changingState(before: MappingRecord, isEnabled: boolean): MappingState {
  if (isEnabled === before.isEnabled) return "Updating";
  return isEnabled ? "Enabling" : "Disabling";
}

/** Passes a mapping in no transition. @throws Fault ResourceInUseException */
export function checkSettled(record: MappingRecord, action: "update" | "delete"): void {
  if (next[record.state] === "stays") return;
  throw new Fault("ResourceInUseException", `Cannot ${action} the event source mapping because it is in use.`, {
    members: { Type: "User" },
  });
}
