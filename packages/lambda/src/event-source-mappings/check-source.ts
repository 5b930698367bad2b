import { AccessDenied, isFault, type Identity } from "@mayfly/kernel";
import { invalidParameter } from "../faults.ts";
import type { EventSourceDirectory, EventSourceFacts, ListedKind } from "./event-source-directory.ts";
import type { MappingSettings } from "./mapping.ts";
import { sourceKinds, type SourceKindName } from "./source-kinds.ts";

/** What a source is to fit. */
interface Wanted {
  readonly kind: SourceKindName;
  readonly eventSourceArn: string | undefined;
  readonly settings: MappingSettings;
  /** Of the function. */
  readonly timeoutSeconds: number;
}

/** How a kind of source is checked, and AWS's words. */
interface Check<K extends ListedKind> {
  readonly absent: (arn: string) => string;
  readonly denied: (arn: string) => string;
  readonly fits?: (facts: EventSourceFacts[K], wanted: Wanted) => void;
}

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);

const noPermission = (call: string, service: string) => (): string =>
  `The function execution role does not have permissions to call ${call} on ${service}`;

const noAccess =
  (...actions: readonly string[]) =>
  (arn: string): string =>
    `Cannot access stream ${arn}. Please ensure the role can perform the ${actions.join(", ")} Actions on your stream in IAM.`;

const checks: { readonly [K in ListedKind]: Check<K> } = {
  sqs: {
    absent: () =>
      "Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.",
    denied: noPermission("ReceiveMessage", "SQS"),
    fits: fitsQueue,
  },
  kinesis: {
    absent: (arn) => `Stream not found: ${arn}`,
    denied: noAccess("GetRecords", "GetShardIterator", "DescribeStream", "ListShards", "and ListStreams"),
  },
  dynamodb: {
    absent: (arn) => `Stream not found: ${arn}`,
    denied: noAccess("GetRecords", "GetShardIterator", "DescribeStream", "and ListStreams"),
  },
  mq: {
    absent: (arn) => `Can't find requested broker [${lastPart(arn)}]. Make sure your broker exists.`,
    denied: noPermission("DescribeBroker", "MQ"),
  },
  msk: { absent: (arn) => `Cluster not found: ${arn}`, denied: noPermission("DescribeClusterV2", "MSK") },
  documentdb: { absent: (arn) => `DBCluster ${lastPart(arn)} not found.`, denied: noPermission("DescribeDBClusters", "RDS") },
};

function fitsQueue({ isFifo, visibilityTimeoutSeconds }: EventSourceFacts["sqs"], wanted: Wanted): void {
  const { MaximumBatchingWindowInSeconds = 0 } = wanted.settings;
  // Without a window no batch is larger than ten, so that a FIFO queue's is not, either.
  if (isFifo && MaximumBatchingWindowInSeconds > 0) throw invalidParameter("Batching window is not supported for FIFO queues");
  if (visibilityTimeoutSeconds < wanted.timeoutSeconds) {
    throw invalidParameter(
      `Queue visibility timeout: ${visibilityTimeoutSeconds} seconds is less than Function timeout: ${wanted.timeoutSeconds} seconds`,
    );
  }
}

/**
 * Asks for the source, and where what was not processed is to go, as the function's role.
 * A self-managed cluster is not asked for: AWS looks for one only when it reads.
 * @param role the execution role, which Lambda takes on only if there is something to ask
 * @throws Fault InvalidParameterValueException
 */
export async function checkSource(
  { eventSources }: { readonly eventSources: EventSourceDirectory },
  wanted: Wanted,
  role: () => Promise<Identity>,
): Promise<void> {
  const { kind, eventSourceArn } = wanted;
  if (kind !== "selfManagedKafka" && eventSourceArn !== undefined) {
    await checkListed(kind, eventSourceArn, wanted, { eventSources, role: await taken(role) });
  }
  const destination = wanted.settings.DestinationConfig?.OnFailure?.Destination;
  if (destination) await checkDestination(kind, destination, eventSources, role);
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- what the directory answers and what the check takes are of one kind
async function checkListed<K extends ListedKind>(
  kind: K,
  arn: string,
  wanted: Wanted,
  given: { readonly eventSources: EventSourceDirectory; readonly role: Identity },
): Promise<void> {
  const { absent, denied, fits } = checks[kind];
  const facts = await given.eventSources.find(kind, arn, given.role).catch((error: unknown) => {
    throw error instanceof AccessDenied ? invalidParameter(denied(arn)) : error;
  });
  if (facts === undefined) throw invalidParameter(absent(arn));
  fits?.(facts, wanted);
}

async function checkDestination(
  kind: SourceKindName,
  destination: string,
  eventSources: EventSourceDirectory,
  role: () => Promise<Identity>,
): Promise<void> {
  const { destinations } = sourceKinds[kind];
  // A topic of the cluster that is read; the cluster itself is asked for when there is something to write.
  if (destination.startsWith("kafka://") && destinations.includes("kafka")) return;
  const service = destination.split(":")[2] ?? "";
  if (!destinations.includes(service)) {
    throw invalidParameter(
      `The provided destination config DestinationConfig(onSuccess=null, onFailure=OnFailure(destination=${destination})) is invalid.`,
    );
  }
  const isThere = await eventSources.isDestination(destination, await taken(role)).catch((error: unknown) => {
    throw error instanceof AccessDenied ? invalidParameter(deniedDestination(service)) : error;
  });
  if (!isThere) throw invalidParameter(`The destination ARN ${destination} is invalid.`);
}

const sendCalls: Readonly<Record<string, readonly [call: string, service: string]>> = {
  sqs: ["SendMessage", "SQS"],
  sns: ["Publish", "SNS"],
  s3: ["PutObject", "S3"],
};

function deniedDestination(service: string): string {
  const [call = "", of = ""] = sendCalls[service] ?? [];
  return noPermission(call, of)();
}

async function taken(role: () => Promise<Identity>): Promise<Identity> {
  try {
    return await role();
  } catch (error) {
    if (isFault(error) || error instanceof AccessDenied) {
      throw invalidParameter("The role defined for the function cannot be assumed by Lambda.");
    }
    throw error;
  }
}
