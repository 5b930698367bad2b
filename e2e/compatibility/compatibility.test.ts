import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { configurationMembers } from "./configuration-members.ts";
import { mappingMembers } from "./mapping-members.ts";
import { absentOperations } from "./operations/absent.ts";
import { asynchronousOperations } from "./operations/asynchronous.ts";
import { bucketOperations } from "./operations/buckets.ts";
import { codeSigningOperations } from "./operations/code-signing.ts";
import { concurrencyOperations } from "./operations/concurrency.ts";
import { eventSourceOperations } from "./operations/event-sources.ts";
import { functionOperations } from "./operations/functions.ts";
import { layerOperations } from "./operations/layers.ts";
import { objectOperations } from "./operations/objects.ts";
import { queueOperations } from "./operations/queues.ts";
import { topicOperations } from "./operations/topics.ts";
import { urlOperations } from "./operations/urls.ts";
import { versionOperations } from "./operations/versions.ts";
import type { Probe } from "./probe.ts";
import { queueAttributes } from "./queue-attributes.ts";
import { renderTable, replaceTable, type Result } from "./render.ts";
import { subscriptionAttributes, topicAttributes } from "./topic-attributes.ts";
import { openWorld, type World } from "./world.ts";

// What docs/compatibility.md says of Lambda, SQS, SNS and S3 comes from these runs: `MAYFLY_WRITE_COMPATIBILITY=1 npm test -- e2e/compatibility` writes it anew.

const operations = [
  ...functionOperations,
  ...versionOperations,
  ...layerOperations,
  ...asynchronousOperations,
  ...concurrencyOperations,
  ...urlOperations,
  ...eventSourceOperations,
  ...codeSigningOperations,
  ...absentOperations,
];
const byName = (one: Result, other: Result): number => (one.probe.name < other.probe.name ? -1 : 1);
const asListed = (): number => 0;
const tables = [
  { mark: "operations of Lambda", heading: "operation", probes: operations, order: byName },
  { mark: "members of a function's configuration", heading: "member of CreateFunction", probes: configurationMembers, order: asListed },
  { mark: "members of an event source mapping", heading: "member of CreateEventSourceMapping", probes: mappingMembers, order: asListed },
  { mark: "operations of SQS", heading: "operation", probes: queueOperations, order: byName },
  { mark: "attributes of a queue", heading: "attribute", probes: queueAttributes, order: asListed },
  { mark: "operations of SNS", heading: "operation", probes: topicOperations, order: byName },
  { mark: "attributes of a topic", heading: "attribute", probes: topicAttributes, order: asListed },
  { mark: "attributes of a subscription", heading: "attribute", probes: subscriptionAttributes, order: asListed },
  { mark: "operations of S3", heading: "operation", probes: [...bucketOperations, ...objectOperations], order: byName },
] as const;

interface ServiceModel {
  readonly operations: Readonly<Record<string, unknown>>;
  readonly shapes: Readonly<Record<string, { readonly members?: Readonly<Record<string, unknown>>; readonly enum?: readonly string[] }>>;
}
const modelOf = (service: string): ServiceModel =>
  JSON.parse(readFileSync(new URL(`../../packages/wire/src/generated/${service}.json`, import.meta.url), "utf8")) as ServiceModel;
const documentFile = new URL("../../docs/compatibility.md", import.meta.url);

/** What is refused must say so; anything else is what the run itself looks for. */
function expectFinding({ finding }: Probe, answer: unknown): void {
  if (finding === "refused") expect(answer).toMatch(/^\w+: ./);
}

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

test("each operation of SQS and each attribute that can be set has a run", () => {
  const model = modelOf("sqs");
  expect(queueOperations.map(({ name }) => name).sort()).toEqual(Object.keys(model.operations).sort());
  const readOnly = /^(All|QueueArn|.*Timestamp|ApproximateNumber.*)$/;
  const names = model.shapes["QueueAttributeName"]?.enum?.filter((name) => !readOnly.test(name)).sort();
  expect(queueAttributes.map(({ name }) => name).sort()).toEqual(names);
});

test("each operation of SNS has a run", () => {
  expect(topicOperations.map(({ name }) => name).sort()).toEqual(Object.keys(modelOf("sns").operations).sort());
});

test("each operation of S3 has a run, or is said to be absent", () => {
  const listed = /<!-- begin absent operations of S3 -->([^]*?)<!-- end/.exec(readFileSync(documentFile, "utf8"))?.[1] ?? "";
  const absent = [...listed.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
  const run = [...bucketOperations, ...objectOperations].map(({ name }) => name);
  expect([...run, ...absent].sort()).toEqual(Object.keys(modelOf("s3").operations).sort());
});

test("each operation and each member has a run", () => {
  const model = modelOf("lambda");
  expect(operations.map(({ name }) => name).sort()).toEqual(Object.keys(model.operations).sort());
  const covered = new Set(configurationMembers.map(({ name }) => name.split(".")[0]));
  expect([...covered].sort()).toEqual(Object.keys(model.shapes["CreateFunctionRequest"]?.members ?? {}).sort());
  const ofMappings = mappingMembers.map(({ name }) => name).sort();
  expect(ofMappings).toEqual(Object.keys(model.shapes["CreateEventSourceMappingRequest"]?.members ?? {}).sort());
});

describe.each(tables)("$mark", ({ mark, heading, probes, order }) => {
  const results = new Map<Probe, Result>();
  for (const probe of probes) {
    test(`${probe.name}: ${probe.finding}`, async () => {
      const answer = await probe.run(world);
      expectFinding(probe, answer);
      results.set(probe, { probe, error: typeof answer === "string" ? answer : undefined });
    });
  }

  test("docs/compatibility.md says the same", () => {
    // Some of the runs were left out, or failed: nothing can be said of the whole.
    if (results.size < probes.length) throw new Error(`${probes.length - results.size} runs are missing`);
    const document = readFileSync(documentFile, "utf8");
    const written = replaceTable(document, mark, renderTable(heading, [...results.values()].sort(order)));
    if (process.env["MAYFLY_WRITE_COMPATIBILITY"] === "1") writeFileSync(documentFile, written);
    else expect(document).toBe(written);
  });
});
