import { parseArn, type ConditionKeys, type RequestContext } from "@mayfly/kernel";
import { notFound } from "../faults.ts";
import { resourceTags, type LambdaIamRule } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { taggedCodeSigningConfig } from "./tagged-code-signing-config.ts";
import { taggedEventSourceMapping } from "./tagged-event-source-mapping.ts";
import { taggedFunction } from "./tagged-function.ts";

/** Tags of a resource. */
export type Tags = Readonly<Record<string, string>>;

/** Something that a tagging operation speaks of. */
export interface TaggedResource {
  readonly arn: string;
  /** Its tags; undefined if it does not exist. */
  peek(resources: OperationResources): Promise<Tags | undefined>;
  /** @throws Fault ResourceNotFoundException */
  read(resources: OperationResources): Promise<Tags>;
  /** @throws Fault ResourceNotFoundException, and what `decide` throws */
  change(resources: OperationResources, decide: (tags: Tags) => Tags): Promise<void>;
}

/** How what an ARN names is reached. @throws Fault for an ARN that names nothing of the kind */
export type TaggedKind = (ctx: RequestContext, arn: string) => TaggedResource;

const absent =
  (words: (arn: string) => string): TaggedKind =>
  (_ctx, arn) => {
    throw notFound(words(arn));
  };

/** By the first part of an ARN's resource; those that do not exist here answer as AWS does of one that was deleted. */
const kinds: Readonly<Record<string, TaggedKind>> = {
  "code-signing-config": taggedCodeSigningConfig,
  "event-source-mapping": taggedEventSourceMapping,
  "capacity-provider": absent(() => "The resource you requested does not exist."),
};

/** What an ARN names. @throws Fault InvalidParameterValueException, ResourceNotFoundException */
export function taggedResource(ctx: RequestContext, arn: string): TaggedResource {
  const kind = kinds[parseArn(arn)?.resource.split(":")[0] ?? ""] ?? taggedFunction;
  return kind(ctx, arn);
}

/** The rule of a tagging operation. @param moreKeys those of the tags in the request */
export function onTagged<Input extends { Resource: string | undefined }>(
  action: `lambda:${string}`,
  moreKeys: (input: Input) => ConditionKeys = () => ({}),
): LambdaIamRule<Input> {
  return {
    action,
    resource: (ctx, input) => taggedResource(ctx, input.Resource).arn,
    async conditionKeys(ctx, input, resources) {
      const tags = await taggedResource(ctx, input.Resource).peek(resources);
      return { ...resourceTags(tags ?? {}), ...moreKeys(input) };
    },
  };
}
