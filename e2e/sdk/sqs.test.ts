import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { clientsFor, startServerProcess, type Clients, type ServerProcess } from "@mayfly/testkit";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectError } from "./expect-error.ts";

let server: ServerProcess;
let aws: Clients;

beforeAll(async () => {
  server = await startServerProcess();
  aws = clientsFor(server);
});
afterAll(async () => {
  aws.destroy();
  await server.dispose();
});

test("a queue is made, found, changed, listed and deleted", async () => {
  const { sqs } = aws;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "orders", Attributes: { DelaySeconds: "5" } }));
  expect(QueueUrl).toBe(`${server.url}/123456789012/orders`);
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName: "orders" }))).QueueUrl).toBe(QueueUrl);
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: "7" } }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
  expect(Attributes).toMatchObject({
    QueueArn: "arn:aws:sqs:us-east-1:123456789012:orders",
    DelaySeconds: "5",
    VisibilityTimeout: "7",
    MaximumMessageSize: "1048576",
    SqsManagedSseEnabled: "true",
  });
  expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: "ord" }))).QueueUrls).toEqual([QueueUrl]);
  await sqs.send(new DeleteQueueCommand({ QueueUrl }));
  await expectError(
    sqs.send(new GetQueueUrlCommand({ QueueName: "orders" })),
    "QueueDoesNotExist",
    400,
    "The specified queue does not exist.",
  );
});
