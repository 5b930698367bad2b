import type { Identity } from "@mayfly/kernel";

/** In the region that an endpoint's ARN names. */
export const asOwnRegion = (identity: Identity, arn: string): Identity => ({
  ...identity,
  region: arn.split(":", 4)[3] ?? identity.region,
});
