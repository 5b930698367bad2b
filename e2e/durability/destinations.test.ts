import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { paginateFilterLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import * as aws from "@aws-sdk/client-lambda";
import { CreateQueueCommand, DeleteMessageBatchCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientsFor, scaled, startServerProcess, waitFor, zipOf, type Clients, type ServerProcess } from "@mayfly/testkit";

const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const kills = scaled(2, 20);
const eventsEachRound = scaled(40, 100);
/** Longest that a round may last before the kill. Milliseconds. */
const longestRoundMs = 1500;

let folder: string;
let server: ServerProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mayfly-destinations-"));
});
afterEach(async () => {
  await server?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** What must become of a function's events. */
interface Fate {
  readonly fails: boolean;
  readonly retryAttempts: number;
  readonly reservedConcurrency?: number;
  readonly destination: "took" | "gave-up";
  readonly condition: string;
  readonly invokeCount: number;
}
const fates: Readonly<Record<string, Fate>> = {
  succeeds: { fails: false, retryAttempts: 2, destination: "took", condition: "Success", invokeCount: 1 },
  retried: { fails: true, retryAttempts: 2, destination: "gave-up", condition: "RetriesExhausted", invokeCount: 3 },
  "not-retried": { fails: true, retryAttempts: 0, destination: "gave-up", condition: "RetriesExhausted", invokeCount: 1 },
  stopped: {
    fails: false,
    retryAttempts: 2,
    reservedConcurrency: 0,
    destination: "gave-up",
    condition: "ZeroReservedConcurrency",
    invokeCount: 0,
  },
};
const names = Object.keys(fates);

const sources = {
  worker: "export const handler = async (event) => { if (event.fails) throw new Error('it fails'); return event.id; };",
  destination: `export const handler = async ({ requestContext: { condition, approximateInvokeCount }, requestPayload: { id } }) =>
    console.log(JSON.stringify({ id, condition, invokeCount: approximateInvokeCount }));`,
};

const deadLetterQueue = { url: "http://localhost/123456789012/dead", arn: "arn:aws:sqs:us-east-1:123456789012:dead" };

async function createFunctions({ lambda, iam, sqs }: Clients): Promise<void> {
  const Statement = { Effect: "Allow", Action: ["lambda:InvokeFunction", "sqs:SendMessage"], Resource: "*" };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await iam.send(new PutRolePolicyCommand({ RoleName: "execution_role", PolicyName: "destinations", PolicyDocument }));
  await sqs.send(new CreateQueueCommand({ QueueName: "dead" }));
  const create = async (FunctionName: string, source: string, more: Partial<aws.CreateFunctionCommandInput> = {}): Promise<void> => {
    const Code = { ZipFile: await zipOf({ "index.mjs": source }) };
    const Role = "arn:aws:iam::123456789012:role/execution_role";
    await lambda.send(
      new aws.CreateFunctionCommand({ FunctionName, Runtime: "nodejs24.x", Role, Handler: "index.handler", Timeout: 30, Code, ...more }),
    );
    await aws.waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 20, minDelay: 0.05, maxDelay: 0.2 }, { FunctionName });
  };
  for (const name of ["took", "gave-up"]) await create(name, sources.destination);
  for (const [FunctionName, { retryAttempts, reservedConcurrency }] of Object.entries(fates)) {
    await create(FunctionName, sources.worker, { DeadLetterConfig: { TargetArn: deadLetterQueue.arn } });
    const OnSuccess = { Destination: arnOf("took") };
    const OnFailure = { Destination: arnOf("gave-up") };
    const DestinationConfig = { OnSuccess, OnFailure };
    await lambda.send(
      new aws.PutFunctionEventInvokeConfigCommand({ FunctionName, MaximumRetryAttempts: retryAttempts, DestinationConfig }),
    );
    if (reservedConcurrency === undefined) continue;
    await lambda.send(new aws.PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: reservedConcurrency }));
  }
}

/** Sends events and kills the server at some moment; answers the ids of those acknowledged. */
async function killInTheMidst(running: ServerProcess, { lambda }: Clients, acknowledged: Map<string, Fate>): Promise<void> {
  const before = acknowledged.size;
  const sent = Array.from({ length: eventsEachRound }, async (_, i) => {
    const FunctionName = names[i % names.length] ?? "";
    const fate = fates[FunctionName];
    const id = randomUUID();
    const Payload = JSON.stringify({ id, fails: fate?.fails });
    await lambda.send(new aws.InvokeCommand({ FunctionName, InvocationType: "Event", Payload }));
    if (fate !== undefined) acknowledged.set(id, fate);
  });
  const settled = Promise.allSettled(sent);
  await waitFor("an acknowledgement", () => acknowledged.size > before);
  // At a random moment: events are accepted, run, waiting for another try, or on their way to a destination.
  await new Promise((resolve) => setTimeout(resolve, Math.random() * longestRoundMs));
  await running.kill();
  await settled;
}

/** What destinations were told, as often as they were. */
async function toldTo({ logs }: Clients, destination: string): Promise<Map<string, Set<string>>> {
  const told = new Map<string, Set<string>>();
  for await (const { events = [] } of paginateFilterLogEvents({ client: logs }, { logGroupName: `/aws/lambda/${destination}` })) {
    for (const { message = "" } of events) {
      const [, json] = /(\{"id".*\})/.exec(message) ?? [];
      if (json === undefined) continue;
      const { id, ...end } = JSON.parse(json) as { id: string };
      told.set(id, (told.get(id) ?? new Set()).add(JSON.stringify(end)));
    }
  }
  return told;
}

/** Takes what there is of dead letters; adds their ids. */
async function takeDeadLetters({ sqs }: Clients, ids: Set<string>): Promise<void> {
  const QueueUrl = deadLetterQueue.url;
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return;
    for (const { Body = "" } of Messages) ids.add((JSON.parse(Body) as { id: string }).id);
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}

test(
  `${kills} times kill -9: each acknowledged event ends where its retries, destinations and dead-letter queue put it, at least once, and nowhere else`,
  async () => {
    const limits = join(folder, "limits.json");
    writeFileSync(limits, JSON.stringify({ asyncFunctionRetryMs: [200, 400], asyncFirstRetryMs: 50 }));
    const start = () => startServerProcess({ dataFolder: join(folder, "data"), arguments: ["--limits", limits] });
    server = await start();
    let clients = clientsFor(server);
    await createFunctions(clients);
    const acknowledged = new Map<string, Fate>();
    for (let round = 0; round < kills; round++) {
      await killInTheMidst(server, clients, acknowledged);
      clients.destroy();
      server = await start();
      clients = clientsFor(server);
    }

    const dead = new Set<string>();
    const missing = async (): Promise<readonly string[]> => {
      const told = { took: await toldTo(clients, "took"), "gave-up": await toldTo(clients, "gave-up") };
      await takeDeadLetters(clients, dead);
      const isThere = (id: string, { destination }: Fate) => told[destination].has(id) && (destination === "took" || dead.has(id));
      return [...acknowledged].filter(([id, fate]) => !isThere(id, fate)).map(([id]) => id);
    };
    await waitFor("every event to have come to its end", async () => (await missing()).length === 0, scaled(120_000, 600_000));

    const told = { took: await toldTo(clients, "took"), "gave-up": await toldTo(clients, "gave-up") };
    for (const [id, { destination, condition, invokeCount }] of acknowledged) {
      expect([id, ...(told[destination].get(id) ?? [])]).toEqual([id, JSON.stringify({ condition, invokeCount })]);
      expect(told[destination === "took" ? "gave-up" : "took"].has(id)).toBe(false);
      expect(dead.has(id)).toBe(destination === "gave-up");
    }
    expect(new Set([...acknowledged.values()].map((fate) => fate.condition)).size).toBe(3);
    clients.destroy();
  },
  scaled(240_000, 1_800_000),
);
