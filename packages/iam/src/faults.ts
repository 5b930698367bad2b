import { Fault } from "@mayfly/kernel";

/** What IAM refuses with, in its own words. */
export const noSuchEntity = (message: string): Fault => new Fault("NoSuchEntity", message);
export const alreadyExists = (message: string): Fault => new Fault("EntityAlreadyExists", message);
export const deleteConflict = (message: string): Fault => new Fault("DeleteConflict", message);
export const invalidInput = (message: string): Fault => new Fault("InvalidInput", message);
export const validationError = (message: string): Fault => new Fault("ValidationError", message, { status: 400 });
export const malformedPolicy = (message: string): Fault => new Fault("MalformedPolicyDocument", message);

/** @param quota AWS's name of it: `RolesPerAccount` */
export const overQuota = (quota: string, limit: number): Fault => new Fault("LimitExceeded", `Cannot exceed quota for ${quota}: ${limit}`);
