import { invalidParameter } from "../faults.ts";

/** An opaque name of a task. */
export const encodeTaskHandle = (taskId: string, sourceArn: string): string =>
  Buffer.from(JSON.stringify({ taskId, sourceArn })).toString("base64");

/** @throws Fault InvalidParameterValue */
export function decodeTaskHandle(handle: string): { readonly taskId: string; readonly sourceArn: string } {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(handle, "base64").toString("utf8"));
    const { taskId, sourceArn } = parsed as Record<string, unknown>;
    if (typeof taskId === "string" && typeof sourceArn === "string") return { taskId, sourceArn };
  } catch {
    // Said below.
  }
  throw invalidParameter("Value for parameter TaskHandle is invalid.");
}
