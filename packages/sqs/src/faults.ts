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
