import type { ServiceName } from "@mayfly/kernel";

interface BodyLimits {
  /** For operations not named below. */
  readonly defaultBytes: number;
  readonly operations: Readonly<Record<string, number>>;
}

/**
 * Largest request body by service and operation. Lambda's are those of its quotas page and of recorded answers
 * (70167211 bytes is 50 MB of zip in base64 and its JSON). https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const bodyLimits: Readonly<Record<ServiceName, BodyLimits>> = {
  lambda: {
    defaultBytes: 1_048_576,
    operations: {
      CreateFunction: 70_167_211,
      UpdateFunctionCode: 70_167_211,
      PublishLayerVersion: 70_167_211,
      Invoke: 6_291_456,
      InvokeWithResponseStream: 6_291_456,
      InvokeAsync: 262_144,
    },
  },
  logs: { defaultBytes: 10_485_760, operations: {} },
  iam: { defaultBytes: 1_048_576, operations: {} },
  sts: { defaultBytes: 1_048_576, operations: {} },
  schemas: { defaultBytes: 1_048_576, operations: {} },
  mayfly: { defaultBytes: 1_048_576, operations: { PutFunctionDraft: 70_167_211, DeployFunctionFiles: 70_167_211 } },
};
