import type { MappingRecord } from "@mayfly/lambda";
import type { Scaling } from "../engine/slots.ts";
import type { PollerLimits } from "../limits.ts";

/**
 * How many batches at once, by a mapping's settings: as Lambda scales by itself, to MaximumConcurrency; or between what is provisioned.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
 */
export function scalingOf({ ScalingConfig, ProvisionedPollerConfig }: MappingRecord["settings"], limits: PollerLimits): Scaling {
  if (ProvisionedPollerConfig !== undefined) {
    const { MinimumPollers = 2, MaximumPollers = 200 } = ProvisionedPollerConfig;
    return {
      startCount: MinimumPollers * limits.pollerBatchCount,
      mostCount: MaximumPollers * limits.pollerBatchCount,
      growthPerMinute: limits.pollerBatchGrowthCount,
    };
  }
  return {
    startCount: limits.queueStartBatchCount,
    mostCount: ScalingConfig?.MaximumConcurrency ?? limits.queueMostBatchCount,
    growthPerMinute: limits.queueBatchGrowthCount,
  };
}
