import type { TrailStep } from "@mayfly/kernel";
import type { Message } from "@mayfly/wire/sqs";
import type { Slot } from "../engine/slots.ts";
import type { Item } from "./batch.ts";
import { queueRecord, type QueueRecord } from "./event-record.ts";
import type { Gathering } from "./gathering.ts";
import type { MessageFilter } from "./message-filter.ts";
import type { QueueWork } from "./queue-poller.ts";
import { queueName } from "./queues.ts";

/** Where received messages go. */
export interface Intake {
  readonly work: QueueWork;
  readonly gathering: Gathering;
  readonly filter: MessageFilter | undefined;
}

/** Gives what was received to the gathering, but for what no filter speaks of and what can't be given to the function. */
export async function takeIn(
  { work, gathering, filter }: Intake,
  messages: readonly Message[],
  { receivedAtMs, slot }: { readonly receivedAtMs: number; readonly slot: Slot | undefined },
): Promise<void> {
  const records = messages.map((message) => queueRecord(message, work.arn, queueName(work.arn).region));
  for (const record of records) work.note(record, receivedStep(record));
  const wanted = filter === undefined ? records : records.filter((record) => filter.passes(record));
  if (filter !== undefined && wanted.length < records.length) {
    await drop(
      work,
      filter,
      records.filter((record) => !wanted.includes(record)),
    );
  }
  const items: Item[] = [];
  // What comes after a message that can't be given to the function waits for it, in its group.
  const stoppedGroups = new Set<string>();
  for (const record of wanted) {
    const group = work.isFifo ? record.attributes["MessageGroupId"] : undefined;
    const item = group !== undefined && stoppedGroups.has(group) ? undefined : await itemOf(work, record, receivedAtMs);
    if (item !== undefined) items.push(item);
    else if (group !== undefined) stoppedGroups.add(group);
  }
  for (const { bytes } of items) work.held.take(bytes);
  await gathering.add(items, slot);
}

const receivedStep = ({ attributes }: QueueRecord): TrailStep => ({
  kind: "received",
  receiveCount: Number(attributes["ApproximateReceiveCount"]),
  sentAtMs: Number(attributes["SentTimestamp"]),
  sentBy: attributes["SenderId"] ?? "",
});

/** What no filter speaks of is deleted, as on AWS. */
async function drop({ queue, problems, note }: QueueWork, filter: MessageFilter, records: readonly QueueRecord[]): Promise<void> {
  for (const record of records) note(record, { kind: "filtered", why: filter.why(record) });
  try {
    await queue.delete(records);
    problems.clear("delete");
    for (const record of records) note(record, { kind: "deleted" });
  } catch (error) {
    problems.set("delete", error);
  }
}

/** undefined: it is not to be given to the function, and stays with the queue. */
async function itemOf(work: QueueWork, record: QueueRecord, receivedAtMs: number): Promise<Item | undefined> {
  const { functions, mapping, limits, note } = work;
  const json = JSON.stringify(record);
  const bytes = Buffer.byteLength(json);
  if (bytes + '{"Records":[]}'.length > limits.syncPayloadBytes) {
    work.onProblem(`Message ${record.messageId} of ${work.arn} is longer than an event may be.`);
    note(record, { kind: "unavailable", reason: "It is longer than an event may be." });
    return undefined;
  }
  const traceHeader = record.attributes["AWSTraceHeader"];
  const place = traceHeader === undefined ? undefined : await functions.placeInChain(mapping, traceHeader);
  if (place?.isOver === true) {
    work.onProblem(
      `Message ${record.messageId} of ${work.arn} is part of a recursive loop of ${mapping.functionName} and was not given to it.`,
    );
    note(record, { kind: "loop" });
    return undefined;
  }
  return { record, json, bytes, receivedAtMs, traceHeader, loops: place?.loops ?? 0 };
}
