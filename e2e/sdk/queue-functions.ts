import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import * as sqs from "@aws-sdk/client-sqs";
import { waitFor, zipOf, type Clients } from "@mayfly/testkit";

const account = "123456789012";
export const executionRole = `arn:aws:iam::${account}:role/execution_role`;

export interface TestQueue {
  readonly url: string;
  readonly arn: string;
}

/** A record of an event of a queue, as far as tests look at it. */
export interface TestRecord {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What tests of queues that run functions do again and again. */
export function queueFunctions(clients: Clients) {
  const createQueue = async (QueueName: string, Attributes: Record<string, string> = {}): Promise<TestQueue> => {
    const { QueueUrl: url = "" } = await clients.sqs.send(new sqs.CreateQueueCommand({ QueueName, Attributes }));
    return { url, arn: `arn:aws:sqs:us-east-1:${account}:${QueueName}` };
  };

  const createFunction = async (FunctionName: string, source: string, more: Partial<lambda.CreateFunctionCommandInput> = {}) => {
    const Code = { ZipFile: await zipOf({ "index.js": source }) };
    const made = { FunctionName, Runtime: "nodejs24.x" as const, Role: executionRole, Handler: "index.handler", Timeout: 5, Code, ...more };
    await clients.lambda.send(new lambda.CreateFunctionCommand(made));
    await lambda.waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.2 }, { FunctionName });
  };

  const get = (UUID: string) => clients.lambda.send(new lambda.GetEventSourceMappingCommand({ UUID }));
  const reaches = (UUID: string, state: string, timeoutMs?: number) =>
    waitFor(`the mapping to be ${state}`, async () => (await get(UUID)).State === state, timeoutMs);

  const logged = async <T>(FunctionName: string): Promise<readonly T[]> => {
    const logGroupName = `/aws/lambda/${FunctionName}`;
    const found: T[] = [];
    let nextToken: string | undefined;
    try {
      do {
        const page = await clients.logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: "TOLD", nextToken }));
        for (const { message = "" } of page.events ?? []) {
          const json = /TOLD (.*)$/m.exec(message)?.[1];
          if (json !== undefined) found.push(JSON.parse(json) as T);
        }
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "ResourceNotFoundException") throw error;
    }
    return found;
  };
  const left = async (queue: TestQueue): Promise<number> => {
    const names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"] as const;
    const input = { QueueUrl: queue.url, AttributeNames: [...names] };
    const { Attributes = {} } = await clients.sqs.send(new sqs.GetQueueAttributesCommand(input));
    return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
  };

  return {
    /** Lets functions of `execution_role` use queues. */
    async allowQueues(): Promise<void> {
      const Statement = { Effect: "Allow", Action: "sqs:*", Resource: "*" };
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
      await clients.iam.send(new PutRolePolicyCommand({ RoleName: "execution_role", PolicyName: "queues", PolicyDocument }));
    },
    createQueue,
    createFunction,
    get,
    reaches,
    /** Maps a queue to a function, and waits until it is read. */
    async map(FunctionName: string, { arn }: TestQueue, more: Partial<lambda.CreateEventSourceMappingCommandInput> = {}): Promise<string> {
      const input = { FunctionName, EventSourceArn: arn, ...more };
      const { UUID = "" } = await clients.lambda.send(new lambda.CreateEventSourceMappingCommand(input));
      await reaches(UUID, more.Enabled === false ? "Disabled" : "Enabled");
      return UUID;
    },
    update: (UUID: string, input: Partial<lambda.UpdateEventSourceMappingCommandInput>) =>
      clients.lambda.send(new lambda.UpdateEventSourceMappingCommand({ UUID, ...input })),
    send: (queue: TestQueue, MessageBody: string, more: Partial<sqs.SendMessageCommandInput> = {}) =>
      clients.sqs.send(new sqs.SendMessageCommand({ QueueUrl: queue.url, MessageBody, ...more })),
    /** In batches of ten, one after the other. */
    async sendAll(queue: TestQueue, bodies: readonly string[], group?: string): Promise<void> {
      for (let start = 0; start < bodies.length; start += 10) {
        const Entries = bodies.slice(start, start + 10).map((MessageBody, index) => ({
          Id: String(index),
          MessageBody,
          ...(group !== undefined && { MessageGroupId: group, MessageDeduplicationId: MessageBody.replace(/\W/g, "") }),
        }));
        const { Failed = [] } = await clients.sqs.send(new sqs.SendMessageBatchCommand({ QueueUrl: queue.url, Entries }));
        if (Failed.length > 0) throw new Error(JSON.stringify(Failed));
      }
    },
    receive: async (queue: TestQueue): Promise<readonly sqs.Message[]> => {
      const input = { QueueUrl: queue.url, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ["All" as const] };
      return (await clients.sqs.send(new sqs.ReceiveMessageCommand(input))).Messages ?? [];
    },
    /** Messages of any state. */
    left,
    isEmpty: (queue: TestQueue, timeoutMs?: number) => waitFor("the queue to be empty", async () => (await left(queue)) === 0, timeoutMs),
    /** What a function logged as JSON, in order. */
    logged,
    /** The records of each event that a function was given, once there are so many in its log, which is written a little later. */
    toldOf: (FunctionName: string, recordCount: number) =>
      waitFor(`${recordCount} records of ${FunctionName}`, async () => {
        const told = await logged<readonly TestRecord[]>(FunctionName);
        return told.flat().length >= recordCount && told;
      }),
  };
}

/** A function that logs the records that it is given, and then does what else there is to do with `event`. */
export const telling = (then = ""): string => `
const told = (value) => console.log("TOLD " + JSON.stringify(value));
exports.handler = async (event, context) => {
  told(event.Records);
  ${then}
};`;

/** The bodies of records. */
export const bodiesOf = (records: readonly TestRecord[]): string[] => records.map(({ body }) => body);

/** Attributes of a queue whose messages come again after a second. */
export const impatient = { VisibilityTimeout: "1" };
