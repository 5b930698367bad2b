import { parseArn, type ConditionKeys, type RequestContext } from "@mayfly/kernel";
import { invalidParameter, notFound } from "./faults.ts";
import { parseFunctionName, referenceArn, type FunctionReference } from "./function-name.ts";
import { resourceTags, type LambdaIamRule } from "./iam-rules.ts";

/** What of Lambda's resources can be tagged but does not exist here, and AWS's words for one that does not. */
const absent: Readonly<Record<string, (arn: string) => string>> = {
  "event-source-mapping": (arn) => `Event source mapping not found: ${arn}`,
  "code-signing-config": () => "The Lambda code signing configuration ARN can not be found.",
  "capacity-provider": () => "The resource you requested does not exist.",
};

/**
 * The function whose tags an ARN speaks of.
 * @throws Fault InvalidParameterValueException for a version's or alias's ARN, ResourceNotFoundException for other resources'
 */
export function taggedFunction(ctx: RequestContext, arn: string): FunctionReference {
  const kind = parseArn(arn)?.resource.split(":")[0] ?? "";
  const words = absent[kind];
  if (words !== undefined) throw notFound(words(arn));
  const reference = parseFunctionName(ctx, arn);
  if (reference.qualifier !== undefined) {
    throw invalidParameter("Tags on function aliases and versions are not supported. Please specify a function ARN.");
  }
  return reference;
}

/** The rule of a tagging operation. @param moreKeys those of the tags in the request */
export function onTagged<Input extends { Resource: string | undefined }>(
  action: `lambda:${string}`,
  moreKeys: (input: Input) => ConditionKeys = () => ({}),
): LambdaIamRule<Input> {
  return {
    action,
    resource: (ctx, input) => referenceArn(taggedFunction(ctx, input.Resource)),
    async conditionKeys(ctx, input, { functions }) {
      const record = await functions.find(taggedFunction(ctx, input.Resource));
      return { ...resourceTags(record?.tags ?? {}), ...moreKeys(input) };
    },
  };
}
