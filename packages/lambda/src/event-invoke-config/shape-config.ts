import type { FunctionEventInvokeConfig } from "@mayfly/wire/lambda";
import { functionArn, latest, type FunctionKey, type FunctionReference } from "../function-name.ts";
import type { EventInvokeConfigRecord } from "../store/records.ts";

/** What settings are kept under for a caller's qualifier. */
export const configKeyOf = ({ qualifier }: Pick<FunctionReference, "qualifier">): string => qualifier ?? latest;

/** What operations answer of the settings. */
export function shapeEventInvokeConfig(key: FunctionKey, qualifier: string, config: EventInvokeConfigRecord): FunctionEventInvokeConfig {
  const { maximumRetryAttempts, maximumEventAgeSeconds, onSuccess, onFailure } = config;
  return {
    FunctionArn: functionArn(key, qualifier),
    LastModified: new Date(config.lastModifiedMs),
    ...(maximumRetryAttempts !== undefined && { MaximumRetryAttempts: maximumRetryAttempts }),
    ...(maximumEventAgeSeconds !== undefined && { MaximumEventAgeInSeconds: maximumEventAgeSeconds }),
    DestinationConfig: {
      OnSuccess: onSuccess === undefined ? {} : { Destination: onSuccess },
      OnFailure: onFailure === undefined ? {} : { Destination: onFailure },
    },
  };
}
