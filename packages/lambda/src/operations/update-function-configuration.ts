import { newUuid, type InputOf, type OperationRow, type OutputOf } from "@mayfly/kernel";
import { checkUpdatable } from "../check-updatable.ts";
import { checkSignatureOf } from "../code-signing/check-signature.ts";
import { applyConfiguration } from "../configuration/apply-configuration.ts";
import { checkDeadLetterTarget } from "../event-invoke-config/dead-letter.ts";
import { checkRole } from "../execution-role.ts";
import { configurationKeys, onFunction, referenceOf } from "../iam-rules.ts";
import { checkUnpackedSize, resolveLayers } from "../layers/resolve-layers.ts";
import { passRole } from "../pass-role.ts";
import type { OperationResources } from "../resources.ts";
import { updated } from "../settling.ts";
import { shapeConfiguration } from "../shape-configuration.ts";
import { latestOf, withVersions, type StoredConfiguration, type VersionRecord } from "../store/records.ts";

type Input = InputOf<"lambda", "UpdateFunctionConfiguration">;
type Output = OutputOf<"lambda", "UpdateFunctionConfiguration">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionConfiguration.html */
export const updateFunctionConfiguration: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction<Input>("lambda:UpdateFunctionConfiguration", configurationKeys),
  async run(resources, ctx, input) {
    const { functions, limits, runtimes, clock } = resources;
    const reference = referenceOf(ctx, input);
    const { version } = checkUpdatable(await functions.find(reference), reference, input.RevisionId);
    if (input.Role !== undefined) {
      await passRole(ctx, input.Role);
      await checkRole(resources, reference, input.Role);
    }
    if (input.DeadLetterConfig !== undefined) {
      await checkDeadLetterTarget(resources, reference, { Role: version.configuration.Role, ...input });
    }
    const layers = input.Layers && (await resolveLayers(resources, ctx, input.Layers, version.layers));
    const record = await functions.change(reference, async (current) => {
      const before = checkUpdatable(current, reference, input.RevisionId);
      const configuration = applyConfiguration(input, before.version.configuration, { key: reference, limits, runtimes });
      if (layers?.some((layer) => !before.version.layers.includes(layer))) await checkSignatureOf(resources, before.record);
      if (layers !== undefined) await checkUnpackedSize(resources, before.version.code, layers);
      const changes = { configuration, ...unpinned(before.version, configuration), ...(layers && { layers }), deploymentId: newUuid() };
      const next = withVersions(before.record, updated(before.version, clock, changes));
      return { next, result: next };
    });
    resources.settling.soon(reference);
    return shapeConfiguration(record, latestOf(record), reference.qualifier);
  },
};

/** Another runtime has not the version that the function was pinned to. */
const unpinned = (before: VersionRecord, { Runtime }: StoredConfiguration): Partial<VersionRecord> =>
  before.updateRuntimeOn === "Manual" && Runtime !== before.configuration.Runtime ? { updateRuntimeOn: "Auto" } : {};
