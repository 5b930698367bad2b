import type { AsyncEventRow } from "@mayfly/db";
import { AccessDenied, parseArn, type Identity } from "@mayfly/kernel";
import { invalidParameter } from "../faults.ts";
import type { FunctionKey } from "../function-name.ts";
import type { OperationResources } from "../resources.ts";
import type { StoredConfiguration } from "../store/records.ts";
import { isFifo, type QueueMessage } from "./destination-queues.ts";
import type { EventEnd } from "./destination-record.ts";

/** As much of an error's message as a dead letter carries. */
const messageBytes = 1024;

/** What the message attributes of a queue can't hold: they are characters of XML 1.0. */
const unsendable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/**
 * The message that a dead-letter queue or topic is sent: the event as it is, with what is known of its last run in the attributes.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq
 */
export function deadLetter(event: AsyncEventRow, { response }: EventEnd): QueueMessage {
  const error = response && errorMessageOf(response.payload);
  return {
    body: Buffer.from(event.payload).toString("utf8"),
    attributes: {
      RequestID: { dataType: "String", value: event.id },
      ...(response && { ErrorCode: { dataType: "Number", value: "200" } }),
      ...(error && { ErrorMessage: { dataType: "String", value: error } }),
    },
  };
}

function errorMessageOf(payload: Buffer): string | undefined {
  const text = payload.toString("utf8");
  let message: unknown = text;
  try {
    message = (JSON.parse(text) as { readonly errorMessage?: unknown } | null)?.errorMessage;
  } catch {
    // A runtime may answer what is no JSON: that is the message then.
  }
  if (typeof message !== "string") return undefined;
  const bytes = Buffer.from(message.replaceAll(unsendable, "\uFFFD")).subarray(0, messageBytes);
  // A character that was cut through is left out.
  return new TextDecoder().decode(bytes, { stream: true });
}

/** What differs between the services that dead-letter targets are of: who is asked, and AWS's words. */
interface TargetKind {
  readonly action: string;
  readonly label: string;
  readonly missing: string;
  readonly isThere: (resources: TargetResources, arn: string, role: Identity) => Promise<boolean>;
}

type TargetResources = Pick<OperationResources, "destinationQueues" | "destinationTopics" | "roleOf">;

const targetKinds: Readonly<Record<string, TargetKind>> = {
  sqs: {
    action: "SendMessage",
    label: "SQS",
    // In the words that mappings have for a queue that is not there.
    missing: "SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.",
    isThere: ({ destinationQueues }, arn, role) => destinationQueues.canSend(arn, role),
  },
  sns: {
    action: "Publish",
    label: "SNS",
    missing: "SNS Error Code: NotFound. SNS Error Message: Topic does not exist",
    isThere: ({ destinationTopics }, arn, role) => destinationTopics.canPublish(arn, role),
  },
};

/**
 * Asks whether a function's role may send to its dead-letter queue or topic, as AWS does when the function is made or changed.
 * @throws Fault InvalidParameterValueException
 */
export async function checkDeadLetterTarget(
  resources: TargetResources,
  key: FunctionKey,
  { DeadLetterConfig, Role }: Pick<StoredConfiguration, "DeadLetterConfig" | "Role">,
): Promise<void> {
  const target = DeadLetterConfig?.TargetArn;
  if (!target) return;
  const kind = targetKinds[parseArn(target)?.service ?? ""];
  // AWS's words for these two are not known.
  if (kind === undefined)
    throw invalidParameter(`The target ARN ${target} is invalid. A dead-letter target is an SQS queue or an SNS topic.`);
  if (isFifo(target))
    throw invalidParameter(`The target ARN ${target} is invalid. A FIFO queue or topic can't be a function's dead-letter target.`);
  const { accountId, region } = key;
  const role: Identity = { principal: await resources.roleOf({ ...key, roleArn: Role }), accountId, region };
  const isThere = await kind.isThere(resources, target, role).catch((error: unknown) => {
    if (!(error instanceof AccessDenied)) throw error;
    throw invalidParameter(`The provided execution role does not have permissions to call ${kind.action} on ${kind.label}`);
  });
  if (!isThere) throw invalidParameter(`Error occurred while ${kind.action}. ${kind.missing}`);
}
