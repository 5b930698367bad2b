import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateEventSourceMappingCommand, DeleteEventSourceMappingCommand, GetEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { clientsFor, waitFor, type Clients } from "@mayfly/testkit";
import type { Bench } from "./bench.ts";
import { functionDelays } from "./function-delays.ts";
import { createFunction } from "./functions.ts";
import { goals } from "./goals.ts";
import { percentile } from "./percentile.ts";
import type { Measurements } from "./report.ts";

/** Queues that run functions: how soon one starts after SendMessage when nothing else is going on, and how fast a backlog is worked off. */
export async function measureQueues(bench: Bench): Promise<Measurements> {
  bench.say("queues that run functions");
  await bench.needServer();
  const clients = clientsFor(bench.server());
  try {
    const Statement = { Effect: "Allow", Action: "sqs:*", Resource: "*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
    await clients.iam.send(new PutRolePolicyCommand({ RoleName: "execution_role", PolicyName: "queues", PolicyDocument }));
    const delays = await measureDelays(bench, clients);
    const drained = await measureDrain(bench, clients);
    const delay = "SendMessage to function start, one at a time";
    return {
      rows: [
        { measure: delay, figure: "p50", unit: "ms", mayfly: percentile(delays, 50), goal: goals.queueP50 },
        { measure: delay, figure: "p99", unit: "ms", mayfly: percentile(delays, 99), goal: goals.queueP99 },
        { measure: `${bench.limits.drainedMessages} messages in batches of 10`, figure: "rate", unit: "messages/s", mayfly: drained },
      ],
    };
  } finally {
    clients.destroy();
  }
}

interface Mapped {
  readonly QueueUrl: string;
  readonly UUID: string;
}

async function map(clients: Clients, name: string, FunctionName: string, fill?: (QueueUrl: string) => Promise<void>): Promise<Mapped> {
  const { QueueUrl = "" } = await clients.sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: "120" } }));
  await fill?.(QueueUrl);
  const EventSourceArn = `arn:aws:sqs:us-east-1:123456789012:${name}`;
  const { UUID = "" } = await clients.lambda.send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn }));
  await waitFor("the mapping", async () => (await clients.lambda.send(new GetEventSourceMappingCommand({ UUID }))).State === "Enabled");
  return { QueueUrl, UUID };
}

async function unmap(clients: Clients, { QueueUrl, UUID }: Mapped): Promise<void> {
  await clients.lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
  await clients.sqs.send(new DeleteQueueCommand({ QueueUrl }));
}

async function measureDelays(bench: Bench, clients: Clients): Promise<readonly number[]> {
  const FunctionName = await createFunction(bench.lambda(), "delays", bench.node.runtime, "delay");
  const { QueueUrl, UUID } = await map(clients, "bench-delays", FunctionName);
  const send = (now: string) => clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: now }));
  const delays = await functionDelays(bench, clients, FunctionName, send);
  await unmap(clients, { QueueUrl, UUID });
  return delays;
}

/** From the mapping being there to the last message being deleted. */
async function measureDrain(bench: Bench, clients: Clients): Promise<number> {
  const count = bench.limits.drainedMessages;
  const FunctionName = await createFunction(bench.lambda(), "drain", bench.node.runtime, "count");
  const mapped = await map(clients, "bench-drain", FunctionName, async (QueueUrl) => {
    for (let first = 0; first < count; first += 10) {
      const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: String(index), MessageBody: String(first + index) }));
      await clients.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    }
  });
  const startedAtMs = performance.now();
  const AttributeNames = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"] as const;
  await waitFor(
    "the queue to be empty",
    async () => {
      const input = { QueueUrl: mapped.QueueUrl, AttributeNames: [...AttributeNames] };
      const { Attributes = {} } = await clients.sqs.send(new GetQueueAttributesCommand(input));
      return AttributeNames.every((name) => Attributes[name] === "0");
    },
    120_000,
  );
  const seconds = (performance.now() - startedAtMs) / 1000;
  await unmap(clients, mapped);
  return count / seconds;
}
