import { engineLimits } from "../limits.ts";
import type { InitializationType } from "../types.ts";

/** How long INIT may take. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-ib */
export function initLimitMs(type: InitializationType, timeoutMs: number): number {
  const { initTimeoutMs, provisionedInitTimeoutMs } = engineLimits;
  return type === "on-demand" ? initTimeoutMs : Math.max(provisionedInitTimeoutMs, timeoutMs);
}

/** What an event is billed. An INIT that ran ahead is told with the first event, but is no part of it. */
export const billedMs = (type: InitializationType, durationMs: number, initDurationMs = 0): number =>
  Math.ceil(durationMs + (type === "on-demand" ? initDurationMs : 0));
