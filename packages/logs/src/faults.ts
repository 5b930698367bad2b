import { Fault } from "@mayfly/kernel";

/** No such group. */
export const groupNotFound = (): Fault => new Fault("ResourceNotFoundException", "The specified log group does not exist.");

/** No such stream. */
export const streamNotFound = (): Fault => new Fault("ResourceNotFoundException", "The specified log stream does not exist.");

/** The group is there already. */
export const groupExists = (): Fault => new Fault("ResourceAlreadyExistsException", "The specified log group already exists");

/** The stream is there already. */
export const streamExists = (): Fault => new Fault("ResourceAlreadyExistsException", "The specified log stream already exists");

/** A parameter that the model's constraints let through is not acceptable all the same. */
export const invalidParameter = (message: string): Fault => new Fault("InvalidParameterException", message);

/** The account has as many as it may. */
export const limitExceeded = (): Fault => new Fault("LimitExceededException", "Resource limit exceeded.");

/** In the stream of a Live Tail session that has been open for as long as it may. */
export const sessionTimedOut = (): Fault => new Fault("SessionTimeoutException", "The Live Tail session has timed out.");

/** A page token that this operation did not give out. */
export const invalidToken = (): Fault => invalidParameter("The specified nextToken is invalid.");
