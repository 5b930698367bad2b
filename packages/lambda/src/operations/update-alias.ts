import { newUuid, type InputOf, type OperationRow, type OutputOf } from "@mayfly/kernel";
import { readRoute, weightsOf } from "../aliases/route.ts";
import { shapeAlias } from "../aliases/shape-alias.ts";
import { notFound, revisionMismatch } from "../faults.ts";
import { mustExist } from "../find-version.ts";
import { functionArn } from "../function-name.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { checkProvisionedAlias } from "../provisioned-concurrency/check-request.ts";
import type { OperationResources } from "../resources.ts";
import { versionName, withAlias, type AliasRecord } from "../store/records.ts";

type Input = InputOf<"lambda", "UpdateAlias">;
type Output = OutputOf<"lambda", "UpdateAlias">;

/** What is left out stays; an empty RoutingConfig takes the second version away. https://docs.aws.amazon.com/lambda/latest/api/API_UpdateAlias.html */
export const updateAlias: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:UpdateAlias"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const { Name: name, FunctionVersion, RoutingConfig, Description } = input;
    const alias = await functions.change(reference, (current) => {
      const record = mustExist(current, reference);
      const before = record.aliases.get(name);
      if (before === undefined) throw notFound(`Alias not found: ${functionArn(record, name)}`);
      if (input.RevisionId !== undefined && input.RevisionId !== before.revisionId) throw revisionMismatch();
      const version = FunctionVersion ?? versionName({ number: before.versionNumber });
      const weights = RoutingConfig === undefined ? weightsOf(before.additional) : RoutingConfig.AdditionalVersionWeights;
      const route = readRoute(record, version, weights);
      const result: AliasRecord = { name, ...route, description: Description ?? before.description, revisionId: newUuid() };
      if (record.provisionedConcurrency.has(name)) checkProvisionedAlias(record, result, "move");
      return { next: withAlias(record, name, result), result };
    });
    return shapeAlias(reference, alias);
  },
};
