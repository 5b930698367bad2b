import { beforeAll, describe, expect, test } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { bodiesOf, impatient, queueFunctions, telling, type TestRecord } from "./queue-functions.ts";

const { clients } = serveTests();
const $ = queueFunctions(clients);
beforeAll(() => $.allowQueues());

test("a function is given what is sent to the queue, record by record as AWS has it, and the queue is rid of it", async () => {
  const queue = await $.createQueue("orders");
  await $.createFunction("orders", telling());
  await $.map("orders", queue);
  const { MessageId } = await $.send(queue, '{"order":7}', {
    MessageAttributes: {
      team: { DataType: "String", StringValue: "blue" },
      raw: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2, 255]) },
    },
  });
  const [[record]] = await waitFor("the event", async () => {
    const told = await $.logged<readonly TestRecord[]>("orders");
    return told.length > 0 && (told as [[TestRecord & { receiptHandle: string }]]);
  });
  expect(record.messageId).toBe(MessageId);
  const { SentTimestamp, ApproximateFirstReceiveTimestamp, SenderId } = record.attributes;
  expect(Number(SentTimestamp)).toBeLessThanOrEqual(Number(ApproximateFirstReceiveTimestamp));
  expect(SenderId).toMatch(/^\w+$/);
  const same = { messageId: "ID", receiptHandle: "HANDLE" };
  const attributes = { ...record.attributes, SentTimestamp: "TIME", ApproximateFirstReceiveTimestamp: "TIME", SenderId: "SENDER" };
  expect(JSON.stringify({ ...record, ...same, attributes }, undefined, 2)).toMatchInlineSnapshot(`
    "{
      "messageId": "ID",
      "receiptHandle": "HANDLE",
      "body": "{\\"order\\":7}",
      "attributes": {
        "ApproximateReceiveCount": "1",
        "SentTimestamp": "TIME",
        "SenderId": "SENDER",
        "ApproximateFirstReceiveTimestamp": "TIME"
      },
      "messageAttributes": {
        "team": {
          "stringValue": "blue",
          "stringListValues": [],
          "binaryListValues": [],
          "dataType": "String"
        },
        "raw": {
          "binaryValue": "AQL/",
          "stringListValues": [],
          "binaryListValues": [],
          "dataType": "Binary"
        }
      },
      "md5OfBody": "4db405096ca2c297ffb21aeada277352",
      "md5OfMessageAttributes": "8c209e7f1729b8e0065e3c2eac65e46d",
      "eventSource": "aws:sqs",
      "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:orders",
      "awsRegion": "us-east-1"
    }"
  `);
  await $.isEmpty(queue);
  expect(await $.logged<readonly TestRecord[]>("orders")).toHaveLength(1);
});

describe("filters", () => {
  test("what none of them speaks of is deleted and runs nothing", async () => {
    const queue = await $.createQueue("filtered");
    await $.createFunction("filtered", telling());
    const Filters = [{ Pattern: '{"body":{"kind":["order"]}}' }, { Pattern: '{"messageAttributes":{"team":{"stringValue":["blue"]}}}' }];
    await $.map("filtered", queue, { FilterCriteria: { Filters } });
    await $.sendAll(queue, ['{"kind":"refund"}', "order", '{"kind":"order"', "[]"]);
    await $.send(queue, "by its attribute", { MessageAttributes: { team: { DataType: "String", StringValue: "blue" } } });
    await $.send(queue, '{"kind":"order"}');
    await $.isEmpty(queue);
    const told = (await $.toldOf("filtered", 2)).flat();
    expect(bodiesOf(told).sort()).toEqual(["by its attribute", '{"kind":"order"}']);
  });

  test("a filter on plain text is none for JSON", async () => {
    const queue = await $.createQueue("texts");
    await $.createFunction("texts", telling());
    await $.map("texts", queue, { FilterCriteria: { Filters: [{ Pattern: '{"body":[{"prefix":"go"}]}' }] } });
    await $.sendAll(queue, ['{"go":1}', "stop", "go on"]);
    await $.isEmpty(queue);
    const told = await $.toldOf("texts", 1);
    expect(told.map(bodiesOf)).toEqual([["go on"]]);
  });
});

describe("messages that are not done", () => {
  const failing = telling(`
    const failed = event.Records.filter(({ body, attributes }) => body.startsWith("bad") && Number(attributes.ApproximateReceiveCount) < 2);
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };`);
  const FunctionResponseTypes = ["ReportBatchItemFailures" as const];

  test("of a batch only those that the function names come again", async () => {
    const queue = await $.createQueue("partly", impatient);
    await $.createFunction("partly", failing, { Timeout: 1 });
    const UUID = await $.map("partly", queue, { FunctionResponseTypes, Enabled: false });
    await $.sendAll(queue, ["good 1", "bad", "good 2"]);
    await $.update(UUID, { Enabled: true });
    await $.isEmpty(queue);
    const told = (await $.toldOf("partly", 4)).flat();
    expect(
      told
        .filter(({ attributes }) => attributes["ApproximateReceiveCount"] === "1")
        .map(({ body }) => body)
        .sort(),
    ).toEqual(["bad", "good 1", "good 2"]);
    expect(told.filter(({ attributes }) => attributes["ApproximateReceiveCount"] !== "1").map(({ body }) => body)).toEqual(["bad"]);
  });

  test("an answer that names none of the batch's fails all of it", async () => {
    const queue = await $.createQueue("misnamed", impatient);
    const answer = `if (event.Records[0].attributes.ApproximateReceiveCount === "1") return { batchItemFailures: [{ itemIdentifier: "nobody" }] };`;
    await $.createFunction("misnamed", telling(answer), { Timeout: 1 });
    await $.map("misnamed", queue, { FunctionResponseTypes, BatchSize: 1 });
    await $.send(queue, "once more");
    await $.isEmpty(queue);
    expect((await $.toldOf("misnamed", 2)).flat().map(({ attributes }) => attributes["ApproximateReceiveCount"])).toEqual(["1", "2"]);
  });

  test("of a FIFO queue, too: what the function does not name is deleted, and what it names keeps its order", async () => {
    // As AWS tells functions to do it: from the first failure on. Or not.
    const naming = (end: string): string => `
      const at = event.Records.findIndex(({ body, attributes }) => body === "bad" && attributes.ApproximateReceiveCount === "1");
      const named = at < 0 ? [] : event.Records.slice(at, ${end});
      return { batchItemFailures: named.map(({ messageId }) => ({ itemIdentifier: messageId })) };`;
    const toldOf = async (name: string, end: string, count: number): Promise<string[]> => {
      const queue = await $.createQueue(`${name}.fifo`, { ...impatient, FifoQueue: "true" });
      await $.createFunction(name, telling(naming(end)), { Timeout: 1 });
      const UUID = await $.map(name, queue, { FunctionResponseTypes, Enabled: false });
      await $.sendAll(queue, ["good 1", "bad", "good 2"], "group");
      await $.update(UUID, { Enabled: true });
      await $.isEmpty(queue);
      return bodiesOf((await $.toldOf(name, count)).flat());
    };
    expect(await toldOf("names-the-rest", "undefined", 5)).toEqual(["good 1", "bad", "good 2", "bad", "good 2"]);
    expect(await toldOf("names-one", "at + 1", 4)).toEqual(["good 1", "bad", "good 2", "bad"]);
  });

  test("a FIFO queue's groups are each run in order, one batch at a time, also when a message fails", async () => {
    const queue = await $.createQueue("ordered.fifo", { ...impatient, FifoQueue: "true" });
    const source = telling(`
      for (const { body, attributes } of event.Records) {
        if (body === "a-3" && attributes.ApproximateReceiveCount === "1") throw new Error("not yet");
        console.log("TOLD " + JSON.stringify([{ done: body }]));
      }`);
    await $.createFunction("ordered", source, { Timeout: 1 });
    const UUID = await $.map("ordered", queue, { BatchSize: 2, Enabled: false });
    const numbered = (group: string): string[] => Array.from({ length: 8 }, (_, index) => `${group}-${index}`);
    for (const group of ["a", "b", "c"]) await $.sendAll(queue, numbered(group), group);
    await $.update(UUID, { Enabled: true });
    await $.isEmpty(queue);
    const done = (
      await waitFor("all to be done", async () => {
        const told = (await $.logged<readonly { done?: string }[]>("ordered")).flat();
        return told.filter(({ done: body }) => body !== undefined).length >= 25 && told;
      })
    ).flatMap(({ done: body }) => (body === undefined ? [] : [body]));
    for (const group of ["b", "c"]) expect(done.filter((body) => body.startsWith(group))).toEqual(numbered(group));
    // The batch of a-2 and a-3 was run twice, and nothing of the group between.
    expect(done.filter((body) => body.startsWith("a"))).toEqual(["a-0", "a-1", "a-2", ...numbered("a").slice(2)]);
  });

  test("a message that always fails ends in the dead-letter queue, and holds up no other", async () => {
    const dead = await $.createQueue("dead");
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
    const queue = await $.createQueue("poisoned", { ...impatient, RedrivePolicy });
    await $.createFunction("poisoned", telling('if (event.Records[0].body === "poison") throw new Error("ugh");'), { Timeout: 1 });
    await $.map("poisoned", queue, { BatchSize: 1 });
    await $.sendAll(queue, ["poison", "1", "2", "3"]);
    await $.isEmpty(queue);
    const [message] = await waitFor("the dead letter", async () => {
      const found = await $.receive(dead);
      return found.length > 0 && found;
    });
    expect(message).toMatchObject({ Body: "poison", Attributes: { DeadLetterQueueSourceArn: queue.arn } });
    const told = bodiesOf((await $.toldOf("poisoned", 5)).flat());
    expect(told.sort()).toEqual(["1", "2", "3", "poison", "poison"]);
  });
});
