import { Fault, type ConditionKeys, type IamRule, type RequestContext } from "@mayfly/kernel";
import { functionArn, parseFunctionName, type FunctionCodeFacts, type FunctionKey } from "@mayfly/lambda";
import type { MayflyResources } from "./resources.ts";

interface NamesFunction {
  FunctionName: string | undefined;
}

/** The function that a request names, without its version. */
function functionOf(ctx: RequestContext, { FunctionName }: { FunctionName: string }): FunctionKey {
  const { accountId, region, functionName } = parseFunctionName(ctx, FunctionName);
  return { accountId, region, functionName };
}

/** The rule of an operation on a function of the caller's own account. */
export const onFunction = <Input extends NamesFunction>(action: `mayfly:${string}`): IamRule<MayflyResources, Input> => ({
  action,
  resource: (ctx, input) => functionArn(functionOf(ctx, input)),
  conditionKeys: (): ConditionKeys => ({}),
});

/** What is known of the function's code. Others' functions are not found. @throws Fault ResourceNotFoundException */
export async function findCode(
  { functionCode }: MayflyResources,
  ctx: RequestContext,
  input: { FunctionName: string },
): Promise<{ readonly key: FunctionKey; readonly facts: FunctionCodeFacts }> {
  const key = functionOf(ctx, input);
  const facts = key.accountId === ctx.accountId ? await functionCode.find(key) : undefined;
  if (facts === undefined) throw new Fault("ResourceNotFoundException", `Function not found: ${functionArn(key)}`);
  return { key, facts };
}

/** AWS shows hashes of code in base64; they are kept in hexadecimal. */
export const shownSha256 = (hex: string): string => Buffer.from(hex, "hex").toString("base64");

/**
 * The package that a request means: the one of that hash among the function's, or else the current one.
 * @returns SHA-256 in hexadecimal
 * @throws Fault ResourceNotFoundException
 */
export function packageOf(facts: FunctionCodeFacts, codeSha256: string | undefined): string {
  if (codeSha256 === undefined) return facts.code.sha256;
  const hex = Buffer.from(codeSha256, "base64").toString("hex");
  const known = [facts.code, ...facts.published, ...facts.deployments.map(({ code }) => code)];
  if (!known.some(({ sha256 }) => sha256 === hex))
    throw new Fault("ResourceNotFoundException", `The function has no deployment with the CodeSha256 ${codeSha256}.`);
  return hex;
}
