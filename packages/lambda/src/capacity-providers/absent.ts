import { formatArn, type Fault, type RequestContext } from "@mayfly/kernel";
import { notFound } from "../faults.ts";
import type { LambdaIamRule } from "../iam-rules.ts";

/** The ARN of the capacity provider that a name or an ARN means. */
const capacityProviderArn = ({ accountId, region }: Pick<RequestContext, "accountId" | "region">, name: string): string =>
  name.startsWith("arn:") ? name : formatArn({ service: "lambda", region, accountId, resource: `capacity-provider:${name}` });

/** The rule of an operation on a capacity provider. */
export const onCapacityProvider = <Input extends { CapacityProviderName: string | undefined }>(
  action: `lambda:${string}`,
): LambdaIamRule<Input> => ({
  action,
  resource: (ctx, input) => capacityProviderArn(ctx, input.CapacityProviderName),
  conditionKeys: () => ({}),
});

/** 404: instances that functions could run on are not managed here, so that no account has a capacity provider. */
export const capacityProviderNotFound = (): Fault => notFound("The resource you requested does not exist.");
