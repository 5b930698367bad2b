import type { Identity, RequestContext } from "@mayfly/kernel";
import { parseFunctionName, type FunctionReference } from "../function-name.ts";
import type { OperationResources } from "../resources.ts";
import { versionOf, type StoredConfiguration } from "../store/records.ts";
import { functionDoesNotExist } from "./mapping-faults.ts";

/** A function that a mapping is to run. */
export interface MappedFunction {
  readonly reference: FunctionReference;
  readonly configuration: StoredConfiguration;
  /** The execution role, once Lambda has taken it on. */
  role(): Promise<Identity>;
}

/** @throws Fault InvalidParameterValueException if there is no such function, version or alias in the caller's account */
export async function findMappedFunction(
  { functions, roleOf }: OperationResources,
  ctx: Pick<RequestContext, "accountId" | "region">,
  name: string,
): Promise<MappedFunction> {
  const reference = parseFunctionName(ctx, name);
  const { accountId, region, functionName, qualifier } = reference;
  const record = accountId === ctx.accountId ? await functions.find(reference) : undefined;
  const configuration = record && versionOf(record, qualifier)?.configuration;
  if (configuration === undefined) throw functionDoesNotExist();
  return {
    reference,
    configuration,
    async role() {
      const principal = await roleOf({ accountId, region, functionName, roleArn: configuration.Role });
      return { principal, accountId, region };
    },
  };
}
