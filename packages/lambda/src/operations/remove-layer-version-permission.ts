import { newUuid, type InputOf, type OperationRow, type OutputOf } from "@mayfly/kernel";
import { notFound, revisionMismatch } from "../faults.ts";
import { parseLayerVersion } from "../layers/layer-name.ts";
import { onNamedLayerVersion } from "../layers/layer-rules.ts";
import { documentOf, statementsOf } from "../policies/document.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "RemoveLayerVersionPermission">;
type Output = OutputOf<"lambda", "RemoveLayerVersionPermission">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_RemoveLayerVersionPermission.html */
export const removeLayerVersionPermission: OperationRow<OperationResources, Input, Output> = {
  iam: onNamedLayerVersion("lambda:RemoveLayerVersionPermission"),
  async run({ layers }, ctx, input) {
    await layers.changePolicy(parseLayerVersion(ctx, input), (record) => {
      if (record === undefined) throw notFound("Layer version ARN does not exist.");
      if (record.policy === undefined) throw notFound("No policy is associated with the given resource.");
      if (input.RevisionId !== undefined && input.RevisionId !== record.policy.revisionId) throw revisionMismatch("GetLayerPolicy");
      const before = statementsOf(record.policy.document);
      const left = before.filter(({ Sid }) => Sid !== input.StatementId);
      if (left.length === before.length) throw notFound(`Statement ${input.StatementId} is not found in resource policy.`);
      return left.length === 0 ? undefined : { document: documentOf(left), revisionId: newUuid() };
    });
    return {};
  },
};
