import { conflict } from "../faults.ts";
import type { OperationResources } from "../resources.ts";
import { mappedFunctionArn, type MappingRecord } from "./mapping.ts";

/** AWS's words, which differ by the source, for a mapping that there is already. */
const words: Partial<Readonly<Record<MappingRecord["kind"], (record: MappingRecord) => string>>> = {
  sqs: ({ eventSourceArn, functionName }) =>
    `An event source mapping with SQS arn (" ${eventSourceArn} ") and function (" ${functionName} ") already exists.`,
  kinesis: streamWords,
  dynamodb: streamWords,
  msk: topicWords,
  selfManagedKafka: topicWords,
};

function streamWords({ eventSourceArn, functionName }: MappingRecord): string {
  return `The event source arn (" ${eventSourceArn} ") and function (" ${functionName} ") provided mapping already exists.`;
}

function topicWords(record: MappingRecord): string {
  const source = record.eventSourceArn ?? serversOf(record).join(",");
  const topics = record.settings.Topics?.join(",");
  return `An event source mapping with event source arn ("${source}"), function ("${mappedFunctionArn(record)}") and topics ("${topics}") already exists.`;
}

const serversOf = ({ settings }: MappingRecord): readonly string[] =>
  settings.SelfManagedEventSource?.Endpoints?.KAFKA_BOOTSTRAP_SERVERS ?? [];

/** What must differ between the mappings of a function. */
const identityOf = (record: MappingRecord): string =>
  JSON.stringify([record.qualifier, record.eventSourceArn, serversOf(record), record.settings.Topics, record.settings.Queues]);

/** @throws Fault ResourceConflictException if another mapping brings the same to the same function */
export async function checkDuplicate({ mappings }: Pick<OperationResources, "mappings">, record: MappingRecord): Promise<void> {
  const siblings = await mappings.ofFunction(record);
  const twin = siblings.find((other) => other.uuid !== record.uuid && identityOf(other) === identityOf(record));
  if (twin === undefined) return;
  throw conflict(`${(words[record.kind] ?? streamWords)(record)} Please update or delete the existing mapping with UUID ${twin.uuid}`);
}
