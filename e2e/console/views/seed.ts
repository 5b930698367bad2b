import {
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  AddLayerVersionPermissionCommand,
  AddPermissionCommand,
  CreateAliasCommand,
  CreateCodeSigningConfigCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  InvokeCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  PutFunctionCodeSigningConfigCommand,
  PutFunctionEventInvokeConfigCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
  TagResourceCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
  type PublishLayerVersionCommandInput,
} from "@aws-sdk/client-lambda";
import { CreateRegistryCommand, CreateSchemaCommand } from "@aws-sdk/client-schemas";
import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { zipOf, type Clients } from "@mayfly/testkit";
import { test as base } from "../fixtures.ts";
import { makeFunction } from "../make-function.ts";
import { seedBuckets } from "./seed-buckets.ts";
import { bareUser } from "./view.ts";

const orders = `import json
import os


def lambda_handler(event, context):
    """Prices the orders of one message."""
    orders = event.get("orders", [])
    prices = json.loads(os.environ.get("PRICES", '{"espresso": 2.4, "cortado": 3.1}'))
    total = 0.0
    for order in orders:
        price = prices[order["item"]] * order.get("count", 1)
        print(json.dumps({"level": "INFO", "item": order["item"], "price": round(price, 2)}))
        total += price
    return {"statusCode": 200, "body": json.dumps({"orders": len(orders), "total": round(total, 2)})}
`;

/** A file that is not text: one transparent pixel. */
const logo = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg==", "base64");

const helpers = "def round_cents(value):\n    return round(value, 2)\n";

const thumbnails = `export const handler = async (event) => {
  const keys = event.Records?.map(({ s3 }) => s3.object.key) ?? [];
  console.log("thumbnails for", keys.length, "objects");
  return keys.map((key) => "small/" + key);
};
`;

const storyteller = `export const handler = awslambda.streamifyResponse(async (event, stream) => {
  for (const line of ["Once upon a time", "there was a mayfly", "that had a day"]) {
    stream.write(line + "\\n");
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
  stream.end();
});
`;

const failing = "def lambda_handler(event, context):\n    return event['amount'] / event['count']\n";

/** An event that the function orders-import takes. */
export const ordersEvent = { orders: [{ item: "espresso", count: 2 }, { item: "cortado" }] };

/** The suite's test, on a server whose account looks as it may after a week of work. */
export const test = base.extend<object, { readonly seeded: void }>({
  seeded: [
    async ({ aws }, use) => {
      await seed(aws);
      await use();
    },
    { scope: "worker", auto: true },
  ],
});

async function seed(aws: Clients): Promise<void> {
  await Promise.all([seedOrders(aws), seedOthers(aws), seedEvent(aws), seedIam(aws)]);
  await seedLayers(aws);
  await seedCodeSigning(aws);
  await seedQueues(aws);
  await seedTopics(aws);
  await seedBuckets(aws, logo);
  await aws.lambda.send(
    new CreateFunctionUrlConfigCommand({
      FunctionName: "orders-import",
      AuthType: "AWS_IAM",
      Cors: { AllowOrigins: ["https://shop.example.com"], AllowMethods: ["POST"], MaxAge: 300 },
    }),
  );
  await aws.lambda.send(
    new PutProvisionedConcurrencyConfigCommand({ FunctionName: "orders-import", Qualifier: "3", ProvisionedConcurrentExecutions: 1 }),
  );
  await aws.lambda.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: "orders-import",
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: "arn:aws:lambda:us-east-1:123456789012:function:nightly-report" } },
    }),
  );
}

async function seedOrders(aws: Clients): Promise<void> {
  const FunctionName = "orders-import";
  await makeFunction(aws, FunctionName, { files: { "lambda_function.py": orders.replace("Prices the", "Sums up the") } });
  await aws.lambda.send(new PublishVersionCommand({ FunctionName, Description: "First release" }));
  const ZipFile = await zipOf({ "lambda_function.py": orders, "lib/helpers.py": helpers, "README.md": "# Orders\n", "logo.png": logo });
  const { FunctionArn } = await aws.lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
  await waitUntilFunctionUpdatedV2({ client: aws.lambda, maxWaitTime: 30, minDelay: 1 }, { FunctionName });
  await aws.lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName,
      Description: "Prices orders and files them",
      MemorySize: 256,
      Timeout: 10,
      Environment: { Variables: { PRICES: JSON.stringify({ espresso: 2.4, cortado: 3.1 }), STAGE: "test" } },
    }),
  );
  await waitUntilFunctionUpdatedV2({ client: aws.lambda, maxWaitTime: 30, minDelay: 1 }, { FunctionName });
  await aws.lambda.send(new TagResourceCommand({ Resource: FunctionArn ?? "", Tags: { team: "coffee", stage: "test" } }));
  await aws.lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 50 }));
  for (let index = 0; index < 12; index++) {
    const event = index % 5 === 4 ? { orders: [{ item: "tea" }] } : ordersEvent;
    await aws.lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }));
  }
  await seedAliases(aws, FunctionName);
}

/** Three versions; the alias live leads to two of them. */
async function seedAliases({ lambda }: Clients, FunctionName: string): Promise<void> {
  await lambda.send(new PublishVersionCommand({ FunctionName, Description: "Prices from the environment" }));
  const RoutingConfig = { AdditionalVersionWeights: { "2": 0.1 } };
  const Description = "What the shop calls";
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1", RoutingConfig, Description }));
  await lambda.send(new CreateAliasCommand({ FunctionName, Name: "staging", FunctionVersion: "2" }));
  for (let index = 0; index < 10; index++)
    await lambda.send(new InvokeCommand({ FunctionName, Qualifier: "live", Payload: JSON.stringify(ordersEvent) }));
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 11 }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30, minDelay: 1 }, { FunctionName });
  await lambda.send(new PublishVersionCommand({ FunctionName, Description: "Waits a little longer" }));
}

/** A queue that runs the function orders-import, where its failed messages go, and another. */
async function seedQueues({ iam, lambda, sqs }: Clients): Promise<void> {
  const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;
  const statement = { Sid: "shop", Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "sqs:SendMessage" };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, Resource: arnOf("incoming-orders") }] });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf("failed-orders"), maxReceiveCount: 3 });
  const failed = await sqs.send(new CreateQueueCommand({ QueueName: "failed-orders" }));
  const tags = { team: "coffee", stage: "test" };
  const incoming = await sqs.send(
    new CreateQueueCommand({ QueueName: "incoming-orders", Attributes: { Policy, RedrivePolicy, VisibilityTimeout: "60" }, tags }),
  );
  await sqs.send(new CreateQueueCommand({ QueueName: "steps.fifo", Attributes: { FifoQueue: "true", ContentBasedDeduplication: "true" } }));
  for (const item of ["tea", "water"])
    await sqs.send(new SendMessageCommand({ QueueUrl: failed.QueueUrl, MessageBody: JSON.stringify({ orders: [{ item }] }) }));
  const Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
  const PolicyDocument = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action, Resource: arnOf("incoming-orders") }],
  });
  await iam.send(new PutRolePolicyCommand({ RoleName: "execution_role", PolicyName: "PollQueue-incoming-orders", PolicyDocument }));
  await lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: "orders-import",
      EventSourceArn: arnOf("incoming-orders"),
      BatchSize: 5,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ body: { orders: { item: ["espresso"] } } }) }] },
    }),
  );
  for (const event of [ordersEvent, { orders: [{ item: "tea" }] }])
    await sqs.send(new SendMessageCommand({ QueueUrl: incoming.QueueUrl, MessageBody: JSON.stringify(event) }));
}

/** A topic that runs a function, sends to a queue and waits for somebody's consent; and another. */
async function seedTopics({ lambda, sns }: Clients): Promise<void> {
  const Tags = [{ Key: "team", Value: "coffee" }];
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "order-news", Attributes: { DisplayName: "The shop" }, Tags }));
  await sns.send(new CreateTopicCommand({ Name: "steps.fifo", Attributes: { FifoTopic: "true" } }));
  const StatementId = "sns-order-news";
  const permission = { StatementId, Action: "lambda:InvokeFunction", Principal: "sns.amazonaws.com", SourceArn: TopicArn };
  await lambda.send(new AddPermissionCommand({ FunctionName: "orders-import", ...permission }));
  const subscribe = (Protocol: string, Endpoint: string, Attributes: Record<string, string> = {}) =>
    sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes }));
  await subscribe("lambda", "arn:aws:lambda:us-east-1:123456789012:function:orders-import");
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: "arn:aws:sqs:us-east-1:123456789012:failed-orders" });
  const FilterPolicy = JSON.stringify({ kind: ["order", { prefix: "return" }] });
  await subscribe("sqs", "arn:aws:sqs:us-east-1:123456789012:incoming-orders", { FilterPolicy, RedrivePolicy, RawMessageDelivery: "true" });
  await subscribe("email", "ann@example.com");
}

/** A code signing configuration of the function orders-import, and one of none. */
async function seedCodeSigning({ lambda }: Clients): Promise<void> {
  const profile = (name: string): string => `arn:aws:signer:us-east-1:123456789012:/signing-profiles/${name}`;
  const make = async (Description: string, names: readonly string[], UntrustedArtifactOnDeployment: "Warn" | "Enforce") => {
    const AllowedPublishers = { SigningProfileVersionArns: names.map(profile) };
    const CodeSigningPolicies = { UntrustedArtifactOnDeployment };
    return lambda.send(new CreateCodeSigningConfigCommand({ Description, AllowedPublishers, CodeSigningPolicies }));
  };
  await make("Releases", ["release_team"], "Enforce");
  const { CodeSigningConfig } = await make("Whoever builds the shop", ["build_server", "release_team"], "Warn");
  const CodeSigningConfigArn = CodeSigningConfig?.CodeSigningConfigArn;
  await lambda.send(new PutFunctionCodeSigningConfigCommand({ FunctionName: "orders-import", CodeSigningConfigArn }));
}

/** Two layers of the function orders-import, and one that it has not. */
async function seedLayers({ lambda }: Clients): Promise<void> {
  const publish = async (LayerName: string, path: string, more: Partial<PublishLayerVersionCommandInput>): Promise<string> => {
    const Content = { ZipFile: await zipOf({ [path]: "{}\n" }) };
    return (await lambda.send(new PublishLayerVersionCommand({ LayerName, Content, ...more }))).LayerVersionArn ?? "";
  };
  const CompatibleRuntimes = ["python3.12" as const, "python3.13" as const];
  await publish("price-lists", "prices.json", { Description: "Prices of the spring", CompatibleRuntimes });
  const Layers = [
    await publish("price-lists", "prices.json", { Description: "Prices of the summer", CompatibleRuntimes, LicenseInfo: "MIT" }),
    await publish("shared-python", "python/shared.json", { CompatibleRuntimes, CompatibleArchitectures: ["x86_64"] }),
  ];
  await publish("node-tools", "nodejs/tools.json", { Description: "For the thumbnails", CompatibleRuntimes: ["nodejs24.x"] });
  const grant = { StatementId: "partner", Action: "lambda:GetLayerVersion", Principal: "210987654321" };
  await lambda.send(new AddLayerVersionPermissionCommand({ LayerName: "price-lists", VersionNumber: 2, ...grant }));
  const FunctionName = "orders-import";
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: "uploads",
      Action: "lambda:InvokeFunction",
      Principal: "s3.amazonaws.com",
      SourceArn: "arn:aws:s3:::orders-of-the-shop",
      SourceAccount: "123456789012",
    }),
  );
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Layers }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30, minDelay: 1 }, { FunctionName });
}

async function seedOthers(aws: Clients): Promise<void> {
  await makeFunction(aws, "thumbnails", {
    files: { "index.mjs": thumbnails },
    runtime: "nodejs24.x",
    handler: "index.handler",
    invoke: true,
  });
  await makeFunction(aws, "storyteller", {
    files: { "index.mjs": storyteller },
    runtime: "nodejs24.x",
    handler: "index.handler",
    timeoutSeconds: 30,
  });
  await makeFunction(aws, "nightly-report", { files: { "lambda_function.py": failing }, invoke: true });
  await makeFunction(aws, "HelloWorldFunction", { invoke: true });
  await makeFunction(aws, "never-run");
  const files = { "lambda_function.py": "import time\n\n\ndef lambda_handler(event, context):\n    time.sleep(30)\n" };
  await makeFunction(aws, "too-slow", { files, timeoutSeconds: 1 });
  await aws.lambda.send(
    new CreateFunctionCommand({
      FunctionName: "compiled",
      Runtime: "provided.al2023",
      Handler: "bootstrap",
      Role: "arn:aws:iam::123456789012:role/execution_role",
      Code: { ZipFile: await zipOf({ bootstrap: "#!/bin/sh\nexit 1\n" }) },
    }),
  );
}

/** A shareable test event, where the console and tools keep them. */
async function seedEvent({ schemas }: Clients): Promise<void> {
  const RegistryName = "lambda-testevent-schemas";
  await schemas.send(new CreateRegistryCommand({ RegistryName }));
  const Content = JSON.stringify({
    openapi: "3.0.0",
    info: { version: "1.0.0", title: "Event" },
    paths: {},
    components: { schemas: { Event: { type: "object" } }, examples: { morning: { value: ordersEvent } } },
  });
  await schemas.send(new CreateSchemaCommand({ RegistryName, SchemaName: "_orders-import-schema", Type: "OpenApi3", Content }));
}

const allow = (...Action: readonly string[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });

async function seedIam({ iam }: Clients): Promise<void> {
  const first = { PolicyName: "InvokeOnly", PolicyDocument: allow("lambda:InvokeFunction"), Description: "Call functions" };
  const { Policy } = await iam.send(new CreatePolicyCommand(first));
  const PolicyArn = Policy?.Arn ?? "";
  const PolicyDocument = allow("lambda:InvokeFunction", "lambda:GetFunction");
  await iam.send(new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true }));
  await iam.send(new CreateUserCommand({ UserName: bareUser.UserName }));
  await iam.send(new CreateLoginProfileCommand(bareUser));
  await iam.send(new CreateUserCommand({ UserName: "ann", Tags: [{ Key: "team", Value: "coffee" }] }));
  await iam.send(new AttachUserPolicyCommand({ UserName: "ann", PolicyArn }));
  await iam.send(new CreateAccessKeyCommand({ UserName: "ann" }));
}
