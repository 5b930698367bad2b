import type { InputOf } from "@mayfly/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testEventSources } from "../testing/event-sources.ts";
import { account, arnOf, region, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";

type Create = InputOf<"lambda", "CreateEventSourceMapping">;

const arn = (service: string, resource: string): string => `arn:aws:${service}:${region}:${account}:${resource}`;
const queue = arn("sqs", "orders");
const fifo = arn("sqs", "orders.fifo");
const stream = arn("kinesis", "stream/clicks");
const table = arn("dynamodb", "table/people/stream/2026-11-27T00:00:00.000");
const broker = arn("mq", "broker:mail:b-1234a5b6-78cd-901e-2fgh-3i45j6k178l9");
const msk = arn("kafka", "cluster/big/6cc0432b-8618-4f44-bccc-e1fbd8fb7c4d-2");
const documents = arn("rds", "cluster:documents");
const dead = arn("sqs", "dead");
const secret = arn("secretsmanager", "secret:broker");
const basic: Create["SourceAccessConfigurations"] = [{ Type: "BASIC_AUTH", URI: secret }];
const own: Partial<Create> = {
  SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ["a.example.com:9092"] } },
  SourceAccessConfigurations: basic,
  Topics: ["orders"],
  StartingPosition: "LATEST",
};
const uuid = expect.stringMatching(/^[0-9a-f-]{36}$/);

const directory = testEventSources();
for (const source of [queue, fifo, stream, table, broker, msk, documents, dead]) directory.sources.set(source, {});
directory.sources.set(arn("sqs", "hasty"), { visibilityTimeoutSeconds: 2 });
directory.sources.set(arn("sqs", "private"), {}).set(arn("kinesis", "stream/private"), {});
directory.closed.add(arn("sqs", "private")).add(arn("kinesis", "stream/private"));

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda({ eventSources: directory });
  await world.createFunction("f", { Publish: true });
  await world.call("lambda", "CreateAlias", { FunctionName: "f", Name: "live", FunctionVersion: "1" });
});
afterAll(() => world.close());

let made = 0;
/** By a function of its own, as two mappings of a function must not bring the same. */
const create = async (input: Partial<Create>) => {
  const FunctionName = input.FunctionName ?? `f${++made}`;
  if (input.FunctionName === undefined) await world.createFunction(FunctionName);
  return world.call("lambda", "CreateEventSourceMapping", { FunctionName, ...input });
};
const refused = (input: Partial<Create>) => create({ FunctionName: "f", ...input }).catch((error: unknown) => error);
const common = { UUID: uuid, EventSourceMappingArn: expect.stringContaining(":event-source-mapping:"), LastModified: expect.any(Date) };

describe("a mapping is made with the defaults of its source", () => {
  it("a queue", async () => {
    expect(await create({ EventSourceArn: queue })).toEqual({
      ...common,
      BatchSize: 10,
      EventSourceArn: queue,
      FunctionArn: arnOf(`f${made}`),
      FunctionResponseTypes: [],
      MaximumBatchingWindowInSeconds: 0,
      State: "Creating",
      StateTransitionReason: "USER_INITIATED",
    });
  });

  it.each([
    ["Kinesis", stream, "LATEST"],
    ["DynamoDB", table, "TRIM_HORIZON"],
  ] as const)("a stream of %s", async (_name, EventSourceArn, StartingPosition) => {
    expect(await create({ EventSourceArn, StartingPosition })).toEqual({
      ...common,
      BatchSize: 100,
      BisectBatchOnFunctionError: false,
      DestinationConfig: { OnFailure: {} },
      EventSourceArn,
      FunctionArn: arnOf(`f${made}`),
      FunctionResponseTypes: [],
      LastProcessingResult: "No records processed",
      MaximumBatchingWindowInSeconds: 0,
      MaximumRecordAgeInSeconds: -1,
      MaximumRetryAttempts: -1,
      ParallelizationFactor: 1,
      StartingPosition,
      State: "Creating",
      StateTransitionReason: "User action",
      TumblingWindowInSeconds: 0,
    });
  });

  it("a self-managed Kafka, which nobody reads here", async () => {
    const mapping = await create(own);
    expect(mapping).toEqual({
      ...common,
      ...own,
      BatchSize: 100,
      FunctionArn: arnOf(`f${made}`),
      LastProcessingResult: expect.stringMatching(/^PROBLEM: Mayfly does not read/),
      SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: mapping.UUID },
      State: "Creating",
      StateTransitionReason: "USER_INITIATED",
    });
  });

  it("MSK, Amazon MQ and DocumentDB", async () => {
    const kafka = await create({ EventSourceArn: msk, Topics: ["orders"], StartingPosition: "TRIM_HORIZON" });
    expect(kafka).toMatchObject({ AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: kafka.UUID }, BatchSize: 100 });
    expect(await create({ EventSourceArn: broker, Queues: ["mail"], SourceAccessConfigurations: basic })).toMatchObject({
      Queues: ["mail"],
      SourceAccessConfigurations: basic,
    });
    const DocumentDBEventSourceConfig = { DatabaseName: "shop" };
    expect(
      await create({
        EventSourceArn: documents,
        DocumentDBEventSourceConfig,
        SourceAccessConfigurations: basic,
        StartingPosition: "LATEST",
      }),
    ).toMatchObject({ DocumentDBEventSourceConfig: { DatabaseName: "shop", FullDocument: "Default" } });
  });

  it("keeps what is said beyond them", async () => {
    const given: Partial<Create> = {
      EventSourceArn: stream,
      StartingPosition: "AT_TIMESTAMP",
      StartingPositionTimestamp: new Date(1_700_000_000_000),
      BatchSize: 1,
      MaximumBatchingWindowInSeconds: 1,
      BisectBatchOnFunctionError: true,
      DestinationConfig: { OnFailure: { Destination: dead } },
      FilterCriteria: { Filters: [{ Pattern: '{"data":{"a":[{"numeric":[">",1]}]}}' }] },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      MaximumRecordAgeInSeconds: 60,
      MaximumRetryAttempts: 1,
      MetricsConfig: { Metrics: ["EventCount"] },
      ParallelizationFactor: 2,
      TumblingWindowInSeconds: 5,
    };
    const mapping = await create(given);
    expect(mapping).toMatchObject(given);
    expect(await world.call("lambda", "GetEventSourceMapping", { UUID: mapping.UUID ?? "" })).toMatchObject(given);
    const pollers = { ProvisionedPollerConfig: { MaximumPollers: 3 } };
    expect(await create({ EventSourceArn: queue, ...pollers })).toMatchObject({
      ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: 3 },
    });
    expect(await create({ EventSourceArn: queue, ScalingConfig: { MaximumConcurrency: 7 } })).toMatchObject({
      ScalingConfig: { MaximumConcurrency: 7 },
    });
  });

  it("keeps the qualifier of its function, and asks as the function's role", async () => {
    const mapping = await create({ FunctionName: "f:live", EventSourceArn: queue });
    expect(mapping.FunctionArn).toBe(arnOf("f:live"));
    expect(directory.askers.at(-1)).toMatchObject({
      accountId: account,
      region,
      principal: { kind: "assumed-role", roleName: "execution_role", sessionName: "f" },
    });
  });

  it("has tags, which are told apart from it", async () => {
    const { EventSourceMappingArn: Resource = "", ...mapping } = await create({ EventSourceArn: queue, Tags: { team: "a" } });
    expect(mapping).not.toHaveProperty("Tags");
    const tagsOf = async () => (await world.call("lambda", "ListTags", { Resource })).Tags;
    expect(await tagsOf()).toEqual({ team: "a" });
    await world.call("lambda", "TagResource", { Resource, Tags: { cost: "1" } });
    await world.call("lambda", "UntagResource", { Resource, TagKeys: ["team", "nothing"] });
    expect(await tagsOf()).toEqual({ cost: "1" });
    const gone = Resource.replace(/[^:]+$/, "00000000-0000-0000-0000-000000000000");
    await expect(world.call("lambda", "ListTags", { Resource: gone })).rejects.toThrow(`Event source mapping not found: ${gone}`);
  });
});

const access = (...types: string[]) => types.map((Type) => ({ Type, URI: secret })) as NonNullable<Create["SourceAccessConfigurations"]>;
const unsupported = (name: string) => `Unsupported ${name} parameter for given event source mapping type.`;
const filters = (...patterns: string[]) => ({ FilterCriteria: { Filters: patterns.map((Pattern) => ({ Pattern })) } });
const kinesis = { EventSourceArn: stream, StartingPosition: "LATEST" } as const;
const absentQueue =
  "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.";

describe("a mapping is refused", () => {
  it.each<[message: string | RegExp, input: Partial<Create>]>([
    ["Unrecognized event source.", {}],
    ["Unrecognized event source.", { EventSourceArn: arn("s3", "bucket") }],
    ["Unrecognized event source.", { EventSourceArn: arn("dynamodb", "table/people") }],
    ["Function does not exist", { EventSourceArn: queue, FunctionName: "nobody" }],
    ["Function does not exist", { EventSourceArn: queue, FunctionName: "f:nobody" }],
    ["Function does not exist", { EventSourceArn: queue, FunctionName: "210987654321:function:f" }],
    [absentQueue, { EventSourceArn: arn("sqs", "nowhere") }],
    [`Stream not found: ${arn("kinesis", "stream/nowhere")}`, { ...kinesis, EventSourceArn: arn("kinesis", "stream/nowhere") }],
    ["The function execution role does not have permissions to call ReceiveMessage on SQS", { EventSourceArn: arn("sqs", "private") }],
    [
      /^Cannot access stream .*stream\/private. Please ensure the role can/,
      { ...kinesis, EventSourceArn: arn("kinesis", "stream/private") },
    ],
    ["Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds", { EventSourceArn: arn("sqs", "hasty") }],
    [
      "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
      { EventSourceArn: queue, BatchSize: 11 },
    ],
    ["Batching window is not supported for FIFO queues", { EventSourceArn: fifo, MaximumBatchingWindowInSeconds: 1, BatchSize: 10 }],
    ["StartingPosition is not valid for SQS event sources.", { EventSourceArn: queue, StartingPosition: "LATEST" }],
    [/^1 validation error detected: Value null at 'startingPosition' .*: Member must not be null\.$/, { EventSourceArn: stream }],
    ["Timestamp only valid with StartingPosition AT_TIMESTAMP", { ...kinesis, StartingPositionTimestamp: new Date(0) }],
    [/class java.lang.Long can not be/, { ...kinesis, StartingPosition: "AT_TIMESTAMP", StartingPositionTimestamp: new Date(-1) }],
    ["Required 'startingPositionTimestamp' parameter is missing.", { ...kinesis, StartingPosition: "AT_TIMESTAMP" }],
    [`Unsupported starting position for arn type: ${table}`, { EventSourceArn: table, StartingPosition: "AT_TIMESTAMP" }],
    [unsupported("ParallelizationFactor"), { EventSourceArn: queue, ParallelizationFactor: 2 }],
    [unsupported("ScalingConfig"), { ...kinesis, ScalingConfig: { MaximumConcurrency: 2 } }],
    [unsupported("DestinationConfig"), { EventSourceArn: queue, DestinationConfig: { OnFailure: { Destination: dead } } }],
    [unsupported("DestinationConfig"), { ...kinesis, DestinationConfig: { OnSuccess: { Destination: dead } } }],
    [unsupported("FilterCriteria"), { EventSourceArn: documents, ...filters("{}") }],
    [unsupported("LoggingConfig"), { EventSourceArn: queue, LoggingConfig: { SystemLogLevel: "INFO" } }],
    [unsupported("MetricsConfig"), { EventSourceArn: queue, MetricsConfig: { Metrics: ["KafkaMetrics"] } }],
    [/^The provided destination config .*is invalid\.$/, { ...kinesis, DestinationConfig: { OnFailure: { Destination: arnOf("f") } } }],
    [
      `The destination ARN ${arn("sqs", "none")} is invalid.`,
      { ...kinesis, DestinationConfig: { OnFailure: { Destination: arn("sqs", "none") } } },
    ],
    [
      "The function execution role does not have permissions to call SendMessage on SQS",
      { ...kinesis, DestinationConfig: { OnFailure: { Destination: arn("sqs", "private") } } },
    ],
    ...["null", '"text"', '{"a":"b"}', '{"a":["b",[]]}', ""].map(
      (pattern) => ["Invalid filter pattern definition.", { EventSourceArn: queue, ...filters(pattern) }] as [string, Partial<Create>],
    ),
    [/'filterCriteria.filters'.*less than or equal to 5$/, { EventSourceArn: queue, ...filters(...Array<string>(6).fill('{"a":[1]}')) }],
    [/'maximumRecordAgeInSeconds'.*greater than or equal to 60$/, { ...kinesis, MaximumRecordAgeInSeconds: 59 }],
    ["Required 'sourceAccessConfigurations' parameter is missing.", { ...own, SourceAccessConfigurations: [] }],
    ["Required 'topics' parameter is missing.", { EventSourceArn: msk, StartingPosition: "LATEST" }],
    ["Required 'queues' parameter is missing.", { EventSourceArn: broker, SourceAccessConfigurations: basic }],
    [unsupported("SourceAccessConfigurations"), { ...own, SourceAccessConfigurations: access("VIRTUAL_HOST") }],
    [
      "Required 'sourceAccessConfigurations' parameter is missing.",
      { EventSourceArn: broker, Queues: ["q"], SourceAccessConfigurations: access("VIRTUAL_HOST") },
    ],
    ["VPC_SUBNET and VPC_SECURITY_GROUP must be both provided.", { ...own, SourceAccessConfigurations: access("VPC_SUBNET") }],
    [/MinimumPollers must be less/, { ...own, ProvisionedPollerConfig: { MinimumPollers: 3, MaximumPollers: 2 } }],
    [
      /provisioned mode/,
      { EventSourceArn: queue, ProvisionedPollerConfig: { MaximumPollers: 2 }, ScalingConfig: { MaximumConcurrency: 2 } },
    ],
    [
      "Required 'provisionedPollerConfig' parameter is missing.",
      { ...own, SelfManagedKafkaEventSourceConfig: { SchemaRegistryConfig: { SchemaRegistryURI: "https://r.example.com" } } },
    ],
    ["Tag keys that start with aws: are reserved for AWS use.", { EventSourceArn: queue, Tags: { "aws:x": "1" } }],
  ])("%s", async (message, input) => {
    expect(await refused(input)).toMatchObject({
      code: "InvalidParameterValueException",
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });

  it("if there is one already, in the words of its source", async () => {
    const twice = async (input: Partial<Create>) => {
      const { UUID, FunctionArn = "" } = await create(input);
      const FunctionName = FunctionArn.split(":").at(-1) ?? "";
      const error: unknown = await refused({ ...input, FunctionName });
      expect(error).toMatchObject({ code: "ResourceConflictException" });
      return [(error as Error).message.replace(UUID ?? "", "ID"), FunctionName];
    };
    const tail = "already exists. Please update or delete the existing mapping with UUID ID";
    const [ofQueue, f] = await twice({ EventSourceArn: queue });
    expect(ofQueue).toBe(`An event source mapping with SQS arn (" ${queue} ") and function (" ${f} ") ${tail}`);
    const [ofStream, g] = await twice(kinesis);
    expect(ofStream).toBe(`The event source arn (" ${stream} ") and function (" ${g} ") provided mapping ${tail}`);
    const [ofTopic, h] = await twice({ EventSourceArn: msk, Topics: ["orders"], StartingPosition: "LATEST" });
    expect(ofTopic).toBe(
      `An event source mapping with event source arn ("${msk}"), function ("${arnOf(h ?? "")}") and topics ("orders") ${tail}`,
    );
    await create({ FunctionName: h ?? "", EventSourceArn: msk, Topics: ["bills"], StartingPosition: "LATEST" });
  });
});

describe("who may not", () => {
  it("is kept to the functions and tags that a policy names", async () => {
    const { User } = await world.call("iam", "CreateUser", { UserName: "mapper" });
    const allow = (Action: string, Condition?: object) => ({ Effect: "Allow", Action, Resource: "*", Condition });
    const Statement = [allow("lambda:*EventSourceMapping", { StringEquals: { "lambda:FunctionArn": arnOf("mine") } })];
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await world.call("iam", "PutUserPolicy", { UserName: "mapper", PolicyName: "mine", PolicyDocument });
    const call = world.callAs({ kind: "user", accountId: account, arn: User?.Arn ?? "", userId: User?.UserId ?? "", userName: "mapper" });
    await world.createFunction("mine");
    const { UUID = "" } = await call("lambda", "CreateEventSourceMapping", { FunctionName: "mine", EventSourceArn: queue });
    await call("lambda", "GetEventSourceMapping", { UUID });
    const denied = { name: "AccessDenied" };
    await expect(call("lambda", "CreateEventSourceMapping", { FunctionName: "f", EventSourceArn: queue })).rejects.toMatchObject(denied);
    const tagged = { FunctionName: "mine", EventSourceArn: fifo, Tags: { a: "b" } };
    await expect(call("lambda", "CreateEventSourceMapping", tagged)).rejects.toThrow("lambda:TagResource");
    const other = (await create({ EventSourceArn: queue })).UUID ?? "";
    await expect(call("lambda", "GetEventSourceMapping", { UUID: other })).rejects.toMatchObject(denied);
    await expect(call("lambda", "DeleteEventSourceMapping", { UUID: other })).rejects.toMatchObject(denied);
  });
});
