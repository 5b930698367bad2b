import { afterAll, beforeAll, expect, it } from "vitest";
import { testEventSources } from "../testing/event-sources.ts";
import { account, region, startTestLambda, type TestLambda } from "../testing/test-lambda.ts";

const queue = (name: string): string => `arn:aws:sqs:${region}:${account}:${name}`;
const directory = testEventSources();
for (const name of ["a", "b", "c"]) directory.sources.set(queue(name), {});

let world: TestLambda;
beforeAll(async () => {
  world = await startTestLambda({ eventSources: directory, limits: { mappingPageCount: 3 } });
  for (const name of ["f", "g"]) {
    await world.createFunction(name, { Publish: true });
    for (const source of ["a", "b"]) await map(name, source);
  }
  await map("f:1", "c");
});
afterAll(() => world.close());

const map = (FunctionName: string, source: string, more = {}) =>
  world.call("lambda", "CreateEventSourceMapping", { FunctionName, EventSourceArn: queue(source), ...more });
const list = (input: object) => world.call("lambda", "ListEventSourceMappings", input);
const tail = (arn = ""): string => arn.split(/:function:|:/).at(-1) ?? "";
const pairs = async (input: object) =>
  ((await list(input)).EventSourceMappings ?? [])
    .map(({ FunctionArn = "", EventSourceArn }) => `${FunctionArn.split(":function:")[1]} ${tail(EventSourceArn)}`)
    .sort();

it("lists by function as it was named, and by source", async () => {
  expect(await pairs({ FunctionName: "f" })).toEqual(["f a", "f b"]);
  expect(await pairs({ FunctionName: "f:1" })).toEqual(["f:1 c"]);
  expect(await pairs({ EventSourceArn: queue("b") })).toEqual(["f b", "g b"]);
  expect(await pairs({ EventSourceArn: queue("b"), FunctionName: "g" })).toEqual(["g b"]);
  expect(await pairs({ FunctionName: "nobody" })).toEqual([]);
  expect(await pairs({ FunctionName: "210987654321:function:f" })).toEqual([]);
});

it("lists page by page, and takes a marker for its own list only", async () => {
  const seen: (string | undefined)[] = [];
  let Marker: string | undefined;
  const sizes: number[] = [];
  do {
    const page = await list({ MaxItems: 100, Marker });
    seen.push(...(page.EventSourceMappings ?? []).map(({ UUID }) => UUID));
    sizes.push(page.EventSourceMappings?.length ?? 0);
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  expect(sizes).toEqual([3, 2]);
  expect(new Set(seen).size).toBe(5);
  const { NextMarker } = await list({ MaxItems: 1 });
  for (const other of [{ FunctionName: "f", Marker: NextMarker }, { Marker: "nonsense" }]) {
    await expect(list(other)).rejects.toMatchObject({ code: "InvalidParameterValueException", message: "The provided Marker is invalid." });
  }
});

it("shows filters under a key to nobody, and one mapping's to who may decrypt", async () => {
  const KMSKeyArn = `arn:aws:kms:${region}:${account}:key/1`;
  const FilterCriteria = { Filters: [{ Pattern: '{"body":{"card":["4111"]}}' }] };
  const { UUID = "", ...made } = await map("g", "c", { KMSKeyArn, FilterCriteria });
  expect(made).toMatchObject({ KMSKeyArn, FilterCriteria });
  const [listed] = (await list({ FunctionName: "g", EventSourceArn: queue("c") })).EventSourceMappings ?? [];
  expect(listed).toMatchObject({ UUID, KMSKeyArn });
  expect(listed).not.toHaveProperty("FilterCriteria");
  const { User } = await world.call("iam", "CreateUser", { UserName: "reader" });
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", Action: "lambda:*", Resource: "*" } });
  await world.call("iam", "PutUserPolicy", { UserName: "reader", PolicyName: "p", PolicyDocument });
  const call = world.callAs({ kind: "user", accountId: account, arn: User?.Arn ?? "", userId: User?.UserId ?? "", userName: "reader" });
  const read = await call("lambda", "GetEventSourceMapping", { UUID });
  expect(read).toMatchObject({
    FilterCriteriaError: { ErrorCode: "AccessDeniedException", Message: expect.stringContaining("kms:Decrypt") },
  });
  expect(JSON.stringify(read)).not.toContain("4111");
});
