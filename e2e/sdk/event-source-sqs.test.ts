import { CreateRoleCommand, DeleteRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import { DeleteQueueCommand } from "@aws-sdk/client-sqs";
import { beforeAll, describe, expect, test } from "vitest";
import { waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";
import { queueFunctions, telling, type TestQueue, type TestRecord } from "./queue-functions.ts";

const { clients } = serveTests();
const $ = queueFunctions(clients);
beforeAll(() => $.allowQueues());

type Records = readonly TestRecord[];
const batches = (name: string): Promise<readonly Records[]> => $.logged<Records>(name);
/** What a function was given, once so many records are in its log, which is written a little later. */
const toldOf = (name: string, recordCount: number): Promise<readonly Records[]> =>
  waitFor(`${recordCount} records of ${name}`, async () => {
    const told = await batches(name);
    return told.flat().length >= recordCount && told;
  });
const bodiesOf = (records: Records): string[] => records.map(({ body }) => body);
const isEmpty = (queue: TestQueue) => waitFor("the queue to be empty", async () => (await $.left(queue)) === 0);
/** A queue whose messages come again after a second. */
const impatient = { VisibilityTimeout: "1" };

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
    const told = await batches("orders");
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
  await isEmpty(queue);
  expect(await batches("orders")).toHaveLength(1);
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
    await isEmpty(queue);
    const told = (await toldOf("filtered", 2)).flat();
    expect(bodiesOf(told).sort()).toEqual(["by its attribute", '{"kind":"order"}']);
  });

  test("a filter on plain text is none for JSON", async () => {
    const queue = await $.createQueue("texts");
    await $.createFunction("texts", telling());
    await $.map("texts", queue, { FilterCriteria: { Filters: [{ Pattern: '{"body":[{"prefix":"go"}]}' }] } });
    await $.sendAll(queue, ['{"go":1}', "stop", "go on"]);
    await isEmpty(queue);
    const told = await toldOf("texts", 1);
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
    await isEmpty(queue);
    const told = (await toldOf("partly", 4)).flat();
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
    await isEmpty(queue);
    expect((await toldOf("misnamed", 2)).flat().map(({ attributes }) => attributes["ApproximateReceiveCount"])).toEqual(["1", "2"]);
  });

  test("in a FIFO queue what follows in the group waits for the one that failed, other groups do not", async () => {
    const queue = await $.createQueue("partly.fifo", { ...impatient, FifoQueue: "true" });
    await $.createFunction("partly-fifo", failing, { Timeout: 1 });
    const UUID = await $.map("partly-fifo", queue, { FunctionResponseTypes, Enabled: false });
    await $.sendAll(queue, ["good 1", "bad 2", "good 3"], "one");
    await $.sendAll(queue, ["good 4"], "other");
    await $.update(UUID, { Enabled: true });
    await isEmpty(queue);
    const told = (await toldOf("partly-fifo", 6)).flat();
    const ofGroup = (group: string) => bodiesOf(told.filter(({ attributes }) => attributes["MessageGroupId"] === group));
    expect(ofGroup("one")).toEqual(["good 1", "bad 2", "good 3", "bad 2", "good 3"]);
    expect(ofGroup("other")).toEqual(["good 4"]);
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
    await isEmpty(queue);
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
    await isEmpty(queue);
    const [message] = await waitFor("the dead letter", async () => {
      const found = await $.receive(dead);
      return found.length > 0 && found;
    });
    expect(message).toMatchObject({ Body: "poison", Attributes: { DeadLetterQueueSourceArn: queue.arn } });
    const told = bodiesOf((await toldOf("poisoned", 5)).flat());
    expect(told.sort()).toEqual(["1", "2", "3", "poison", "poison"]);
  });
});

describe("how many at once", () => {
  const slow = telling("const from = Date.now(); await new Promise((r) => setTimeout(r, 150)); told([{ from, to: Date.now() }]);");
  /** The most invocations that were under way at once, as the function saw it. */
  async function mostAtOnce(name: string): Promise<number> {
    const spans = (await $.logged<readonly { from?: number; to?: number }[]>(name)).flat().filter(({ from }) => from !== undefined);
    return Math.max(...spans.map(({ from = 0 }) => spans.filter((other) => other.from! <= from && from < other.to!).length));
  }
  const numbers = Array.from({ length: 16 }, (_, index) => String(index));
  /** The records of a function that told of each and of its end. */
  const got = async (name: string) => (await toldOf(name, 2 * numbers.length)).flat().filter(({ body }) => body !== undefined);

  test("no more than MaximumConcurrency", async () => {
    const queue = await $.createQueue("few");
    await $.createFunction("few", slow);
    await $.map("few", queue, { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    await $.sendAll(queue, numbers);
    await isEmpty(queue);
    expect(bodiesOf(await got("few")).sort()).toEqual([...numbers].sort());
    expect(await mostAtOnce("few")).toBe(2);
  });

  test("a batch that is throttled is run later, without having been received again", async () => {
    const queue = await $.createQueue("throttled");
    await $.createFunction("throttled", slow);
    const FunctionName = "throttled";
    await clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 1 }));
    await $.map(FunctionName, queue, { BatchSize: 1 });
    await $.sendAll(queue, numbers);
    await isEmpty(queue);
    const records = await got(FunctionName);
    expect(bodiesOf(records).sort()).toEqual([...numbers].sort());
    expect(new Set(records.map(({ attributes }) => attributes["ApproximateReceiveCount"]))).toEqual(new Set(["1"]));
    expect(await mostAtOnce(FunctionName)).toBe(1);
  });

  test("a function that may not run at all costs its messages a receive for each visibility timeout, as on AWS", async () => {
    const dead = await $.createQueue("barred-dead");
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
    const queue = await $.createQueue("barred", { ...impatient, RedrivePolicy });
    const patient = await $.createQueue("patient");
    const FunctionName = "barred";
    await $.createFunction(FunctionName, telling(), { Timeout: 1 });
    await clients.lambda.send(new lambda.PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }));
    for (const mapped of [queue, patient]) await $.map(FunctionName, mapped);
    await $.send(patient, "patience");
    await $.send(queue, "in vain");
    await waitFor("the dead letter", async () => (await $.left(dead)) === 1);
    expect(await batches(FunctionName)).toEqual([]);
    await clients.lambda.send(new lambda.DeleteFunctionConcurrencyCommand({ FunctionName }));
    const [[record] = []] = await toldOf(FunctionName, 1);
    expect(record).toMatchObject({ body: "patience", attributes: { ApproximateReceiveCount: "1" } });
    await isEmpty(patient);
  });

  test("a window gathers messages of several receives", async () => {
    const queue = await $.createQueue("gathered");
    await $.createFunction("gathered", telling());
    const UUID = await $.map("gathered", queue, { BatchSize: 1000, MaximumBatchingWindowInSeconds: 3, Enabled: false });
    await $.sendAll(queue, [...numbers, ...numbers.map((number) => `again ${number}`)]);
    await $.update(UUID, { Enabled: true });
    await isEmpty(queue);
    expect((await toldOf("gathered", 32)).map(({ length }) => length)).toEqual([32]);
  });

  test("a batch in a window is full at its size", async () => {
    const queue = await $.createQueue("full");
    await $.createFunction("full", telling());
    await $.map("full", queue, { BatchSize: 12, MaximumBatchingWindowInSeconds: 300 });
    await $.sendAll(queue, [...numbers, ...numbers.slice(0, 8)]);
    await isEmpty(queue);
    expect((await toldOf("full", 24)).map(({ length }) => length)).toEqual([12, 12]);
  });

  test("what is too long for one event of a FIFO queue's group is given to the function in turn", async () => {
    const queue = await $.createQueue("long.fifo", { FifoQueue: "true" });
    const source = telling("await new Promise((done) => setTimeout(done, 300)); told([{ body: 'over' }]);");
    await $.createFunction(
      "long-fifo",
      source.replace("told(event.Records)", "told(event.Records.map(({ body }) => ({ body: body[0] })))"),
    );
    const UUID = await $.map("long-fifo", queue, { Enabled: false });
    for (const first of "12345678") await $.send(queue, first.repeat(1_000_000), { MessageGroupId: "one", MessageDeduplicationId: first });
    await $.update(UUID, { Enabled: true });
    await isEmpty(queue);
    expect((await toldOf("long-fifo", 10)).map(bodiesOf)).toEqual([["1", "2", "3", "4", "5", "6"], ["over"], ["7", "8"], ["over"]]);
  });

  test("a batch ends where its event would be too long", async () => {
    const queue = await $.createQueue("long");
    await $.createFunction(
      "long",
      telling().replace("told(event.Records)", "told(event.Records.map(({ body }) => ({ body: body.length })))"),
    );
    const UUID = await $.map("long", queue, { BatchSize: 1000, MaximumBatchingWindowInSeconds: 3, Enabled: false });
    for (let count = 0; count < 8; count++) await $.send(queue, "x".repeat(1_000_000));
    await $.update(UUID, { Enabled: true });
    await isEmpty(queue);
    const told = await toldOf("long", 8);
    expect(told.map(({ length }) => length).sort()).toEqual([2, 6]);
  });
});

describe("a mapping's life", () => {
  test("disabled it reads nothing, enabled it goes on; a batch size that is changed is obeyed", async () => {
    const queue = await $.createQueue("switched");
    await $.createFunction("switched", telling());
    const UUID = await $.map("switched", queue);
    await $.send(queue, "first");
    await isEmpty(queue);
    expect(await $.update(UUID, { Enabled: false })).toMatchObject({ State: "Disabling", StateTransitionReason: "USER_INITIATED" });
    await $.reaches(UUID, "Disabled");
    await $.sendAll(queue, ["second", "third"]);
    // Whoever still reads would have taken one of them by now.
    const received = await waitFor("both", async () => {
      const found = await $.receive(queue);
      return found.length > 0 && found;
    });
    expect(received[0]?.Attributes?.ApproximateReceiveCount).toBe("1");
    expect(await batches("switched")).toHaveLength(1);
    const other = await $.createQueue("switched-other");
    const otherUuid = await $.map("switched", other, { Enabled: false });
    await $.sendAll(other, ["a", "b", "c"]);
    await $.update(otherUuid, { Enabled: true, BatchSize: 1 });
    await isEmpty(other);
    expect((await toldOf("switched", 4)).map(({ length }) => length)).toEqual([1, 1, 1, 1]);
  });

  test("it is deleted once what it has under way is done", async () => {
    const queue = await $.createQueue("ending");
    await $.createFunction("ending", telling("await new Promise((r) => setTimeout(r, 1500)); told([{ body: 'over' }]);"));
    const UUID = await $.map("ending", queue);
    await $.send(queue, "under way");
    await toldOf("ending", 1);
    const deleted = await clients.lambda.send(new lambda.DeleteEventSourceMappingCommand({ UUID }));
    expect(deleted.State).toBe("Deleting");
    await expectError($.update(UUID, { BatchSize: 1 }), "ResourceInUseException", 400);
    await waitFor("it to be gone", async () =>
      $.get(UUID).then(
        () => false,
        (error: Error) => error.name === "ResourceNotFoundException",
      ),
    );
    expect(await $.left(queue)).toBe(0);
    await waitFor("the log", async () => (await batches("ending")).length === 2);
  });

  test("a function that is gone keeps the messages waiting, and the mapping says so", async () => {
    const queue = await $.createQueue("orphan");
    const FunctionName = "orphan";
    await $.createFunction(FunctionName, telling());
    const UUID = await $.map(FunctionName, queue);
    await clients.lambda.send(new lambda.DeleteFunctionCommand({ FunctionName }));
    await $.send(queue, "first");
    await $.send(queue, "second");
    await waitFor("the problem", async () => (await $.get(UUID)).LastProcessingResult?.startsWith("PROBLEM: Function not found"));
    await $.createFunction(FunctionName, telling());
    await isEmpty(queue);
    const told = (await toldOf(FunctionName, 2)).flat();
    // What was received before the function was found to be gone came again; what was not has not been touched.
    expect(bodiesOf(told).sort()).toEqual(["first", "second"]);
    expect(told.find(({ body }) => body === "second")?.attributes["ApproximateReceiveCount"]).toBe("1");
    await waitFor("the problem to be over", async () => (await $.get(UUID)).LastProcessingResult === undefined);
  });

  test("a queue that is gone is told of in the mapping", async () => {
    const queue = await $.createQueue("short-lived");
    await $.createFunction("short-lived", telling());
    const UUID = await $.map("short-lived", queue);
    await clients.sqs.send(new DeleteQueueCommand({ QueueUrl: queue.url }));
    const problem = await waitFor("the problem", async () => (await $.get(UUID)).LastProcessingResult);
    expect(problem).toBe("PROBLEM: The specified queue does not exist.");
  });

  test("an alias runs its version", async () => {
    const queue = await $.createQueue("aliased");
    await $.createFunction("aliased", telling("told([{ body: context.functionVersion + ' ' + context.invokedFunctionArn }]);"));
    const FunctionName = "aliased";
    await clients.lambda.send(new lambda.PublishVersionCommand({ FunctionName }));
    await clients.lambda.send(new lambda.CreateAliasCommand({ FunctionName, Name: "live", FunctionVersion: "1" }));
    await $.map("aliased:live", queue);
    await $.send(queue, "to the version");
    const told = await waitFor("it", async () => (await batches(FunctionName)).length === 2 && batches(FunctionName));
    expect(told[1]![0]!.body).toBe("1 arn:aws:lambda:us-east-1:123456789012:function:aliased:live");
  });
});

describe("the function's role", () => {
  const document = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
  const trust = document({ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" });
  const PolicyName = "reads";
  const allow = (RoleName: string, ...Action: string[]) =>
    clients.iam.send(
      new PutRolePolicyCommand({
        RoleName,
        PolicyName,
        PolicyDocument: document({ Effect: "Allow", Action: ["logs:*", ...Action], Resource: "*" }),
      }),
    );
  const createRole = async (RoleName: string): Promise<string> =>
    (await clients.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust }))).Role!.Arn!;
  const reading = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

  test.each(reading)("must be allowed %s", async (missing) => {
    const name = `lacks-${missing.split(":")[1]}`;
    const queue = await $.createQueue(name);
    const Role = await createRole(name);
    await allow(name, ...reading.filter((action) => action !== missing));
    await $.createFunction(name, telling(), { Role });
    await expectError(
      clients.lambda.send(new lambda.CreateEventSourceMappingCommand({ FunctionName: name, EventSourceArn: queue.arn })),
      "InvalidParameterValueException",
      400,
      "The function execution role does not have permissions to call ReceiveMessage on SQS",
    );
  });

  test("one that loses its permission is told of in the mapping, until it has it again", async () => {
    const queue = await $.createQueue("losing", impatient);
    const Role = await createRole("losing");
    await allow("losing", ...reading);
    await $.createFunction("losing", telling(), { Role, Timeout: 1 });
    const UUID = await $.map("losing", queue);
    await $.send(queue, "first");
    await isEmpty(queue);
    expect(await $.get(UUID)).not.toHaveProperty("LastProcessingResult");
    await clients.iam.send(new DeleteRolePolicyCommand({ RoleName: "losing", PolicyName }));
    await $.send(queue, "second");
    const result = await waitFor("the problem", async () => (await $.get(UUID)).LastProcessingResult);
    expect(result).toMatch(/^PROBLEM: .*not authorized to perform: sqs:/);
    await allow("losing", ...reading);
    await isEmpty(queue);
    await waitFor("the problem to be over", async () => (await $.get(UUID)).LastProcessingResult === undefined);
  });

  test("a queue of too short a visibility timeout, and one that is not there, are refused", async () => {
    const queue = await $.createQueue("short", { VisibilityTimeout: "2" });
    await $.createFunction("long-running", telling(), { Timeout: 3 });
    const create = (EventSourceArn: string) =>
      clients.lambda.send(new lambda.CreateEventSourceMappingCommand({ FunctionName: "long-running", EventSourceArn }));
    const refused = (arn: string, message: string) => expectError(create(arn), "InvalidParameterValueException", 400, message);
    await refused(queue.arn, "Queue visibility timeout: 2 seconds is less than Function timeout: 3 seconds");
    await refused(
      `${queue.arn}-none`,
      "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.",
    );
  });
});
