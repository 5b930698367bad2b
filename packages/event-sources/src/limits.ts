import type { LambdaLimits } from "@mayfly/lambda";

/** What bounds pollers; rows of Lambda's table of limits. */
export type PollerLimits = Pick<
  LambdaLimits,
  | "syncPayloadBytes"
  | "queueStartBatchCount"
  | "queueMostBatchCount"
  | "queueBatchGrowthCount"
  | "pollerBatchCount"
  | "pollerBatchGrowthCount"
  | "queueReceiveCount"
  | "queueWaitSeconds"
  | "heldEventBytes"
  | "queueReceiverCount"
  | "queueThrottledRetryMs"
  | "queueThrottledMostRetryMs"
  | "sourceRetryMs"
  | "trailEventCount"
  | "trailProducedCount"
  | "trailStepCount"
  | "trailMs"
  | "trailSaveMs"
  | "trailSaveCount"
  | "sourceMostRetryMs"
>;
