import { Fault } from "@mayfly/kernel";

/** Errors of SQS's model, in the live service's words. */
export const queueDoesNotExist = (): Fault => new Fault("QueueDoesNotExist", "The specified queue does not exist.");

export const queueNameExists = (attribute: string): Fault =>
  new Fault("QueueNameExists", `A queue already exists with the same name and a different value for attribute ${attribute}`);

export const queueDeletedRecently = (): Fault =>
  new Fault("QueueDeletedRecently", "You must wait 60 seconds after deleting a queue before you can create another with the same name.");

export const unknownAttribute = (name: string): Fault => new Fault("InvalidAttributeName", `Unknown Attribute ${name}.`);

export const invalidAttributeName = (message: string): Fault => new Fault("InvalidAttributeName", message);

export const invalidAttributeValue = (name: string, reason?: string): Fault =>
  new Fault("InvalidAttributeValue", `Invalid value for the parameter ${name}.${reason === undefined ? "" : ` Reason: ${reason}`}`);

/** Of all services, not of SQS's model. */
export const invalidParameter = (message: string): Fault => new Fault("InvalidParameterValueException", message, { status: 400 });

/** `Value 11 for parameter MaxNumberOfMessages is invalid. Reason: ...` */
export const invalidValue = (parameter: string, value: string | number, reason: string): Fault =>
  invalidParameter(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);

export const missingParameter = (name: string): Fault =>
  new Fault("MissingRequiredParameterException", `The request must contain the parameter ${name}.`, { status: 400 });

export const invalidAddress = (text: string): Fault => new Fault("InvalidAddress", `The address ${text} is not valid for this endpoint.`);

export const invalidMessageContents = (): Fault =>
  new Fault(
    "InvalidMessageContents",
    "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
  );

export const receiptHandleIsInvalid = (handle: string): Fault =>
  new Fault("ReceiptHandleIsInvalid", `The input receipt handle "${handle}" is not a valid receipt handle.`);

export const overLimit = (count: number): Fault => new Fault("OverLimit", `Too many messages in flight: a queue has at most ${count}.`);

export const emptyBatch = (entry: string): Fault => new Fault("EmptyBatchRequest", `There should be at least one ${entry} in the request.`);

export const tooManyEntries = (count: number, limit: number): Fault =>
  new Fault("TooManyEntriesInBatchRequest", `Maximum number of entries per request are ${limit}. You have sent ${count}.`);

export const entryIdsNotDistinct = (id: string): Fault => new Fault("BatchEntryIdsNotDistinct", `Id ${id} repeated.`);

export const invalidBatchEntryId = (): Fault =>
  new Fault(
    "InvalidBatchEntryId",
    "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
  );

export const batchTooLong = (bytes: number, limit: number): Fault =>
  new Fault("BatchRequestTooLong", `Batch requests cannot be longer than ${limit} bytes. You have sent ${bytes} bytes.`);

export const purgeInProgress = (queueName: string): Fault =>
  new Fault("PurgeQueueInProgress", `Only one PurgeQueue operation on ${queueName} is allowed every 60 seconds.`);

export const resourceNotFound = (message: string): Fault => new Fault("ResourceNotFoundException", message);

/** A fault as the result of one entry of a batch, whose code is that of the Query protocol in both. */
export const failedEntry = (Id: string, { code, message }: Fault) => ({
  Id,
  SenderFault: true,
  Code: code === "MissingRequiredParameterException" ? "MissingParameter" : code.replace(/Exception$/, ""),
  Message: message,
});
