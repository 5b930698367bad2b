import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type Message,
} from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientsFor, scaled, startServerProcess, waitFor, type Clients, type ServerProcess } from "@mayfly/testkit";

const kills = scaled(3, 20);
const producers = 4;
const consumers = 4;
const groups = 5;
/** Longest that a round may last before the kill. Milliseconds. */
const longestRoundMs = 1_500;

let folder: string;
let server: ServerProcess | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mayfly-queues-"));
});
afterEach(async () => {
  await server?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** What is known of a queue's messages from what its clients were answered. Bodies are unique. */
interface Ledger {
  readonly name: string;
  readonly isFifo: boolean;
  /** Acknowledged sends, by group in their order. */
  readonly sent: Map<string, string[]>;
  /** Sends without an answer: they are there or not. */
  readonly unsure: Set<string>;
  readonly deleted: Set<string>;
  /** Deletions without an answer. */
  readonly maybeDeleted: Set<string>;
  /** Bodies of a group in the order in which they were first received. */
  readonly received: Map<string, string[]>;
}

const newLedger = (name: string): Ledger => ({
  name,
  isFifo: name.endsWith(".fifo"),
  sent: new Map(),
  unsure: new Set(),
  deleted: new Set(),
  maybeDeleted: new Set(),
  received: new Map(),
});

const listOf = (map: Map<string, string[]>, key: string): string[] => {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
};

let counter = 0;

/** Sends until the server is killed. One producer a group, one request at a time: the order of its sends is the group's. */
async function produce({ sqs }: Clients, QueueUrl: string, ledger: Ledger, group: string): Promise<void> {
  for (;;) {
    const bodies = Array.from({ length: 5 }, () => `${group}-${String(++counter).padStart(8, "0")}`);
    const Entries = bodies.map((MessageBody, at) => ({
      Id: String(at),
      MessageBody,
      ...(ledger.isFifo && { MessageGroupId: group, MessageDeduplicationId: MessageBody }),
    }));
    for (const body of bodies) ledger.unsure.add(body);
    const { Successful = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(Successful).toHaveLength(bodies.length);
    for (const body of bodies) ledger.unsure.delete(body);
    listOf(ledger.sent, group).push(...bodies);
  }
}

function note(ledger: Ledger, messages: readonly Message[]): void {
  for (const { Body = "" } of messages) {
    expect(ledger.deleted.has(Body), `${Body} was deleted before`).toBe(false);
    const seen = listOf(ledger.received, Body.split("-")[0] ?? "");
    if (!seen.includes(Body)) seen.push(Body);
  }
}

async function takeSome({ sqs }: Clients, QueueUrl: string, ledger: Ledger, VisibilityTimeout: number): Promise<number> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1, VisibilityTimeout }),
  );
  note(ledger, Messages);
  if (Messages.length === 0) return 0;
  for (const { Body = "" } of Messages) ledger.maybeDeleted.add(Body);
  const Entries = Messages.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
  const { Successful = [] } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  for (const { Id } of Successful) ledger.deleted.add(Messages[Number(Id)]?.Body ?? "");
  return Messages.length;
}

async function consume(clients: Clients, QueueUrl: string, ledger: Ledger): Promise<void> {
  for (;;) await takeSome(clients, QueueUrl, ledger, 1);
}

/** Load on both queues, and a kill at some moment of it. */
async function round(running: ServerProcess, clients: Clients, ledgers: readonly Ledger[]): Promise<void> {
  const urlOf = ({ name }: Ledger): string => `${running.url}/123456789012/${name}`;
  const sends = ledgers.flatMap((ledger) =>
    Array.from({ length: ledger.isFifo ? groups : producers }, (_, at) => produce(clients, urlOf(ledger), ledger, `g${at}`)),
  );
  const receives = ledgers.flatMap((ledger) => Array.from({ length: consumers }, () => consume(clients, urlOf(ledger), ledger)));
  const settled = Promise.allSettled([...sends, ...receives]);
  const before = ledgers.map(({ deleted }) => deleted.size);
  await waitFor("messages to be on their way", () => ledgers.every(({ deleted }, at) => deleted.size > (before[at] ?? 0)));
  await new Promise((resolve) => setTimeout(resolve, Math.random() * longestRoundMs));
  await running.kill();
  // Whatever failed for another reason than the kill must be told.
  for (const outcome of await settled) {
    if (outcome.status === "rejected" && (outcome.reason as Error).name === "AssertionError") throw outcome.reason as Error;
  }
}

async function drain(clients: Clients, url: string, ledger: Ledger): Promise<void> {
  const QueueUrl = `${url}/123456789012/${ledger.name}`;
  const left = async (): Promise<number> => {
    const { Attributes = {} } = await clients.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
    return Number(Attributes["ApproximateNumberOfMessages"]) + Number(Attributes["ApproximateNumberOfMessagesNotVisible"]);
  };
  while ((await left()) > 0) await Promise.all(Array.from({ length: consumers }, () => takeSome(clients, QueueUrl, ledger, 60)));
}

test(
  `${kills} times kill -9 under load: no acknowledged message is lost, none that was deleted comes back, and no group loses its order`,
  async () => {
    const start = () => startServerProcess({ dataFolder: join(folder, "data") });
    server = await start();
    let clients = clientsFor(server);
    const ledgers = [newLedger("drill"), newLedger("drill.fifo")];
    for (const { name, isFifo } of ledgers) {
      const Attributes: Record<string, string> = isFifo ? { FifoQueue: "true" } : {};
      await clients.sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
    }
    for (let kill = 0; kill < kills; kill++) {
      await round(server, clients, ledgers);
      clients.destroy();
      server = await start();
      clients = clientsFor(server);
    }
    for (const ledger of ledgers) await drain(clients, server.url, ledger);
    for (const { name, isFifo, sent, received, maybeDeleted } of ledgers) {
      for (const [group, bodies] of sent) {
        const seen = received.get(group) ?? [];
        // A receive whose answer was lost with its deletion is the one way not to have seen a message: there is none, a deletion needs the answer.
        expect([name, bodies.filter((body) => !seen.includes(body))]).toEqual([name, []]);
        if (isFifo) expect([group, seen]).toEqual([group, [...seen].sort()]);
      }
      expect(maybeDeleted.size).toBeGreaterThan(0);
    }
    clients.destroy();
  },
  scaled(180_000, 900_000),
);
