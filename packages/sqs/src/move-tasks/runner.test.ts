import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { startTestSqs, type TestSqs } from "../testing/test-sqs.ts";

const problems: string[] = [];
let sqs: TestSqs;
beforeAll(async () => void (sqs = await startTestSqs({ problem: (line) => problems.push(line) })));
afterAll(() => sqs.close());

test("a task that the store fails is over, and another one can begin", async () => {
  const SourceArn = "arn:aws:sqs:us-east-1:123456789012:dead";
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: SourceArn, maxReceiveCount: 1 });
  const { QueueUrl = "" } = await sqs.call("CreateQueue", { QueueName: "dead" });
  await sqs.call("CreateQueue", { QueueName: "source", Attributes: { RedrivePolicy } });
  await sqs.call("SendMessage", { QueueUrl, MessageBody: "x" });
  const DestinationArn = "arn:aws:sqs:us-east-1:123456789012:source";
  const start = () => sqs.call("StartMessageMoveTask", { SourceArn, DestinationArn });
  const newest = async () => (await sqs.call("ListMessageMoveTasks", { SourceArn })).Results?.[0];
  vi.spyOn(sqs.db.queueMessages, "move").mockRejectedValueOnce(new Error("database or disk is full"));
  await start();
  await expect.poll(newest).toMatchObject({ Status: "FAILED", FailureReason: "InternalError" });
  expect(problems).toEqual(["An SQS message move task failed: Error: database or disk is full"]);
  sqs.time.nowMs += 1;
  await start();
  await expect.poll(newest).toMatchObject({ Status: "COMPLETED", ApproximateNumberOfMessagesMoved: 1 });
});
