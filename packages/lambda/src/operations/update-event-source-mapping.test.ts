import type { InputOf } from "@mayfly/kernel";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testEventSources } from "../testing/event-sources.ts";
import { account, arnOf, region, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";
import { until } from "../testing/until.ts";

type Create = InputOf<"lambda", "CreateEventSourceMapping">;
type Update = InputOf<"lambda", "UpdateEventSourceMapping">;

const queue = `arn:aws:sqs:${region}:${account}:orders`;
const stream = `arn:aws:kinesis:${region}:${account}:stream/clicks`;
const documents = `arn:aws:rds:${region}:${account}:cluster:documents`;
const access = [{ Type: "BASIC_AUTH" as const, URI: "arn:aws:secretsmanager:us-east-1:123456789012:secret:s" }];
const own: Partial<Create> = {
  SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ["a.example.com:9092"] } },
  SourceAccessConfigurations: access,
  Topics: ["orders"],
  StartingPosition: "LATEST",
};
const directory = testEventSources();
for (const source of [queue, stream, documents]) directory.sources.set(source, {});

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda({ eventSources: directory, limits: { mappingTransitionMs: 1 } });
});
afterAll(() => world.close());

const get = (UUID: string) => world.call("lambda", "GetEventSourceMapping", { UUID });
const settled = (UUID: string) => until(async () => ["Enabled", "Disabled"].includes((await get(UUID)).State ?? ""));
const update = async (UUID: string, input: Partial<Update>) => {
  const answer = await world.call("lambda", "UpdateEventSourceMapping", { UUID, ...input });
  await settled(UUID);
  return answer;
};
let made = 0;
const create = async (input: Partial<Create>): Promise<string> => {
  const FunctionName = `f${++made}`;
  await world.createFunction(FunctionName);
  const { UUID = "" } = await world.call("lambda", "CreateEventSourceMapping", { FunctionName, ...input });
  await settled(UUID);
  return UUID;
};

describe("a mapping's state", () => {
  it("follows what its owner wants", async () => {
    const UUID = await create({ EventSourceArn: queue, Enabled: false });
    expect((await get(UUID)).State).toBe("Disabled");
    expect((await update(UUID, { BatchSize: 5 })).State).toBe("Updating");
    expect(await get(UUID)).toMatchObject({ State: "Disabled", BatchSize: 5 });
    expect((await update(UUID, { Enabled: true })).State).toBe("Enabling");
    expect((await get(UUID)).State).toBe("Enabled");
    expect((await update(UUID, { Enabled: true, BatchSize: 6 })).State).toBe("Updating");
    expect((await update(UUID, { Enabled: false })).State).toBe("Disabling");
    expect(await get(UUID)).toMatchObject({ State: "Disabled", BatchSize: 6 });
    expect((await world.call("lambda", "DeleteEventSourceMapping", { UUID })).State).toBe("Deleting");
    await until(() =>
      get(UUID).then(
        () => false,
        () => true,
      ),
    );
    for (const operation of ["GetEventSourceMapping", "UpdateEventSourceMapping", "DeleteEventSourceMapping"] as const) {
      await expect(world.call("lambda", operation, { UUID })).rejects.toMatchObject({
        code: "ResourceNotFoundException",
        message: "The resource you requested does not exist.",
      });
    }
  });

  it("bars changes in a transition, which goes on after a restart", async () => {
    const slow = await startTestLambda({ eventSources: directory, limits: { mappingTransitionMs: 600_000 } });
    await slow.createFunction("f");
    const source = { FunctionName: "f", EventSourceArn: queue };
    const { UUID = "" } = await slow.call("lambda", "CreateEventSourceMapping", source);
    const inUse = (action: string) => ({
      code: "ResourceInUseException",
      message: `Cannot ${action} the event source mapping because it is in use.`,
    });
    await expect(slow.call("lambda", "UpdateEventSourceMapping", { UUID, BatchSize: 1 })).rejects.toMatchObject(inUse("update"));
    await expect(slow.call("lambda", "DeleteEventSourceMapping", { UUID })).rejects.toMatchObject(inUse("delete"));
    await slow.stop();
    const again = await startTestLambda({ folder: slow.folder, eventSources: directory, limits: { mappingTransitionMs: 600_000 } });
    expect(await again.call("lambda", "GetEventSourceMapping", { UUID })).toMatchObject({ State: "Enabled", BatchSize: 10 });
    expect((await again.call("lambda", "DeleteEventSourceMapping", { UUID })).State).toBe("Deleting");
    await expect(again.call("lambda", "CreateEventSourceMapping", source)).rejects.toThrow("already exists");
    await again.stop();
    const last = await startTestLambda({ folder: slow.folder, eventSources: directory });
    expect((await last.call("lambda", "ListEventSourceMappings", {})).EventSourceMappings).toEqual([]);
    await last.close();
  });
});

describe("a mapping's settings", () => {
  it("stay where they are not named, and go where they are emptied", async () => {
    const FilterCriteria = { Filters: [{ Pattern: '{"body":{"a":[1]}}' }] };
    const settings = {
      FilterCriteria,
      ScalingConfig: { MaximumConcurrency: 3 },
      MetricsConfig: { Metrics: ["EventCount" as const] },
      FunctionResponseTypes: ["ReportBatchItemFailures" as const],
    };
    const UUID = await create({ EventSourceArn: queue, ...settings });
    expect(await update(UUID, { MaximumBatchingWindowInSeconds: 2, BatchSize: 100 })).toMatchObject({ ...settings, BatchSize: 100 });
    const emptied = { FilterCriteria: {}, ScalingConfig: {}, MetricsConfig: { Metrics: [] }, FunctionResponseTypes: [] };
    const after = await update(UUID, emptied);
    expect(after).toMatchObject({ FunctionResponseTypes: [], BatchSize: 100 });
    for (const name of ["FilterCriteria", "ScalingConfig", "MetricsConfig"]) expect(after).not.toHaveProperty(name);
    const onStream = await create({ EventSourceArn: stream, StartingPosition: "LATEST" });
    expect(await update(onStream, { DestinationConfig: { OnFailure: { Destination: queue } } })).toMatchObject({
      DestinationConfig: { OnFailure: { Destination: queue } },
    });
    expect((await update(onStream, { DestinationConfig: {} })).DestinationConfig).toEqual({ OnFailure: {} });
  });

  it("are held to the rules of the source", async () => {
    const UUID = await create({ EventSourceArn: queue });
    await expect(update(UUID, { BatchSize: 11 })).rejects.toThrow("Maximum batch window in seconds must be greater than 0");
    await expect(update(UUID, { TumblingWindowInSeconds: 1 })).rejects.toThrow("Unsupported TumblingWindowInSeconds parameter");
    const onDocuments = await create({
      EventSourceArn: documents,
      StartingPosition: "LATEST",
      SourceAccessConfigurations: access,
      DocumentDBEventSourceConfig: { DatabaseName: "shop" },
    });
    const moved = { DocumentDBEventSourceConfig: { CollectionName: "c", DatabaseName: "d" } };
    await expect(update(onDocuments, moved)).rejects.toThrow("Invalid parameters: collectionName, databaseName");
    expect(await update(onDocuments, { DocumentDBEventSourceConfig: { FullDocument: "UpdateLookup" } })).toMatchObject({
      DocumentDBEventSourceConfig: { DatabaseName: "shop", FullDocument: "UpdateLookup" },
    });
    const kafka = await create(own);
    await expect(update(kafka, { SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: "other" } })).rejects.toThrow(
      "Unsupported 'selfManagedKafkaEventSourceConfig.consumerGroupId' parameter",
    );
  });

  it("keep a schema registry until an empty one removes it", async () => {
    const UUID = await create({ ...own, ProvisionedPollerConfig: { MinimumPollers: 1 } });
    const SchemaRegistryConfig = {
      SchemaRegistryURI: "https://registry.example.com",
      EventRecordFormat: "JSON" as const,
      SchemaValidationConfigs: [{ Attribute: "VALUE" as const }],
    };
    await update(UUID, { SelfManagedKafkaEventSourceConfig: { SchemaRegistryConfig } });
    const kept = { ConsumerGroupId: UUID, SchemaRegistryConfig };
    expect((await update(UUID, { SelfManagedKafkaEventSourceConfig: {} })).SelfManagedKafkaEventSourceConfig).toEqual(kept);
    const removed = await update(UUID, { SelfManagedKafkaEventSourceConfig: { SchemaRegistryConfig: {} } });
    expect(removed.SelfManagedKafkaEventSourceConfig).toEqual({ ConsumerGroupId: UUID });
  });
});

describe("a mapping's function", () => {
  it("can be another, which must be there, fit the queue and not have it already", async () => {
    const UUID = await create({ EventSourceArn: queue });
    const own = `f${made}`;
    await world.createFunction("slow", { Timeout: 31 });
    await expect(update(UUID, { FunctionName: "nobody" })).rejects.toThrow("Function does not exist");
    await expect(update(UUID, { FunctionName: "slow" })).rejects.toThrow(
      "Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds",
    );
    await create({ EventSourceArn: queue });
    await expect(update(UUID, { FunctionName: `f${made}` })).rejects.toThrow("already exists. Please update or delete");
    await world.createFunction("next", { Publish: true });
    expect((await update(UUID, { FunctionName: "next:1" })).FunctionArn).toBe(arnOf("next:1"));
    await world.call("lambda", "CreateEventSourceMapping", { FunctionName: own, EventSourceArn: queue });
  });

  it("may be deleted: the mapping stays, says so, and can be disabled and deleted", async () => {
    const UUID = await create(own);
    await world.call("lambda", "DeleteFunction", { FunctionName: `f${made}` });
    expect(await get(UUID)).toMatchObject({
      State: "Enabled",
      FunctionArn: arnOf(`f${made}`),
      LastProcessingResult: `PROBLEM: Function not found under accountId ${account} in database`,
    });
    expect((await update(UUID, { Enabled: false })).State).toBe("Disabling");
    await expect(update(UUID, { BatchSize: 2 })).rejects.toThrow("Function does not exist");
    expect((await world.call("lambda", "DeleteEventSourceMapping", { UUID })).State).toBe("Deleting");
  });

  it("can be moved to only by who may map it", async () => {
    const UUID = await create({ EventSourceArn: queue });
    const mine = arnOf(`f${made}`);
    const { User } = await world.call("iam", "CreateUser", { UserName: "mover" });
    const Condition = { StringEquals: { "lambda:FunctionArn": mine } };
    const Statement = { Effect: "Allow", Action: "lambda:*EventSourceMapping", Resource: "*", Condition };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await world.call("iam", "PutUserPolicy", { UserName: "mover", PolicyName: "mine", PolicyDocument });
    const call = world.callAs({ kind: "user", accountId: account, arn: User?.Arn ?? "", userId: User?.UserId ?? "", userName: "mover" });
    await world.createFunction("others");
    await expect(call("lambda", "UpdateEventSourceMapping", { UUID, FunctionName: "others" })).rejects.toMatchObject({
      name: "AccessDenied",
    });
    expect((await call("lambda", "UpdateEventSourceMapping", { UUID, BatchSize: 2 })).FunctionArn).toBe(mine);
  });
});
