import type { Fault } from "@mayfly/kernel";
import { invalidParameter, notFound } from "../faults.ts";
import type { LambdaIamRule } from "../iam-rules.ts";

/** The rule of an operation on a durable execution. */
export const onDurableExecution = <Input extends { DurableExecutionArn: string | undefined }>(
  action: `lambda:${string}`,
): LambdaIamRule<Input> => ({ action, resource: (_ctx, input) => input.DurableExecutionArn, conditionKeys: () => ({}) });

/** 404: functions are not run durably here, so that no account has a durable execution. */
export const durableExecutionNotFound = (arn: string): Fault => notFound(`Durable execution not found: ${arn}`);

/** 400 for a token that no durable execution was given; the operations that take one have no error for what does not exist. */
export const checkpointTokenUnknown = (): Fault => invalidParameter("The provided CheckpointToken is invalid.");

/** 400 for a callback that nobody waits for. */
export const callbackUnknown = (callbackId: string): Fault => invalidParameter(`The provided CallbackId ${callbackId} is invalid.`);
