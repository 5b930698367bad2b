import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startServerProcess, type ServerProcess } from "@mayfly/testkit";
import { currentCli, installedClis, type AwsCli } from "./aws-cli.ts";

const execute = promisify(execFile);

let server: ServerProcess;
beforeAll(async () => {
  server = await startServerProcess();
});
afterAll(() => server.dispose());

/** Runs a command of `aws sqs` and answers what it prints as JSON. */
async function run(cli: AwsCli, ...args: string[]): Promise<Record<string, unknown>> {
  const { stdout } = await execute(cli.path, ["--endpoint-url", server.url, "sqs", ...args], {
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

/** @returns the queue's attributes when all was done */
async function story(cli: AwsCli, name: string): Promise<Record<string, unknown>> {
  const { QueueUrl: url } = (await run(cli, "create-queue", "--queue-name", name, "--attributes", "VisibilityTimeout=60")) as {
    QueueUrl: string;
  };
  expect(url).toBe(`${server.url}/123456789012/${name}`);
  const sent = await run(cli, "send-message", "--queue-url", url, "--message-body", "hello from the CLI");
  const received = (await run(cli, "receive-message", "--queue-url", url, "--attribute-names", "All", "--wait-time-seconds", "5")) as {
    Messages: { MessageId: string; ReceiptHandle: string; Body: string }[];
  };
  expect(received.Messages).toMatchObject([
    { MessageId: sent["MessageId"], Body: "hello from the CLI", Attributes: { ApproximateReceiveCount: "1" } },
  ]);
  await run(cli, "delete-message", "--queue-url", url, "--receipt-handle", received.Messages[0]?.ReceiptHandle ?? "");
  const attributes = await run(cli, "get-queue-attributes", "--queue-url", url, "--attribute-names", "All");
  await run(cli, "delete-queue", "--queue-url", url);
  await expect(run(cli, "get-queue-url", "--queue-name", name)).rejects.toThrow(/\(AWS\.SimpleQueueService\.NonExistentQueue\)/);
  return attributes;
}

const afterwards = { Attributes: { ApproximateNumberOfMessagesNotVisible: "0", VisibilityTimeout: "60" } };

test("the aws CLI sends, receives and deletes, by JSON", async () => {
  expect(await story(await currentCli(), "cli")).toMatchObject(afterwards);
}, 400_000);

test("so does every other version on this machine, also one from before SQS spoke JSON", async () => {
  const others = new Map((await installedClis()).map((cli) => [cli.version, cli]));
  others.delete((await currentCli()).version);
  for (const [version, cli] of others) expect(await story(cli, `cli-${version.replace(".", "-")}`)).toMatchObject(afterwards);
}, 400_000);
