import * as lambda from "@aws-sdk/client-lambda";
import * as iam from "@aws-sdk/client-iam";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as s3 from "@aws-sdk/client-s3";
import * as schemas from "@aws-sdk/client-schemas";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import * as sts from "@aws-sdk/client-sts";
import { describe, expect, test } from "vitest";
import { loadModel } from "./model/load-model.ts";
import type { Shape } from "./model/model.ts";
import { sdkRoundTrips, type SdkService } from "./testing/sdk-round-trips.ts";

const filledIn = ["ClientToken", "ClientTokenId", "clientToken"];

/** Every service that AWS's SDK has a client of: all but Mayfly's own. */
const sdk = {
  lambda: { module: lambda, client: lambda.LambdaClient, filledIn },
  logs: { module: logs, client: logs.CloudWatchLogsClient, filledIn },
  iam: { module: iam, client: iam.IAMClient, filledIn },
  sts: { module: sts, client: sts.STSClient, filledIn },
  schemas: { module: schemas, client: schemas.SchemasClient, filledIn },
  sns: { module: sns, client: sns.SNSClient, filledIn },
  // The examples' checksums of messages are not true; the service's suites have true ones.
  sqs: { module: sqs, client: sqs.SQSClient, filledIn, options: { md5: false } },
  s3: {
    module: s3,
    client: s3.S3Client,
    options: { forcePathStyle: true, requestChecksumCalculation: "WHEN_REQUIRED", responseChecksumValidation: "WHEN_REQUIRED" },
    filledIn: [...filledIn, "ContentMD5", "ChecksumAlgorithm", "ContentLength", "ContentType", "Body", "Metadata"],
    adjust: bucketExample,
  },
} as const satisfies Record<string, SdkService>;

/** What the SDK sends to other hosts, or reads as a stream that S3 does not offer here. */
const elsewhere: ReadonlySet<string> = new Set(["ListDirectoryBuckets", "SelectObjectContent", "WriteGetObjectResponse"]);

/**
 * The SDK looks at buckets' names, and sends customers' keys otherwise than it is given them; a header holds less than a document; `Expires` is a date to
 * the SDK alone; and a copy without a result is one that failed.
 */
function bucketExample(example: Record<string, unknown>, { members }: Shape): Record<string, unknown> {
  const fixed: Readonly<Record<string, unknown>> = { Bucket: "bucket", Metadata: { "a-b": "c d" }, ChecksumAlgorithm: "CRC32" };
  const adjusted: Record<string, unknown> = {};
  for (const { name, location } of members) {
    const value = example[name];
    if (/^Copy\w+Result$/.test(name)) adjusted[name] = value ?? {};
    else if (value !== undefined && name !== "Expires" && !name.includes("SSECustomerKey"))
      adjusted[name] = fixed[name] ?? (location === "header" ? inHeader(value) : location === undefined ? inDocument(value, name) : value);
  }
  return adjusted;
}

function inHeader(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: string) => item.replace(/\W/g, ""));
  return typeof value === "string" ? value.replace("é", "") : value;
}

/** Markers of parts are numbers in S3's model and texts to the SDK. */
function inDocument(value: unknown, name = ""): unknown {
  if (name.endsWith("PartNumberMarker")) return String(value);
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value as object).map(([member, item]) => [member, inDocument(item, member)]));
}

const roundTrip = sdkRoundTrips();

for (const [service, client] of Object.entries(sdk)) {
  const model = await loadModel(service as keyof typeof sdk);
  const operations = [...model.operations.values()].filter(({ name }) => !elsewhere.has(name));

  describe(`${service} over its SDK client`, () => {
    test("the SDK has the model's operations", () => {
      const commands = Object.keys(client.module).filter((name) => name.endsWith("Command") && name !== "$Command");
      expect(commands).toEqual(expect.arrayContaining(operations.map(({ name }) => `${name}Command`)));
    });

    for (const operation of operations) {
      test.each(["minimal", "maximal"] as const)(`${operation.name}, %s`, async (fullness) => {
        const { sent, received } = await roundTrip(client, operation, fullness);
        expect(received).toEqual(sent);
      });
    }
  });
}
