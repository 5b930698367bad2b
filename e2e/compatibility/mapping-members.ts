import type { CreateEventSourceMappingCommandInput } from "@aws-sdk/client-lambda";
import { waitFor } from "@mayfly/testkit";
import { expect } from "vitest";
import { queueFunctions, telling, type TestQueue, type TestRecord } from "../sdk/queue-functions.ts";
import { acts, kept, refused, type Probe } from "./probe.ts";
import { arnOf, type World } from "./world.ts";

type Settings = Partial<CreateEventSourceMappingCommandInput>;

let made = 0;
/** A queue, a function that tells of its events, and a mapping between them. */
async function mapped(w: World, settings: Settings = {}, then = ""): Promise<{ name: string; queue: TestQueue; uuid: string }> {
  const name = `mapping-${++made}`;
  const $ = queueFunctions(w.clients);
  await $.allowQueues();
  const queue = await $.createQueue(name, { VisibilityTimeout: "5" });
  await $.createFunction(name, telling(then));
  return { name, queue, uuid: await $.map(name, queue, settings) };
}
/** The events of a function once the queue is empty, and so many records are in its log. */
async function batches(
  w: World,
  { name, queue }: { name: string; queue: TestQueue },
  count: number,
): Promise<readonly (readonly TestRecord[])[]> {
  const $ = queueFunctions(w.clients);
  await waitFor("the queue to be empty", async () => (await $.left(queue)) === 0);
  return waitFor(`${count} records`, async () => {
    const told = await $.logged<readonly TestRecord[]>(name);
    return told.flat().length >= count && told;
  });
}
const send = (w: World, queue: TestQueue, ...bodies: string[]) => queueFunctions(w.clients).sendAll(queue, bodies);
const queueArn = "arn:aws:sqs:us-east-1:123456789012:some-queue";
const refusal = (w: World, more: Settings): Promise<string> =>
  w.refusal(w.lambda.createEventSourceMapping({ FunctionName: "probed", EventSourceArn: queueArn, ...more }));
/** Makes a mapping of a self-managed Kafka and looks for a setting in the answer. */
async function keptOfKafka(w: World, more: Settings): Promise<void> {
  const created = await w.lambda.createEventSourceMapping({
    FunctionName: "probed",
    SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: [`broker-${++made}.example.com:9092`] } },
    SourceAccessConfigurations: [{ Type: "BASIC_AUTH", URI: "arn:aws:secretsmanager:us-east-1:123456789012:secret:kafka-Ab12Cd" }],
    Topics: ["orders"],
    StartingPosition: "LATEST",
    Enabled: false,
    ...more,
  });
  expect(created).toMatchObject(more);
}

const ofStreams = "there are no streams yet";
const noCluster = "nothing reads a Kafka";

/** The members of CreateEventSourceMapping, which UpdateEventSourceMapping shares. */
export const mappingMembers: readonly Probe[] = [
  acts("EventSourceArn", "a queue's messages are given to the function; there are no streams, brokers and clusters yet", async (w) => {
    const it = await mapped(w);
    await send(w, it.queue, "hello");
    expect((await batches(w, it, 1))[0]?.[0]).toMatchObject({ body: "hello", eventSource: "aws:sqs", eventSourceARN: it.queue.arn });
  }),
  acts("FunctionName", "a name, a partial ARN or an ARN, with a version or an alias", async (w) => {
    const it = await mapped(w, { Enabled: false });
    await w.lambda.publishVersion({ FunctionName: it.name });
    const $ = queueFunctions(w.clients);
    await $.update(it.uuid, { FunctionName: `${arnOf(it.name)}:1`, Enabled: true });
    await send(w, it.queue, "to the version");
    expect(await batches(w, it, 1)).toHaveLength(1);
  }),
  acts("Enabled", "a mapping that is not enabled reads nothing", async (w) => {
    const it = await mapped(w, { Enabled: false });
    await send(w, it.queue, "waits");
    const [message] = await waitFor("the message", async () => {
      const found = await queueFunctions(w.clients).receive(it.queue);
      return found.length > 0 && found;
    });
    expect(message?.Attributes?.ApproximateReceiveCount).toBe("1");
  }),
  acts("BatchSize", "no event has more records", async (w) => {
    const it = await mapped(w, { BatchSize: 1 });
    await send(w, it.queue, "1", "2", "3");
    expect((await batches(w, it, 3)).map(({ length }) => length)).toEqual([1, 1, 1]);
  }),
  acts("FilterCriteria", "what no filter speaks of is deleted, unseen by the function", async (w) => {
    const it = await mapped(w, { FilterCriteria: { Filters: [{ Pattern: '{"body":["yes"]}' }] } });
    await send(w, it.queue, "no", "yes");
    expect((await batches(w, it, 1)).flat().map(({ body }) => body)).toEqual(["yes"]);
  }),
  acts("MaximumBatchingWindowInSeconds", "records are gathered for so long", async (w) => {
    const it = await mapped(w, { BatchSize: 100, MaximumBatchingWindowInSeconds: 2, Enabled: false });
    await send(w, it.queue, ...Array.from({ length: 20 }, (_, index) => String(index)));
    await queueFunctions(w.clients).update(it.uuid, { Enabled: true });
    expect((await batches(w, it, 20)).map(({ length }) => length)).toEqual([20]);
  }),
  refused("ParallelizationFactor", ofStreams, (w) => refusal(w, { ParallelizationFactor: 2 })),
  kept("StartingPosition", noCluster, (w) => keptOfKafka(w, { StartingPosition: "TRIM_HORIZON" })),
  kept("StartingPositionTimestamp", noCluster, (w) =>
    keptOfKafka(w, { StartingPosition: "AT_TIMESTAMP", StartingPositionTimestamp: new Date(1_700_000_000_000) }),
  ),
  refused("DestinationConfig", "queues have redrive policies instead, as on AWS", (w) =>
    refusal(w, { DestinationConfig: { OnFailure: { Destination: queueArn } } }),
  ),
  refused("MaximumRecordAgeInSeconds", ofStreams, (w) => refusal(w, { MaximumRecordAgeInSeconds: 60 })),
  refused("BisectBatchOnFunctionError", ofStreams, (w) => refusal(w, { BisectBatchOnFunctionError: true })),
  refused("MaximumRetryAttempts", ofStreams, (w) => refusal(w, { MaximumRetryAttempts: 1 })),
  acts("Tags", "ListTags answers them", async (w) => {
    const { uuid } = await mapped(w, { Tags: { team: "blue" } });
    const Resource = `arn:aws:lambda:us-east-1:123456789012:event-source-mapping:${uuid}`;
    expect((await w.lambda.listTags({ Resource })).Tags).toEqual({ team: "blue" });
  }),
  refused("TumblingWindowInSeconds", ofStreams, (w) => refusal(w, { TumblingWindowInSeconds: 10 })),
  kept("Topics", noCluster, (w) => keptOfKafka(w, { Topics: ["another"] })),
  refused("Queues", "there are no brokers yet", (w) => refusal(w, { Queues: ["mail"] })),
  kept("SourceAccessConfigurations", noCluster, (w) => keptOfKafka(w, {})),
  kept("SelfManagedEventSource", `${noCluster}; LastProcessingResult says so`, (w) => keptOfKafka(w, {})),
  acts("FunctionResponseTypes", "of a batch those come again that the function names", async (w) => {
    const then = `const [first] = event.Records;
      if (first.attributes.ApproximateReceiveCount === "1") return { batchItemFailures: [{ itemIdentifier: first.messageId }] };`;
    const it = await mapped(w, { FunctionResponseTypes: ["ReportBatchItemFailures"], BatchSize: 1 }, then);
    await send(w, it.queue, "again");
    expect((await batches(w, it, 2)).flat().map(({ attributes }) => attributes["ApproximateReceiveCount"])).toEqual(["1", "2"]);
  }),
  refused("AmazonManagedKafkaEventSourceConfig", "there are no clusters yet", (w) =>
    refusal(w, { AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: "group" } }),
  ),
  kept("SelfManagedKafkaEventSourceConfig", noCluster, (w) =>
    keptOfKafka(w, { SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: "group" } }),
  ),
  acts("ScalingConfig", "no more batches at once than its MaximumConcurrency", async (w) => {
    const then = "const from = Date.now(); await new Promise((done) => setTimeout(done, 100)); told([{ body: [from, Date.now()] }]);";
    const it = await mapped(w, { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } }, then);
    await send(w, it.queue, "1", "2", "3", "4", "5", "6");
    const told = (await batches(w, it, 12)).flat().map(({ body }) => body as unknown);
    const spans = told.filter((body): body is [number, number] => Array.isArray(body));
    expect(spans).toHaveLength(6);
    for (const [from] of spans) expect(spans.filter((other) => other[0] <= from && from < other[1]).length).toBeLessThanOrEqual(2);
  }),
  refused("DocumentDBEventSourceConfig", "there are no clusters yet", (w) =>
    refusal(w, { DocumentDBEventSourceConfig: { DatabaseName: "shop" } }),
  ),
  kept(
    "KMSKeyArn",
    "filters are protected by the data folder's mode 0700, not encrypted; whoever may not decrypt does not see them",
    async (w) => {
      const KMSKeyArn = "arn:aws:kms:us-east-1:123456789012:key/00000000-0000-0000-0000-000000000000";
      const { uuid } = await mapped(w, { KMSKeyArn, Enabled: false });
      expect(await queueFunctions(w.clients).get(uuid)).toMatchObject({ KMSKeyArn });
    },
  ),
  kept("MetricsConfig", "there are no metrics of CloudWatch's yet", async (w) => {
    const MetricsConfig = { Metrics: ["EventCount" as const] };
    const { uuid } = await mapped(w, { MetricsConfig, Enabled: false });
    expect(await queueFunctions(w.clients).get(uuid)).toMatchObject({ MetricsConfig });
  }),
  kept("LoggingConfig", noCluster, (w) => keptOfKafka(w, { LoggingConfig: { SystemLogLevel: "DEBUG" } })),
  acts("ProvisionedPollerConfig", "ten batches at once for each poller, from the minimum to the maximum", async (w) => {
    const then = "const from = Date.now(); await new Promise((done) => setTimeout(done, 3000)); told([{ body: [from, Date.now()] }]);";
    const it = await mapped(w, { BatchSize: 1, ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: 2 }, Enabled: false }, then);
    await send(w, it.queue, ...Array.from({ length: 12 }, (_, index) => String(index)));
    await queueFunctions(w.clients).update(it.uuid, { Enabled: true });
    const told = (await batches(w, it, 24)).flat().map(({ body }) => body as unknown);
    const spans = told.filter((body): body is [number, number] => Array.isArray(body));
    // Without it there were five at first.
    expect(Math.max(...spans.map(([from]) => spans.filter((other) => other[0] <= from && from < other[1]).length))).toBeGreaterThan(7);
  }),
];
