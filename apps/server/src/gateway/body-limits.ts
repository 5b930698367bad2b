import type { ServiceName } from "@mayfly/kernel";
import type { LambdaLimits } from "@mayfly/lambda";
import type { ServiceWire } from "@mayfly/wire";

interface ServiceBodyLimits {
  /** For operations not named below. */
  readonly defaultBytes: number;
  readonly operations: Readonly<Record<string, number>>;
}

/** The largest request body of each service's operations. */
export type BodyLimits = Readonly<Record<ServiceName, ServiceBodyLimits>>;

/** What a package takes in a request: base64, and JSON around it. 70167211 bytes on AWS, as its recorded answers say. */
const codeBody = (zippedBytes: number): number => Math.ceil((zippedBytes * 4) / 3) + 262_144;

/** Bodies are texts at some time, which have a largest length of their own in Node (`buffer.constants.MAX_STRING_LENGTH`). */
const mostBytes = 512 * 1024 * 1024 - 32;

/**
 * Largest request body by service and operation. Lambda's are those of its quotas page and of recorded answers, or what `--limits` made of them.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function bodyLimitsFor(limits: LambdaLimits): BodyLimits {
  const codeBytes = Math.min(codeBody(limits.zippedCodeBytes), mostBytes);
  // Which kind of invocation it is, and so its own bound, is only known when the body is here.
  const eventBytes = Math.min(Math.max(limits.syncPayloadBytes, limits.asyncPayloadBytes), mostBytes);
  return {
    lambda: {
      defaultBytes: 1_048_576,
      operations: {
        CreateFunction: codeBytes,
        UpdateFunctionCode: codeBytes,
        PublishLayerVersion: codeBytes,
        Invoke: eventBytes,
        InvokeWithResponseStream: eventBytes,
        InvokeAsync: limits.invokeAsyncBodyBytes,
      },
    },
    logs: { defaultBytes: 10_485_760, operations: {} },
    iam: { defaultBytes: 1_048_576, operations: {} },
    sts: { defaultBytes: 1_048_576, operations: {} },
    schemas: { defaultBytes: 1_048_576, operations: {} },
    // 256 KiB of messages, each byte of which may be written as three characters; ten of a batch are refused in SNS's own words.
    sns: { defaultBytes: 1_048_576, operations: { Publish: 2_097_152, PublishBatch: 8_388_608 } },
    // 1 MiB of messages, each character of which may be written as up to six bytes; more than fits is refused in SQS's own words.
    sqs: { defaultBytes: 1_048_576, operations: { SendMessage: 8_388_608, SendMessageBatch: 8_388_608 } },
    // Bodies that are objects are streamed; the others are documents, the largest of them 10,000 parts or 1,000 keys.
    s3: { defaultBytes: 2_097_152, operations: { DeleteObjects: 8_388_608, CompleteMultipartUpload: 8_388_608 } },
    mayfly: { defaultBytes: 1_048_576, operations: { PutFunctionDraft: codeBytes, DeployFunctionFiles: codeBytes } },
  };
}

/** The largest body of a request. Where only the body will name the operation that is what any of the service's takes. */
export function limitOf(
  limits: BodyLimits,
  { service, bodyNamesOperation }: Pick<ServiceWire, "service" | "bodyNamesOperation">,
  operation: string | undefined,
): number {
  const { operations, defaultBytes } = limits[service];
  if (operation === undefined && bodyNamesOperation) return Math.max(defaultBytes, ...Object.values(operations));
  return operations[operation ?? ""] ?? defaultBytes;
}

/** The largest body of all. */
export const largestBody = (limits: BodyLimits): number =>
  Math.max(...Object.values(limits).flatMap(({ defaultBytes, operations }) => [defaultBytes, ...Object.values(operations)]));
