import { newUuid, type InputOf, type OperationRow, type OutputOf } from "@mayfly/kernel";
import { readRoute } from "../aliases/route.ts";
import { shapeAlias } from "../aliases/shape-alias.ts";
import { conflict } from "../faults.ts";
import { mustExist } from "../find-version.ts";
import { functionArn } from "../function-name.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import type { OperationResources } from "../resources.ts";
import { withAlias, type AliasRecord } from "../store/records.ts";

type Input = InputOf<"lambda", "CreateAlias">;
type Output = OutputOf<"lambda", "CreateAlias">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateAlias.html */
export const createAlias: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction("lambda:CreateAlias"),
  async run({ functions }, ctx, input) {
    const reference = referenceOf(ctx, input);
    const { Name: name, FunctionVersion: version } = input;
    const alias = await functions.change(reference, (current) => {
      const record = mustExist(current, reference, version);
      const route = readRoute(record, version, input.RoutingConfig?.AdditionalVersionWeights);
      if (record.aliases.has(name)) throw conflict(`Alias already exists: ${functionArn(record, name)}`);
      const result: AliasRecord = { name, ...route, description: input.Description ?? "", revisionId: newUuid() };
      return { next: withAlias(record, name, result), result };
    });
    return shapeAlias(reference, alias);
  },
};
