import { AccessDenied, type Checked, type Identity, type InputOf } from "@mayfly/kernel";
import { invalidParameter } from "../faults.ts";
import { functionArn, parseFunctionName, type FunctionReference } from "../function-name.ts";
import type { OperationResources } from "../resources.ts";
import { latestOf, versionOf, type EventInvokeConfigRecord } from "../store/records.ts";
import { isFifo } from "./destination-queues.ts";

type Input = Checked<InputOf<"lambda", "PutFunctionEventInvokeConfig">>;

/** The settings that a request names; those that it does not name are missing. */
export type GivenSettings = Partial<Omit<EventInvokeConfigRecord, "lastModifiedMs">>;

/** Services whose resources can be destinations on AWS. */
const destinationServices = new Set(["lambda", "sqs", "sns", "events", "s3"]);

/** @throws Fault InvalidParameterValueException in recorded words */
export async function readEventInvokeConfig(
  resources: OperationResources,
  reference: FunctionReference,
  input: Input,
): Promise<GivenSettings> {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = input;
  if (MaximumRetryAttempts === undefined && MaximumEventAgeInSeconds === undefined && DestinationConfig === undefined) {
    throw invalidParameter("You must specify at least one of error handling or destination setting.");
  }
  const { OnSuccess, OnFailure } = DestinationConfig ?? {};
  for (const destination of [OnSuccess?.Destination, OnFailure?.Destination]) {
    if (destination) await checkDestination(resources, reference, destination, input);
  }
  return {
    ...(MaximumRetryAttempts !== undefined && { maximumRetryAttempts: MaximumRetryAttempts }),
    ...(MaximumEventAgeInSeconds !== undefined && { maximumEventAgeSeconds: MaximumEventAgeInSeconds }),
    ...(OnSuccess !== undefined && { onSuccess: OnSuccess.Destination || undefined }),
    ...(OnFailure !== undefined && { onFailure: OnFailure.Destination || undefined }),
  };
}

/** A bus does not exist here, so an ARN of one leads nowhere. A bucket takes only what failed. */
async function checkDestination(
  resources: OperationResources,
  reference: FunctionReference,
  destination: string,
  { DestinationConfig }: Input,
): Promise<void> {
  const service = destination.split(":")[2] ?? "";
  if (!destinationServices.has(service)) {
    const { OnSuccess, OnFailure } = DestinationConfig ?? {};
    const print = (name: string, side: { readonly Destination?: string | undefined } | undefined): string =>
      side === undefined ? "null" : `${name}(destination=${side.Destination ?? "null"})`;
    throw invalidParameter(
      `The provided destination config DestinationConfig(onSuccess=${print("OnSuccess", OnSuccess)}, onFailure=${print("OnFailure", OnFailure)}) is invalid.`,
    );
  }
  const invalid = invalidParameter(`The destination ARN ${destination} is invalid.`);
  if (service === "s3" && DestinationConfig?.OnSuccess?.Destination === destination) throw invalid;
  const receiver = receivers[service];
  if (receiver !== undefined) {
    if (isFifo(destination) || !(await mayReceive(resources, reference, destination, receiver))) throw invalid;
    return;
  }
  if (service !== "lambda") throw invalid;
  const named = parseFunctionName({ accountId: reference.accountId, region: reference.region }, destination);
  if (functionArn(named) === functionArn(reference)) throw invalidParameter("You can't specify the function as a destination for itself.");
  const record = await resources.functions.find(named);
  if (record === undefined || versionOf(record, named.qualifier) === undefined) throw invalid;
}

/** Destinations that the function's role has to be allowed. */
interface Receiver {
  readonly action: string;
  readonly isThere: (resources: OperationResources, arn: string, role: Identity) => Promise<boolean>;
}

const receivers: Readonly<Record<string, Receiver>> = {
  sqs: { action: "SendMessage", isThere: ({ destinationQueues }, arn, role) => destinationQueues.canSend(arn, role) },
  s3: { action: "PutObject", isThere: ({ destinationBuckets }, arn, role) => destinationBuckets.canPut(arn, role) },
  sns: { action: "Publish", isThere: ({ destinationTopics }, arn, role) => destinationTopics.canPublish(arn, role) },
};

/** Whether there is such a one. Of a function that is not there the caller is told later. @throws Fault if the function's role may not send to it */
async function mayReceive(
  resources: OperationResources,
  reference: FunctionReference,
  arn: string,
  { action, isThere }: Receiver,
): Promise<boolean> {
  const record = await resources.functions.find(reference);
  if (record === undefined) return true;
  const { accountId, region } = reference;
  const principal = await resources.roleOf({ ...reference, roleArn: latestOf(record).configuration.Role });
  return isThere(resources, arn, { principal, accountId, region }).catch((error: unknown) => {
    if (!(error instanceof AccessDenied)) throw error;
    throw invalidParameter(`The function's execution role does not have permissions to call ${action} on ${arn}`);
  });
}
