import { Fault, type RequestContext } from "@mayfly/kernel";
import { functionArn, type FunctionKey } from "@mayfly/lambda";
import type { DeployedCode } from "@mayfly/wire/mayfly";

/** Makes the zip the function's code as the caller, who needs lambda:UpdateFunctionCode. @throws what UpdateFunctionCode throws */
export async function deployZip(
  ctx: RequestContext,
  key: FunctionKey,
  zip: Uint8Array,
  revisionId: string | undefined,
): Promise<DeployedCode> {
  const answer = await ctx.call("lambda", "UpdateFunctionCode", {
    FunctionName: key.functionName,
    ZipFile: zip,
    ...(revisionId !== undefined && { RevisionId: revisionId }),
  });
  const { CodeSha256, CodeSize, RevisionId, LastUpdateStatus } = answer;
  if (CodeSha256 === undefined || RevisionId === undefined) throw new Fault("ConflictException", "The function's code was not updated.");
  return {
    FunctionArn: functionArn(key),
    CodeSha256,
    CodeSize: CodeSize ?? zip.byteLength,
    RevisionId,
    LastUpdateStatus: LastUpdateStatus ?? "Successful",
  };
}
