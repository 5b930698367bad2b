import type { ServiceName } from "@mayfly/kernel";
import type { Constraints } from "../model/raw-model.ts";

/** Where the live service demands something else of a value than its published model. */
export interface Override {
  /** A shape (`FunctionName`) or one member of a structure (`CreateFunctionRequest.Runtime`). */
  readonly at: string;
  /** What replaces the model's constraints; undefined lifts one. */
  readonly constraints: Constraints;
  readonly reason: string;
}

const handlerChecks = "Lambda's handler answers it as InvalidParameterValueException, in a text of its own.";
const eusc = "The live pattern knows the regions of the European Sovereign Cloud (eusc-de-east-1).";

const region = "((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}";
const functionArnStart = `(arn:(aws[a-zA-Z-]*)?:lambda:)?${region}:)?(\\d{12}:)?(function:)?`;
const version = "(\\$LATEST|[a-zA-Z0-9-_]+)";

/** Hand-written corrections to the models, with the reason of each. */
export const overrides: Record<ServiceName, readonly Override[]> = {
  lambda: [
    ...["CreateFunctionRequest", "UpdateFunctionConfigurationRequest"].flatMap((request) => [
      { at: `${request}.Runtime`, constraints: { enum: undefined }, reason: handlerChecks },
      { at: `${request}.MemorySize`, constraints: { max: undefined }, reason: handlerChecks },
      { at: `${request}.Timeout`, constraints: { max: undefined }, reason: handlerChecks },
    ]),
    { at: "FunctionName", constraints: { pattern: `${functionArnStart}([a-zA-Z0-9-_]+)(:${version})?` }, reason: eusc },
    {
      at: "NamespacedFunctionName",
      constraints: { pattern: `${functionArnStart}([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?` },
      reason: eusc,
    },
    {
      at: "EventSourcePosition",
      constraints: { enum: ["LATEST", "AT_TIMESTAMP", "TRIM_HORIZON"] },
      reason: "The order in which a recorded answer names them.",
    },
    { at: "UnqualifiedFunctionName", constraints: { pattern: `${functionArnStart}([a-zA-Z0-9-_]+)` }, reason: eusc },
  ],
  logs: [],
  iam: [],
  sts: [],
  schemas: [],
  sns: [],
  sqs: ["QueueAttributeName", "MessageSystemAttributeName", "MessageSystemAttributeNameForSends"].map((at) => ({
    at,
    constraints: { enum: undefined },
    reason: "SQS answers an unknown name as InvalidAttributeName or InvalidParameterValue, in a text of its own.",
  })),
  s3: [
    ...["StorageClass", "ChecksumAlgorithm", "ChecksumType", "ObjectCannedACL", "BucketCannedACL", "ServerSideEncryption"].map((at) => ({
      at,
      constraints: { enum: undefined },
      reason: "S3 has an error of its own for each.",
    })),
    ...["EncodingType", "MetadataDirective", "TaggingDirective", "ObjectAttributes", "ChecksumMode", "ObjectOwnership"].map((at) => ({
      at,
      constraints: { enum: undefined },
      reason: "S3 answers an unknown value as InvalidArgument, which names the header.",
    })),
    {
      at: "CopySource",
      constraints: { pattern: undefined },
      reason: "S3 decodes it before it looks for the slash, and answers one without as InvalidArgument.",
    },
    { at: "BucketLocationConstraint", constraints: { enum: undefined }, reason: "S3 answers InvalidLocationConstraint." },
  ],
  mayfly: [],
};
