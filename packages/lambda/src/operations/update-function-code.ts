import { newUuid, type Checked, type InputOf, type OperationRow, type OutputOf } from "@mayfly/kernel";
import { checkCodeStorage } from "../check-code-storage.ts";
import { checkUpdatable } from "../check-updatable.ts";
import { codeSource, readCode } from "../code/code-request.ts";
import { checkSignatureOf } from "../code-signing/check-signature.ts";
import { invalidParameter } from "../faults.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { checkUnpackedSize } from "../layers/resolve-layers.ts";
import { publish } from "../publishing.ts";
import type { OperationResources } from "../resources.ts";
import { updated } from "../settling.ts";
import { shapeConfiguration } from "../shape-configuration.ts";
import { latestOf, versionName, withVersions, type CodeRecord, type FunctionRecord, type VersionRecord } from "../store/records.ts";

type Input = InputOf<"lambda", "UpdateFunctionCode">;
type Output = OutputOf<"lambda", "UpdateFunctionCode">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html */
export const updateFunctionCode: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:UpdateFunctionCode"),
  async run(resources, ctx, input) {
    const { functions, code, clock } = resources;
    const reference = referenceOf(ctx, input);
    const { record: found } = checkUpdatable(await functions.find(reference), reference, input.RevisionId);
    if (input.ImageUri !== undefined)
      throw invalidParameter("Please don't provide ImageUri when updating a function with packageType Zip.");
    if (input.PublishTo !== undefined) throw invalidParameter("PublishTo is not supported in this region.");
    const source = codeSource(input, resources.limits);
    await checkSignatureOf(resources, found);
    const zip = await readCode(ctx, source, resources.limits);
    if (input.DryRun === true) {
      const checked = await code.check(zip);
      const { record, version } = checkUpdatable(await functions.find(reference), reference, input.RevisionId);
      return shapeConfiguration(record, { ...version, ...withCode(version, checked, input) }, reference.qualifier);
    }
    const added = await code.add(zip);
    let used = false;
    try {
      const { record, version } = await functions.change(reference, async (current) => {
        const before = checkUpdatable(current, reference, input.RevisionId);
        if (before.record.codeSigningConfigArn !== found.codeSigningConfigArn) await checkSignatureOf(resources, before.record);
        await checkUnpackedSize(resources, added.code, before.version.layers);
        await checkCodeStorage(resources, reference, added.code, input.Publish === true ? undefined : before.version.code);
        const changed = updated(before.version, clock, { ...withCode(before.version, added.code, input), deploymentId: newUuid() });
        const result = publishIfAsked(withVersions(before.record, changed), input, resources);
        return { next: result.record, result };
      });
      used = true;
      await resources.deployments.record(reference, { code: added.code, deployedBy: ctx.principal.arn, source: "UpdateFunctionCode" });
      resources.settling.soon(reference);
      return shapeConfiguration(record, version, input.Publish === true ? versionName(version) : reference.qualifier);
    } finally {
      added.release(used);
    }
  },
};

const withCode = (version: VersionRecord, code: CodeRecord, { Architectures }: Checked<Input>): Partial<VersionRecord> => ({
  code,
  configuration: { ...version.configuration, ...(Architectures !== undefined && { Architectures }) },
});

function publishIfAsked(
  record: FunctionRecord,
  { Publish }: Checked<Input>,
  { clock }: OperationResources,
): { readonly record: FunctionRecord; readonly version: VersionRecord } {
  return Publish === true ? publish(record, clock, {}) : { record, version: latestOf(record) };
}
