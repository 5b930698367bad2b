import type { Checked, InputOf, OperationRow, OutputOf } from "@mayfly/kernel";
import { checkCodeStorage } from "../check-code-storage.ts";
import { checkUpdatable } from "../check-updatable.ts";
import { invalidParameter } from "../faults.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { publish } from "../publishing.ts";
import type { OperationResources } from "../resources.ts";
import { base64Sha, shapeConfiguration } from "../shape-configuration.ts";
import { versionName, type VersionRecord } from "../store/records.ts";

type Input = InputOf<"lambda", "PublishVersion">;
type Output = OutputOf<"lambda", "PublishVersion">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_PublishVersion.html */
export const publishVersion: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:PublishVersion"),
  async run(resources, ctx, input) {
    const reference = referenceOf(ctx, input);
    if (input.PublishTo !== undefined) throw invalidParameter("PublishTo is not supported in this region.");
    const version = await resources.functions.change(reference, async (current) => {
      const { record, version: source } = checkUpdatable(current, reference, input.RevisionId);
      checkCode(source, input);
      const published = publish(record, resources.clock, { description: input.Description });
      if (published.record !== record) await checkCodeStorage(resources, reference, source.code);
      return { next: published.record, result: published.version };
    });
    return shapeConfiguration(reference, version, versionName(version));
  },
};

function checkCode({ code }: VersionRecord, { CodeSha256 }: Checked<Input>): void {
  const current = base64Sha(code.sha256);
  if (CodeSha256 === undefined || CodeSha256 === "" || CodeSha256 === current) return;
  throw invalidParameter(
    `CodeSHA256 (${CodeSha256}) is different from current CodeSHA256 in $LATEST (${current}). Please try again with the CodeSHA256 in $LATEST.`,
  );
}
