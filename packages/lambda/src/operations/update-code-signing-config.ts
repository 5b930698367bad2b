import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { mustBeCodeSigningConfig, onCodeSigningConfig, shapeCodeSigningConfig } from "../code-signing/code-signing-config.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "UpdateCodeSigningConfig">;
type Output = OutputOf<"lambda", "UpdateCodeSigningConfig">;

/** What is not given stays. https://docs.aws.amazon.com/lambda/latest/api/API_UpdateCodeSigningConfig.html */
export const updateCodeSigningConfig: OperationRow<OperationResources, Input, Output> = {
  iam: onCodeSigningConfig("lambda:UpdateCodeSigningConfig"),
  async run({ codeSigning, clock }, ctx, input) {
    const { CodeSigningConfigArn: arn, AllowedPublishers, CodeSigningPolicies, Description } = input;
    const record = await codeSigning.change(arn, (current) => {
      const before = mustBeCodeSigningConfig(current, ctx, arn);
      return {
        ...before,
        description: Description ?? before.description,
        signingProfileVersionArns: AllowedPublishers?.SigningProfileVersionArns ?? before.signingProfileVersionArns,
        untrustedArtifactOnDeployment: CodeSigningPolicies?.UntrustedArtifactOnDeployment ?? before.untrustedArtifactOnDeployment,
        lastModifiedMs: clock.now(),
      };
    });
    return { CodeSigningConfig: shapeCodeSigningConfig(record) };
  },
};
