import { type Checked, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { findCode, onFunction, shownSha256 } from "../function-of.ts";
import type { MayflyResources } from "../resources.ts";

type Input = InputOf<"mayfly", "ListFunctionDeployments">;
type Output = OutputOf<"mayfly", "ListFunctionDeployments">;

async function run(resources: MayflyResources, ctx: RequestContext, input: Checked<Input>): Promise<Output> {
  const { facts } = await findCode(resources, ctx, input);
  const current = facts.deployments.find(({ code }) => code.sha256 === facts.code.sha256);
  return {
    Deployments: facts.deployments.map((deployment) => ({
      CodeSha256: shownSha256(deployment.code.sha256),
      CodeSize: deployment.code.size,
      DeployedAt: new Date(deployment.deployedAtMs),
      DeployedBy: deployment.deployedBy,
      Source: deployment.source,
      Current: deployment === current,
    })),
  };
}

/** See `MayflyOperations` of @mayfly/wire/mayfly. */
export const listFunctionDeployments: OperationRow<MayflyResources, Input, Output> = {
  run,
  iam: onFunction("mayfly:ListFunctionDeployments"),
};
