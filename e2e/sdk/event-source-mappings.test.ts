import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventSourceMappingCommand,
  waitUntilFunctionActiveV2,
  type CreateEventSourceMappingCommandInput,
  type UpdateEventSourceMappingCommandInput,
} from "@aws-sdk/client-lambda";
import { beforeAll, describe, expect, test } from "vitest";
import { waitFor, zipOf } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";
import { queueFunctions } from "./queue-functions.ts";

const arn = (service: string, resource: string): string => `arn:aws:${service}:us-east-1:123456789012:${resource}`;
const functionArn = (name: string): string => arn("lambda", `function:${name}`);

const { server, clients, restart } = serveTests();
beforeAll(async () => {
  await queueFunctions(clients).allowQueues();
  for (const name of ["reads", "another"]) await createFunction(name);
});

async function createFunction(FunctionName: string): Promise<void> {
  await clients.lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: "python3.9",
      Role: arn("iam", "role/execution_role").replace("us-east-1", ""),
      Handler: "main.handler",
      Code: { ZipFile: await zipOf({ "main.py": "def handler(event, context):\n    return event\n" }) },
    }),
  );
  await waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.2 }, { FunctionName });
}

type Create = CreateEventSourceMappingCommandInput;
const create = (input: Partial<Create>) => clients.lambda.send(new CreateEventSourceMappingCommand({ FunctionName: "reads", ...input }));
const get = (UUID = "") => clients.lambda.send(new GetEventSourceMappingCommand({ UUID }));
const update = (UUID: string, input: Partial<UpdateEventSourceMappingCommandInput>) =>
  clients.lambda.send(new UpdateEventSourceMappingCommand({ UUID, ...input }));
const remove = (UUID: string) => clients.lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
const reaches = (UUID: string, state: string) => waitFor(`state ${state}`, async () => (await get(UUID)).State === state);
const kafka = (topic: string): Partial<Create> => ({
  SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ["a.example.com:9092", "b.example.com:9092"] } },
  SourceAccessConfigurations: [{ Type: "SASL_SCRAM_512_AUTH", URI: arn("secretsmanager", "secret:kafka") }],
  Topics: [topic],
  StartingPosition: "TRIM_HORIZON",
});
const createKafka = async (topic: string, more: Partial<Create> = {}): Promise<string> => {
  const { UUID = "" } = await create({ ...kafka(topic), ...more });
  await reaches(UUID, more.Enabled === false ? "Disabled" : "Enabled");
  return UUID;
};

describe("a source that does not exist is refused as on AWS", () => {
  test.each<[string, Partial<Create>, string]>([
    [
      "a queue",
      { EventSourceArn: arn("sqs", "orders") },
      "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.",
    ],
    [
      "a stream of Kinesis",
      { EventSourceArn: arn("kinesis", "stream/clicks"), StartingPosition: "LATEST" },
      `Stream not found: ${arn("kinesis", "stream/clicks")}`,
    ],
    [
      "a stream of DynamoDB",
      { EventSourceArn: arn("dynamodb", "table/people/stream/2026-11-27T00:00:00.000"), StartingPosition: "LATEST" },
      `Stream not found: ${arn("dynamodb", "table/people/stream/2026-11-27T00:00:00.000")}`,
    ],
    [
      "a broker",
      {
        EventSourceArn: arn("mq", "broker:mail:b-12"),
        Queues: ["mail"],
        SourceAccessConfigurations: [{ Type: "BASIC_AUTH", URI: arn("secretsmanager", "secret:mail") }],
      },
      "Can't find requested broker [b-12]. Make sure your broker exists.",
    ],
    [
      "a cluster of DocumentDB",
      {
        EventSourceArn: arn("rds", "cluster:shop"),
        StartingPosition: "LATEST",
        DocumentDBEventSourceConfig: { DatabaseName: "shop" },
        SourceAccessConfigurations: [{ Type: "BASIC_AUTH", URI: arn("secretsmanager", "secret:shop") }],
      },
      "DBCluster shop not found.",
    ],
    ["a bucket", { EventSourceArn: arn("s3", "bucket") }, "Unrecognized event source."],
    ["nothing", {}, "Unrecognized event source."],
    ["a function", { ...kafka("topic"), FunctionName: "nobody" }, "Function does not exist"],
  ])("%s", async (_name, input, message) => {
    const error = await expectError(create(input), "InvalidParameterValueException", 400, message);
    expect(error).toMatchObject({ Type: "User" });
  });

  test("before that, what its model and its source don't allow", async () => {
    const queue = { EventSourceArn: arn("sqs", "orders") };
    await expectError(
      create({ ...queue, StartingPosition: "0" as "LATEST" }),
      "ValidationException",
      400,
      "1 validation error detected: Value '0' at 'startingPosition' failed to satisfy constraint: Member must satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]",
    );
    await expectError(create({ ...queue, BatchSize: 10_001 }), "ValidationException", 400);
    const refused = (input: Partial<Create>, message: string) => expectError(create(input), "InvalidParameterValueException", 400, message);
    await refused({ ...queue, StartingPosition: "LATEST" }, "StartingPosition is not valid for SQS event sources.");
    await refused(
      { ...queue, BatchSize: 11 },
      "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
    );
    const FilterCriteria = { Filters: [{ Pattern: '{"body":{"a":"no list"}}' }] };
    await refused({ ...queue, FilterCriteria }, "Invalid filter pattern definition.");
    const { SourceAccessConfigurations: _left, ...open } = kafka("topic");
    await refused(open, "Required 'sourceAccessConfigurations' parameter is missing.");
  });

  test("a mapping that there is not", async () => {
    for (const call of [() => get("none"), () => update("none", { BatchSize: 1 }), () => remove("none")]) {
      await expectError(call(), "ResourceNotFoundException", 404, "The resource you requested does not exist.");
    }
    const Resource = arn("lambda", "event-source-mapping:00000000-0000-0000-0000-000000000000");
    const tags = clients.lambda.send(new ListTagsCommand({ Resource }));
    await expectError(tags, "ResourceNotFoundException", 404, `Event source mapping not found: ${Resource}`);
  });
});

describe("a mapping of a self-managed Kafka", () => {
  test("is made, and says that nothing reads it", async () => {
    const made = await create({ ...kafka("life"), Tags: { team: "a" } });
    expect(made.$metadata.httpStatusCode).toBe(202);
    const { UUID = "", EventSourceMappingArn: Resource = "" } = made;
    expect(made).toMatchObject({
      ...kafka("life"),
      BatchSize: 100,
      EventSourceMappingArn: arn("lambda", `event-source-mapping:${UUID}`),
      FunctionArn: functionArn("reads"),
      LastModified: expect.any(Date),
      LastProcessingResult: "PROBLEM: Mayfly does not read self-managed Apache Kafka clusters. No records are processed.",
      SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: UUID },
      State: "Creating",
      StateTransitionReason: "USER_INITIATED",
    });
    await reaches(UUID, "Enabled");
    await clients.lambda.send(new TagResourceCommand({ Resource, Tags: { cost: "1" } }));
    await clients.lambda.send(new UntagResourceCommand({ Resource, TagKeys: ["team"] }));
    expect((await clients.lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({ cost: "1" });
  });

  test("is changed, disabled, enabled, moved to another function and deleted", async () => {
    const UUID = await createKafka("changes", { Enabled: false });
    const FilterCriteria = { Filters: [{ Pattern: '{"value":{"kind":["order",{"prefix":"bill-"}]}}' }] };
    const changed = await update(UUID, { BatchSize: 7, MaximumBatchingWindowInSeconds: 3, FilterCriteria });
    expect(changed).toMatchObject({ State: "Updating", BatchSize: 7, MaximumBatchingWindowInSeconds: 3, FilterCriteria });
    await reaches(UUID, "Disabled");
    expect((await update(UUID, { Enabled: true, FilterCriteria: {} })).State).toBe("Enabling");
    await reaches(UUID, "Enabled");
    expect((await get(UUID)).FilterCriteria).toBeUndefined();
    expect((await update(UUID, { Enabled: false, FunctionName: "another" })).State).toBe("Disabling");
    await reaches(UUID, "Disabled");
    expect(await get(UUID)).toMatchObject({ FunctionArn: functionArn("another"), BatchSize: 7 });
    expect((await remove(UUID)).State).toBe("Deleting");
    await waitFor("the mapping to be gone", () =>
      get(UUID).then(
        () => false,
        (error: Error) => error.name === "ResourceNotFoundException",
      ),
    );
  });

  test("is there once, and in one transition at a time", async () => {
    const UUID = await createKafka("once");
    const twin = await expectError(create(kafka("once")), "ResourceConflictException", 409, /already exists/);
    expect(twin.message).toMatch(new RegExp(`Please update or delete the existing mapping with UUID ${UUID}$`));
    const results = await Promise.allSettled(Array.from({ length: 8 }, (_, at) => update(UUID, { BatchSize: at + 1 })));
    const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason as Error] : []));
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(8);
    for (const { name, message } of refused) {
      expect([name, message]).toEqual(["ResourceInUseException", "Cannot update the event source mapping because it is in use."]);
    }
  });

  test("is listed by function and source, page by page", async () => {
    for (const topic of ["list-1", "list-2", "list-3"]) await createKafka(topic, { FunctionName: "another" });
    const list = (input: object) => clients.lambda.send(new ListEventSourceMappingsCommand(input));
    const first = await list({ FunctionName: "another", MaxItems: 2 });
    const rest = await list({ FunctionName: functionArn("another"), Marker: first.NextMarker });
    const topics = [...(first.EventSourceMappings ?? []), ...(rest.EventSourceMappings ?? [])].flatMap(({ Topics = [] }) => Topics);
    expect([...topics].sort()).toEqual(["list-1", "list-2", "list-3"]);
    expect(rest.NextMarker).toBeUndefined();
    expect((await list({ EventSourceArn: arn("sqs", "orders") })).EventSourceMappings).toEqual([]);
    await expectError(list({ Marker: first.NextMarker }), "InvalidParameterValueException", 400, "The provided Marker is invalid.");
  });

  test("outlives its function, and a kill of the server in any of its transitions", async () => {
    await createFunction("leaves");
    const stays = await createKafka("stays", { FunctionName: "leaves", BatchSize: 5 });
    const goes = await createKafka("goes");
    await clients.lambda.send(new DeleteFunctionCommand({ FunctionName: "leaves" }));
    const [fresh] = await Promise.all([create(kafka("fresh")), update(stays, { Enabled: false }), remove(goes)]);
    await server.kill();
    await restart();
    expect(await get(fresh.UUID)).toMatchObject({ State: "Enabled", Topics: ["fresh"] });
    expect(await get(stays)).toMatchObject({
      State: "Disabled",
      BatchSize: 5,
      FunctionArn: functionArn("leaves"),
      LastProcessingResult: "PROBLEM: Function not found under accountId 123456789012 in database",
    });
    await expectError(get(goes), "ResourceNotFoundException", 404);
  });
});
