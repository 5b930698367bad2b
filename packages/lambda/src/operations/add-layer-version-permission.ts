import { newUuid, type InputOf, type OperationRow, type OutputOf, type PolicyPrincipal, type PolicyStatement } from "@mayfly/kernel";
import { notFound, policyTooLong, revisionMismatch, statementExists } from "../faults.ts";
import { layerVersionArn, parseLayerVersion } from "../layers/layer-name.ts";
import { onNamedLayerVersion } from "../layers/layer-rules.ts";
import { documentOf, statementsOf } from "../policies/document.ts";
import type { OperationResources } from "../resources.ts";

type Input = InputOf<"lambda", "AddLayerVersionPermission">;
type Output = OutputOf<"lambda", "AddLayerVersionPermission">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html */
export const addLayerVersionPermission: OperationRow<OperationResources, Input, Output> = {
  iam: onNamedLayerVersion("lambda:AddLayerVersionPermission"),
  async run({ layers, limits }, ctx, input) {
    const key = parseLayerVersion(ctx, input);
    const statement: PolicyStatement = {
      Sid: input.StatementId,
      Effect: "Allow",
      Principal: principalOf(input.Principal),
      Action: input.Action,
      Resource: layerVersionArn(key),
      ...(input.OrganizationId !== undefined && { Condition: { StringEquals: { "aws:PrincipalOrgID": input.OrganizationId } } }),
    };
    const revisionId = newUuid();
    await layers.changePolicy(key, (record) => {
      if (record === undefined) throw notFound("Layer version ARN does not exist.");
      if (input.RevisionId !== undefined && input.RevisionId !== record.policy?.revisionId) throw revisionMismatch("GetLayerPolicy");
      const before = statementsOf(record.policy?.document);
      if (before.some(({ Sid }) => Sid === input.StatementId)) throw statementExists(input.StatementId);
      const document = documentOf([...before, statement]);
      const bytes = Buffer.byteLength(JSON.stringify(document));
      if (bytes > limits.policyBytes) throw policyTooLong(bytes, limits.policyBytes);
      return { document, revisionId };
    });
    return { Statement: JSON.stringify(statement), RevisionId: revisionId };
  },
};

/** Everybody, or an account: the model lets nobody else through. */
function principalOf(principal: string): PolicyPrincipal {
  if (principal === "*") return "*";
  return { AWS: principal.startsWith("arn:") ? principal : `arn:aws:iam::${principal}:root` };
}
