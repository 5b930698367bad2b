import { AddPermissionCommand } from "@aws-sdk/client-lambda";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { clientsFor, type Clients } from "@mayfly/testkit";
import type { Bench } from "./bench.ts";
import { functionDelays } from "./function-delays.ts";
import { createFunction } from "./functions.ts";
import { goals } from "./goals.ts";
import { percentile } from "./percentile.ts";
import type { Measurements } from "./report.ts";

const Bucket = "bench-uploads";

/** A bucket that runs a function: how soon it starts after PutObject when nothing else is going on. */
export async function measureUploads(bench: Bench): Promise<Measurements> {
  bench.say("uploads that run functions");
  await bench.needServer();
  const clients = clientsFor(bench.server());
  try {
    const FunctionName = await createFunction(bench.lambda(), "uploads", bench.node.runtime, "delay");
    await tell(clients, FunctionName);
    const put = (now: string) => clients.s3.send(new PutObjectCommand({ Bucket, Key: now, Body: "x" }));
    const delays = await functionDelays(bench, clients, FunctionName, put);
    await removeBucket(clients);
    const measure = "PutObject to function start, one at a time";
    return {
      rows: [
        { measure, figure: "p50", unit: "ms", mayfly: percentile(delays, 50), goal: goals.uploadP50 },
        { measure, figure: "p99", unit: "ms", mayfly: percentile(delays, 99), goal: goals.uploadP99 },
      ],
    };
  } finally {
    clients.destroy();
  }
}

async function tell(clients: Clients, FunctionName: string): Promise<void> {
  await clients.s3.send(new CreateBucketCommand({ Bucket }));
  const permission = { Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com", SourceArn: `arn:aws:s3:::${Bucket}` };
  await clients.lambda.send(new AddPermissionCommand({ FunctionName, StatementId: "bucket", ...permission }));
  const LambdaFunctionArn = `arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}`;
  const NotificationConfiguration = { LambdaFunctionConfigurations: [{ LambdaFunctionArn, Events: ["s3:ObjectCreated:Put" as const] }] };
  await clients.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
}

async function removeBucket({ s3 }: Clients): Promise<void> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: Contents.map(({ Key }) => ({ Key })), Quiet: true } }));
  await s3.send(new DeleteBucketCommand({ Bucket }));
}
