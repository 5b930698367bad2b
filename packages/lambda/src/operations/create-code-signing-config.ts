import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { newCodeSigningConfigArn, shapeCodeSigningConfig } from "../code-signing/code-signing-config.ts";
import { requestTags } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { checkTags } from "../tags/check-tags.ts";

type Input = InputOf<"lambda", "CreateCodeSigningConfig">;
type Output = OutputOf<"lambda", "CreateCodeSigningConfig">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateCodeSigningConfig.html */
export const createCodeSigningConfig: OperationRow<OperationResources, Input, Output> = {
  iam: {
    action: "lambda:CreateCodeSigningConfig",
    resource: () => "*",
    conditionKeys: (_ctx, input) => requestTags(input.Tags),
  },
  async run({ codeSigning, clock, limits }, ctx, input) {
    const { AllowedPublishers, CodeSigningPolicies, Description = "", Tags = {} } = input;
    if (Object.keys(Tags).length > 0)
      await ctx.authorize({ action: "lambda:TagResource", resource: "*", conditionKeys: requestTags(Tags) });
    checkTags(Tags, Tags, limits);
    const nowMs = clock.now();
    const record = {
      arn: newCodeSigningConfigArn(ctx),
      accountId: ctx.accountId,
      region: ctx.region,
      description: Description,
      signingProfileVersionArns: AllowedPublishers.SigningProfileVersionArns ?? [],
      untrustedArtifactOnDeployment: CodeSigningPolicies?.UntrustedArtifactOnDeployment ?? "Warn",
      tags: Tags,
      createdAtMs: nowMs,
      lastModifiedMs: nowMs,
    };
    await codeSigning.create(record);
    return { CodeSigningConfig: shapeCodeSigningConfig(record) };
  },
};
