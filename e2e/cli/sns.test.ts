import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServerProcess, type ServerProcess } from "@mayfly/testkit";
import { currentCli, type AwsCli } from "./aws-cli.ts";

const execute = promisify(execFile);

let server: ServerProcess;
let cli: AwsCli;
beforeAll(async () => {
  [server, cli] = await Promise.all([startServerProcess(), currentCli()]);
}, 400_000);
afterAll(() => server.dispose());

/** Runs a command of the aws CLI and answers what it prints as JSON. */
async function run(...args: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await execute(cli.path, ["--endpoint-url", server.url, ...args], {
    env: {
      PATH: process.env["PATH"] ?? "",
      HOME: server.dataFolder,
      AWS_PAGER: "",
      AWS_DEFAULT_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: server.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: server.credentials.secretAccessKey,
    },
    timeout: 60_000,
  });
  return stdout.trim() === "" ? {} : (JSON.parse(stdout) as Record<string, unknown>);
}

test("the aws CLI makes a topic, subscribes a queue and publishes to it", async () => {
  const topic = "arn:aws:sns:us-east-1:123456789012:cli";
  const queue = "arn:aws:sqs:us-east-1:123456789012:cli";
  expect(await run("sns", "create-topic", "--name", "cli", "--attributes", "DisplayName=By CLI", "--tags", "Key=a,Value=b")).toEqual({
    TopicArn: topic,
  });
  expect(await run("sns", "list-tags-for-resource", "--resource-arn", topic)).toEqual({ Tags: [{ Key: "a", Value: "b" }] });
  const Statement = { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage", Resource: queue };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  const { QueueUrl } = await run("sqs", "create-queue", "--queue-name", "cli", "--attributes", JSON.stringify({ Policy }));
  const { SubscriptionArn } = await run("sns", "subscribe", "--topic-arn", topic, "--protocol", "sqs", "--notification-endpoint", queue);
  const attributes = '{"kind":{"DataType":"String","StringValue":"order"}}';
  const { MessageId } = await run(
    "sns",
    "publish",
    "--topic-arn",
    topic,
    "--message",
    "hello from the CLI",
    "--message-attributes",
    attributes,
  );
  const received = await run("sqs", "receive-message", "--queue-url", String(QueueUrl), "--wait-time-seconds", "10");
  const [message] = received["Messages"] as { readonly Body: string }[];
  expect(JSON.parse(message?.Body ?? "")).toMatchObject({
    Type: "Notification",
    MessageId,
    TopicArn: topic,
    Message: "hello from the CLI",
    MessageAttributes: { kind: { Type: "String", Value: "order" } },
  });
  await run("sns", "unsubscribe", "--subscription-arn", String(SubscriptionArn));
  expect(await run("sns", "list-subscriptions")).toEqual({ Subscriptions: [] });
  await run("sns", "delete-topic", "--topic-arn", topic);
  await expect(run("sns", "get-topic-attributes", "--topic-arn", topic)).rejects.toThrow(/\(NotFound\).*Topic does not exist/);
}, 400_000);
