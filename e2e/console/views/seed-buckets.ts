import { AddPermissionCommand } from "@aws-sdk/client-lambda";
import {
  CreateBucketCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import type { Clients } from "@mayfly/testkit";

/** A bucket with a picture, folders, versions and all that can be set, which runs the function orders-import; and an empty one. */
export async function seedBuckets({ lambda, s3 }: Clients, logo: Buffer): Promise<void> {
  const Bucket = "shop-photos";
  const FunctionName = "orders-import";
  await s3.send(new CreateBucketCommand({ Bucket: "shop-failures" }));
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { Tags: [{ Key: "team", Value: "coffee" }] } }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  const put = (Key: string, Body: string | Buffer, ContentType: string) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body, ContentType, Metadata: { made: "by-hand" }, Tagging: "season=spring" }));
  await put("menus/spring.json", '{"espresso": 2.4}', "application/json");
  await put("menus/spring.json", '{"espresso": 2.4, "cortado": 3.1}', "application/json");
  await put("logo.png", logo, "image/png");
  const Statement = [
    {
      Sid: "Partner",
      Effect: "Allow",
      Principal: { AWS: "210987654321" },
      Action: "s3:GetObject",
      Resource: `arn:aws:s3:::${Bucket}/menus/*`,
    },
  ];
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }));
  const CORSRules = [{ AllowedMethods: ["GET"], AllowedOrigins: ["https://shop.example.com"] }];
  await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
  const Rules = [
    { ID: "old versions", Status: "Enabled" as const, Filter: { Prefix: "menus/" }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
  ];
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: `s3-${Bucket}`,
      Action: "lambda:InvokeFunction",
      Principal: "s3.amazonaws.com",
      SourceArn: `arn:aws:s3:::${Bucket}`,
      SourceAccount: "123456789012",
    }),
  );
  const LambdaFunctionArn = `arn:aws:lambda:us-east-1:123456789012:function:${FunctionName}`;
  const FilterRules = [{ Name: "suffix" as const, Value: ".csv" }];
  const configuration = { Id: "orders", LambdaFunctionArn, Events: ["s3:ObjectCreated:*" as const], Filter: { Key: { FilterRules } } };
  const NotificationConfiguration = { LambdaFunctionConfigurations: [configuration] };
  await s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
}
