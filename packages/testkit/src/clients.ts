import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient } from "@aws-sdk/client-iam";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { S3Client } from "@aws-sdk/client-s3";
import { SchemasClient } from "@aws-sdk/client-schemas";
import { SNSClient } from "@aws-sdk/client-sns";
import { SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";

/** Where SDK clients connect and as whom. */
export interface ClientTarget {
  readonly url: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
}

/** An SDK v3 client of each service. They do not retry: a test sees the first answer. */
export interface Clients {
  readonly lambda: LambdaClient;
  readonly iam: IAMClient;
  readonly sts: STSClient;
  readonly logs: CloudWatchLogsClient;
  readonly schemas: SchemasClient;
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly sqs: SQSClient;
  destroy(): void;
}

/** Clients of the server at `url`, signing as `credentials`. */
export function clientsFor({ url, credentials }: ClientTarget, region = "us-east-1"): Clients {
  // A copy: the SDK writes into the credentials that it is given.
  const config = { endpoint: url, region, credentials: { ...credentials }, maxAttempts: 1 };
  const clients = {
    lambda: new LambdaClient(config),
    iam: new IAMClient(config),
    sts: new STSClient(config),
    logs: new CloudWatchLogsClient(config),
    schemas: new SchemasClient(config),
    // Buckets are in the path: names below 127.0.0.1 are none.
    s3: new S3Client({ ...config, forcePathStyle: true }),
    sns: new SNSClient(config),
    sqs: new SQSClient(config),
  };
  return {
    ...clients,
    destroy: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
