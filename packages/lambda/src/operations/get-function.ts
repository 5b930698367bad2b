import type { InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { signCodeUrl } from "../code/code-url.ts";
import { findVersion } from "../find-version.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { shapeConfiguration } from "../shape-configuration.ts";

type Input = InputOf<"lambda", "GetFunction">;
type Output = OutputOf<"lambda", "GetFunction">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export const getFunction: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:GetFunction"),
  async run({ functions, signingSecret, clock, limits }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const { record, version } = await findVersion(functions, reference);
    const location = { accountId: reference.accountId, sha256: version.code.sha256 };
    return {
      Configuration: shapeConfiguration(record, version, reference.qualifier),
      Code: {
        RepositoryType: "S3",
        Location: signCodeUrl(signingSecret, ctx.endpoint, location, clock.now() + limits.codeUrlLifetimeMs),
      },
      ...(Object.keys(record.tags).length > 0 && { Tags: { ...record.tags } }),
      ...(record.reservedConcurrency !== undefined && { Concurrency: { ReservedConcurrentExecutions: record.reservedConcurrency } }),
    };
  },
};
