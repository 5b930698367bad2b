import type { ConditionKeys, IamRule, RequestContext } from "@mayfly/kernel";
import type { CreateFunctionRequest } from "@mayfly/wire/lambda";
import { parseFunctionName, referenceArn, type FunctionReference } from "./function-name.ts";
import type { OperationResources } from "./resources.ts";
import { policyOf, type FunctionRecord } from "./store/records.ts";

/** A rule of Lambda's table. */
export type LambdaIamRule<Input> = IamRule<OperationResources, Input>;

interface NamesFunction {
  FunctionName: string | undefined;
  Qualifier?: string | undefined;
}

/** The function that a request names. @throws Fault as {@link parseFunctionName} */
export const referenceOf = (ctx: RequestContext, input: { FunctionName: string; Qualifier?: string | undefined }): FunctionReference =>
  parseFunctionName(ctx, input.FunctionName, input.Qualifier);

/**
 * The rule of an operation on an existing function: its ARN as the caller qualified it, its tags as condition keys.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
export function onFunction<Input extends NamesFunction>(
  action: `lambda:${string}`,
  moreKeys: (input: Input, reference: FunctionReference, record: FunctionRecord | undefined) => ConditionKeys = () => ({}),
): LambdaIamRule<Input> {
  return {
    action,
    resource: (ctx, input) => referenceArn(referenceOf(ctx, input)),
    conditionKeys(ctx, input, resources) {
      const reference = referenceOf(ctx, input);
      const keysOf = (record: FunctionRecord | undefined): ConditionKeys => ({
        ...resourceTags(record?.tags ?? {}),
        ...moreKeys(input, reference, record),
      });
      const known = resources.functions.peek(reference);
      return known === undefined ? resources.functions.find(reference).then(keysOf) : keysOf(known);
    },
    resourcePolicy(ctx, input, resources) {
      const reference = referenceOf(ctx, input);
      const known = resources.functions.peek(reference);
      if (known !== undefined) return policyOf(known, reference.qualifier);
      return resources.functions.find(reference).then((record) => record && policyOf(record, reference.qualifier));
    },
  };
}

const directly: ConditionKeys = { "lambda:InvokedViaFunctionUrl": ["false"] };

/** The rule of operations that invoke a function: who permits, or denies, what does not come by a URL means these. */
export const onInvoked = <Input extends NamesFunction>(): LambdaIamRule<Input> => onFunction("lambda:InvokeFunction", () => directly);

/** For operations that AWS defines no resource for. */
export const onEverything = <Input>(action: `lambda:${string}`): LambdaIamRule<Input> => ({
  action,
  resource: () => "*",
  conditionKeys: () => ({}),
});

/** `aws:ResourceTag/KEY` for each tag. */
export const resourceTags = (tags: Readonly<Record<string, string>>): ConditionKeys =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, [value]]));

/** `aws:RequestTag/KEY` and `aws:TagKeys` for tags in a request. */
export function requestTags(tags: Readonly<Record<string, string>> | undefined): ConditionKeys {
  if (tags === undefined) return {};
  const keys = Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, [value]] as const);
  return { ...Object.fromEntries(keys), "aws:TagKeys": Object.keys(tags) };
}

/** Condition keys for what a function's configuration refers to. */
export function configurationKeys(
  input: Partial<Pick<CreateFunctionRequest, "Layers" | "VpcConfig" | "CodeSigningConfigArn">>,
): ConditionKeys {
  const { Layers, VpcConfig, CodeSigningConfigArn } = input;
  return {
    ...(Layers && { "lambda:Layer": Layers }),
    ...(VpcConfig?.SubnetIds && { "lambda:SubnetIds": VpcConfig.SubnetIds }),
    ...(VpcConfig?.SecurityGroupIds && { "lambda:SecurityGroupIds": VpcConfig.SecurityGroupIds }),
    ...(CodeSigningConfigArn && { "lambda:CodeSigningConfigArn": [CodeSigningConfigArn] }),
  };
}
