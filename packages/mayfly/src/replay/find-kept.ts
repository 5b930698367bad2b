import { Fault, type RequestContext } from "@mayfly/kernel";
import { findCode } from "../function-of.ts";
import type { MayflyResources } from "../resources.ts";
import type { KeptRow } from "./kept-row.ts";

/** The invocation that a request names. @throws Fault ResourceNotFoundException */
export async function findKept(
  resources: MayflyResources,
  ctx: RequestContext,
  input: { FunctionName: string; RequestId: string },
): Promise<KeptRow> {
  const { key } = await findCode(resources, ctx, input);
  const row = await resources.kept.find(key, input.RequestId);
  if (row === undefined) {
    throw new Fault("ResourceNotFoundException", `Invocation ${input.RequestId} of function ${key.functionName} is not kept.`);
  }
  return row;
}
