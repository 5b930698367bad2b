import type { AsyncEventRow } from "@mayfly/db";
import type { LambdaLimits } from "../limits.ts";
import type { FunctionRecord } from "../store/records.ts";

/** What an asynchronous event's function wants done with it. */
export interface EventSettings {
  readonly retryAttempts: number;
  /** When it is too old. */
  readonly endsAtMs: number;
  /** ARNs. */
  readonly onSuccess: string | undefined;
  readonly onFailure: string | undefined;
}

/** The settings of what the caller named: the function, a version or an alias. */
export function settingsOf(record: FunctionRecord | undefined, event: AsyncEventRow, limits: LambdaLimits): EventSettings {
  const config = record?.eventInvokeConfigs.get(event.qualifier);
  const maxAgeMs = config?.maximumEventAgeSeconds === undefined ? limits.asyncMaxAgeMs : config.maximumEventAgeSeconds * 1000;
  return {
    retryAttempts: config?.maximumRetryAttempts ?? limits.asyncRetryAttempts,
    endsAtMs: event.acceptedAtMs + maxAgeMs,
    onSuccess: config?.onSuccess,
    onFailure: config?.onFailure,
  };
}

/** No later than when the event is too old, so that its destination is told then; what is too old already and could not be told waits its time all the same. */
export const dueWithinAge = (dueAtMs: number, { endsAtMs }: EventSettings, nowMs: number): number =>
  nowMs < endsAtMs ? Math.min(dueAtMs, endsAtMs) : dueAtMs;

/** When an event is to be run again after throttling, or an error of the server's: later each time. */
export const dueAfterThrottle = ({ attempts }: AsyncEventRow, nowMs: number, limits: LambdaLimits): number =>
  nowMs + Math.min(limits.asyncMaxRetryMs, limits.asyncFirstRetryMs * 2 ** attempts);

/** When an event is to be run again whose function failed. @param failures with this one */
export function dueAfterFailure(failures: number, nowMs: number, { asyncFunctionRetryMs }: LambdaLimits): number {
  return nowMs + (asyncFunctionRetryMs[failures - 1] ?? asyncFunctionRetryMs.at(-1) ?? 0);
}
