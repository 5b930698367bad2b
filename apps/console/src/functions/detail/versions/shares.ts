import type { AliasConfiguration } from "@aws-sdk/client-lambda";

/** A version that an alias leads to, with its part of the traffic in percent. */
export interface Share {
  readonly version: string;
  readonly percent: number;
}

/** Where an alias leads, the larger share of a tie first as it was configured. */
export function sharesOf({ FunctionVersion = "", RoutingConfig }: AliasConfiguration): Share[] {
  const additional = Object.entries(RoutingConfig?.AdditionalVersionWeights ?? {}).map(([version, weight]) => ({
    version,
    percent: percentOf(weight),
  }));
  const rest = 100 - additional.reduce((sum, { percent }) => sum + percent, 0);
  return [{ version: FunctionVersion, percent: percentOf(rest / 100) }, ...additional];
}

/** Weights are fractions; 0.1 + 0.2 of them should read as 30. */
const percentOf = (weight: number): number => Number((weight * 100).toFixed(2));

/** Whether a qualifier names a version, not an alias. An alias can't be called a number. */
export const isVersion = (qualifier: string): boolean => /^\d+$/.test(qualifier);
