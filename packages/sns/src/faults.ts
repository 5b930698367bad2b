import { Fault } from "@mayfly/kernel";

/** Errors of SNS's model, in the live service's words. */
export const topicDoesNotExist = (): Fault => new Fault("NotFoundException", "Topic does not exist");

export const subscriptionDoesNotExist = (): Fault => new Fault("NotFoundException", "Subscription does not exist");

/** `Invalid parameter: AttributeName` */
export const invalidParameter = (what: string): Fault => new Fault("InvalidParameterException", `Invalid parameter: ${what}`);

/** `Invalid parameter: TopicArn Reason: ...` */
export const invalidValue = (parameter: string, reason: string): Fault => invalidParameter(`${parameter} Reason: ${reason}`);

export const resourceDoesNotExist = (): Fault => new Fault("ResourceNotFoundException", "Resource does not exist");

/** What AWS answers in a region where it can't send text messages or push to phones, as Mayfly can't. */
export const notSupported = (operation: string): Fault =>
  new Fault("InvalidAction", `Operation (${operation}) is not supported in this region`, { status: 400 });
