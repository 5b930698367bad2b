import { Fault } from "@mayfly/kernel";
import { findVersion } from "../find-version.ts";
import type { FunctionReference } from "../function-name.ts";
import type { OperationResources } from "../resources.ts";

/**
 * Scaling is a matter of functions on capacity providers, of which there are none.
 * @throws Fault ResourceNotFoundException; else AccessDeniedException, which AWS answers for such a function (seen in August 2026)
 */
export async function refuseScaling({ functions }: Pick<OperationResources, "functions">, reference: FunctionReference): Promise<never> {
  await findVersion(functions, reference);
  throw new Fault("AccessDeniedException", "The function provided by the arn does not contain a capacity provider configuration", {
    members: { Type: "User" },
    status: 403,
  });
}
