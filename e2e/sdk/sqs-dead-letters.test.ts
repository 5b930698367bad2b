import {
  CancelMessageMoveTaskCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
  type ListMessageMoveTasksResultEntry,
} from "@aws-sdk/client-sqs";
import { serveTests } from "@mayfly/testkit/vitest";
import { expect, test } from "vitest";
import { expectError } from "./expect-error.ts";
import { bodiesOf, countsOf, makeQueue, receive } from "./sqs-queues.ts";

const { clients: aws } = serveTests();

const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const redriveTo = (name: string, maxReceiveCount: number) => ({
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(name), maxReceiveCount }),
});

async function tasksOf(name: string): Promise<ListMessageMoveTasksResultEntry[]> {
  const { Results = [] } = await aws.sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf(name), MaxResults: 10 }));
  return Results;
}

const untilTask = (name: string, status: string) =>
  expect.poll(async () => (await tasksOf(name))[0], { timeout: 20_000 }).toMatchObject({ Status: status });

test("a poisoned message goes to the dead-letter queue after its receives, and is redriven to where it came from", async () => {
  const dead = await makeQueue(aws.sqs, "dead");
  const QueueUrl = await makeQueue(aws.sqs, "source", { ...redriveTo("dead", 2), VisibilityTimeout: "0" });
  expect((await aws.sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: dead }))).queueUrls).toEqual([QueueUrl]);
  const sent = await aws.sqs.send(
    new SendMessageCommand({ QueueUrl, MessageBody: "poison", MessageAttributes: { K: { DataType: "String", StringValue: "v" } } }),
  );
  for (const count of ["1", "2"]) {
    expect(await receive(aws.sqs, QueueUrl)).toMatchObject([{ Body: "poison", Attributes: { ApproximateReceiveCount: count } }]);
  }
  const waiting = receive(aws.sqs, dead, { seconds: 20, visibility: 0 });
  expect(await receive(aws.sqs, QueueUrl)).toEqual([]);
  expect(await waiting).toMatchObject([
    {
      MessageId: sent.MessageId,
      Body: "poison",
      Attributes: { DeadLetterQueueSourceArn: arnOf("source") },
      MessageAttributes: { K: { StringValue: "v" } },
    },
  ]);
  expect([await countsOf(aws.sqs, QueueUrl), await countsOf(aws.sqs, dead)]).toMatchObject([{ visible: 0 }, { visible: 1 }]);

  const back = receive(aws.sqs, QueueUrl, { seconds: 20, visibility: 30 });
  const { TaskHandle } = await aws.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf("dead") }));
  expect(TaskHandle).toMatch(/^[\w+/=]+$/);
  const [message] = await back;
  expect(message).toMatchObject({ Body: "poison", Attributes: { ApproximateReceiveCount: "1" } });
  expect(message?.MessageId).not.toBe(sent.MessageId);
  expect(message?.Attributes?.["DeadLetterQueueSourceArn"]).toBeUndefined();
  await untilTask("dead", "COMPLETED");
  expect(await tasksOf("dead")).toEqual([
    {
      Status: "COMPLETED",
      SourceArn: arnOf("dead"),
      ApproximateNumberOfMessagesMoved: 1,
      ApproximateNumberOfMessagesToMove: 1,
      StartedTimestamp: expect.any(Number),
    },
  ]);
});

test("a FIFO queue's poisoned message frees its group when it goes", async () => {
  await makeQueue(aws.sqs, "dead.fifo", { FifoQueue: "true" });
  const QueueUrl = await makeQueue(aws.sqs, "source.fifo", {
    ...redriveTo("dead.fifo", 1),
    FifoQueue: "true",
    ContentBasedDeduplication: "true",
    VisibilityTimeout: "0",
  });
  for (const MessageBody of ["poison", "good"]) await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId: "g" }));
  expect(bodiesOf(await receive(aws.sqs, QueueUrl, { max: 1 }))).toEqual(["poison"]);
  const [good] = await receive(aws.sqs, QueueUrl, { max: 1, visibility: 30 });
  expect(good?.Body).toBe("good");
  const dead = QueueUrl.replace("source.fifo", "dead.fifo");
  expect(await receive(aws.sqs, dead)).toMatchObject([{ Body: "poison", Attributes: { MessageGroupId: "g" } }]);
});

test("a task moves at its rate, is cancelled, and fails when its destination is deleted", async () => {
  const dead = await makeQueue(aws.sqs, "dead-many");
  await makeQueue(aws.sqs, "source-many", redriveTo("dead-many", 1));
  const target = await makeQueue(aws.sqs, "target");
  const Entries = Array.from({ length: 10 }, (_, at) => ({ Id: String(at), MessageBody: String(at) }));
  await aws.sqs.send(new SendMessageBatchCommand({ QueueUrl: dead, Entries }));
  const start = (DestinationArn: string | undefined, MaxNumberOfMessagesPerSecond: number) =>
    aws.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf("dead-many"), DestinationArn, MaxNumberOfMessagesPerSecond }));
  const { TaskHandle } = await start(arnOf("target"), 2);
  await expectError(
    start(arnOf("target"), 2),
    "InvalidParameterValue",
    400,
    "There is already a task running. Only one active task is allowed for a source queue arn at a given time.",
  );
  expect((await receive(aws.sqs, target, { seconds: 20 })).length).toBeGreaterThan(0);
  expect(await tasksOf("dead-many")).toMatchObject([
    { Status: "RUNNING", TaskHandle, MaxNumberOfMessagesPerSecond: 2, ApproximateNumberOfMessagesToMove: 10 },
  ]);
  await aws.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
  await untilTask("dead-many", "CANCELLED");
  await expectError(
    aws.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle })),
    "InvalidParameterValue",
    400,
    "Only active tasks can be cancelled.",
  );
  await start(arnOf("target"), 1);
  await aws.sqs.send(new DeleteQueueCommand({ QueueUrl: target }));
  await untilTask("dead-many", "FAILED");
  expect((await tasksOf("dead-many"))[0]).toMatchObject({ FailureReason: "AWS.SimpleQueueService.NonExistentQueue" });
  // Sent to the dead-letter queue by its sender: nobody knows where it came from.
  await start(undefined, 500);
  await untilTask("dead-many", "FAILED");
  expect((await tasksOf("dead-many"))[0]).toMatchObject({ FailureReason: "CouldNotDetermineMessageSource" });
});

test("tasks that can't be are refused in AWS's words", async () => {
  await makeQueue(aws.sqs, "no-dead-letter-queue");
  const start = (SourceArn: string, DestinationArn?: string) =>
    aws.sqs.send(new StartMessageMoveTaskCommand({ SourceArn, DestinationArn }));
  await expectError(
    start(arnOf("no-dead-letter-queue")),
    "InvalidParameterValue",
    400,
    "Source queue must be configured as a Dead Letter Queue.",
  );
  await expectError(
    start(arnOf("nothing")),
    "ResourceNotFoundException",
    404,
    "The resource that you specified for the SourceArn parameter doesn't exist.",
  );
  await expectError(
    aws.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: "junk" })),
    "InvalidParameterValue",
    400,
    "Value for parameter TaskHandle is invalid.",
  );
});

test("a queue says who may use it as a dead-letter queue", async () => {
  const deadArn = arnOf("picky");
  await makeQueue(aws.sqs, "picky", {
    RedriveAllowPolicy: JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [arnOf("friend")] }),
  });
  const QueueUrl = await makeQueue(aws.sqs, "friend", { ...redriveTo("picky", 1), VisibilityTimeout: "0" });
  await expectError(makeQueue(aws.sqs, "stranger", redriveTo("picky", 1)), "InvalidParameterValue", 400, /picky/);
  await aws.sqs.send(
    new SetQueueAttributesCommand({
      QueueUrl: QueueUrl.replace("friend", "picky"),
      Attributes: { RedriveAllowPolicy: JSON.stringify({ redrivePermission: "denyAll" }) },
    }),
  );
  await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "stays" }));
  for (let time = 0; time < 3; time++) expect(bodiesOf(await receive(aws.sqs, QueueUrl))).toEqual(["stays"]);
  expect(deadArn).toContain("picky");
  await expectError(
    aws.sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl,
        Attributes: { RedrivePolicy: '{"deadLetterTargetArn": "dummy", "maxReceiveCount": 42}' },
      }),
    ),
    "InvalidParameterValue",
    400,
    'Value {"deadLetterTargetArn": "dummy", "maxReceiveCount": 42} for parameter RedrivePolicy is invalid. Reason: Invalid value for deadLetterTargetArn.',
  );
});

test("a message that nobody deletes in time is received again by whoever comes", async () => {
  const QueueUrl = await makeQueue(aws.sqs, "redelivered");
  await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
  const [first] = await receive(aws.sqs, QueueUrl, { visibility: 1 });
  const [second] = await receive(aws.sqs, QueueUrl, { seconds: 20 });
  // The first one's handle is not the newest: SQS says yes and does nothing.
  await aws.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
  expect(await countsOf(aws.sqs, QueueUrl)).toMatchObject({ inFlight: 1 });
  await aws.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second?.ReceiptHandle }));
  expect(await countsOf(aws.sqs, QueueUrl)).toMatchObject({ inFlight: 0 });
});
