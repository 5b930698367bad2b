import { Fault, formatArn, type RequestContext } from "@mayfly/kernel";
import { functionNotFound, invalidParameter, notFound } from "./faults.ts";

/** A function without a version: what its record is found by. */
export interface FunctionKey {
  readonly accountId: string;
  readonly region: string;
  readonly functionName: string;
}

/** A function, and the version or alias that the caller named, if any. */
export interface FunctionReference extends FunctionKey {
  readonly qualifier: string | undefined;
}

/** The version that changes. */
export const latest = "$LATEST";

// Account and region may each be left out of a partial ARN; the model's own pattern has been checked before.
const namePattern =
  /^(?:arn:[a-zA-Z0-9-]+:lambda:)?(?:((?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(\d{12}):)?(?:function:)?([a-zA-Z0-9_.-]+)(?::(\$LATEST(?:\.PUBLISHED)?|[a-zA-Z0-9_-]+))?$/;

/**
 * Reads the forms of a function's name: `name`, `function:name`, `ACCOUNT:function:name`, ARN, each with an optional `:qualifier`.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 * @param qualifier the request's own Qualifier member
 * @throws Fault InvalidParameterValueException if both qualifiers are given and differ; ResourceNotFoundException for another region's ARN
 */
export function parseFunctionName(ctx: Pick<RequestContext, "accountId" | "region">, name: string, qualifier?: string): FunctionReference {
  const match = namePattern.exec(name);
  if (match === null) throw functionNotFound(functionArn({ accountId: ctx.accountId, region: ctx.region, functionName: name }));
  const [, region = ctx.region, accountId = ctx.accountId, functionName = "", derived] = match;
  if (derived !== undefined && qualifier !== undefined && derived !== qualifier) {
    throw invalidParameter("The derived qualifier from the function name does not match the specified qualifier.");
  }
  if (region !== ctx.region) throw notFound(`Functions from '${region}' are not reachable in this region ('${ctx.region}')`);
  return { accountId, region, functionName, qualifier: qualifier ?? derived };
}

/**
 * As {@link parseFunctionName}, for the name that a new function is to have.
 * @throws Fault AccessDeniedException for another account's ARN
 */
export function parseNewFunctionName(ctx: Pick<RequestContext, "accountId" | "region">, name: string): FunctionReference {
  const reference = parseFunctionName(ctx, name);
  if (reference.accountId !== ctx.accountId) throw new Fault("AccessDeniedException", null, { status: 403 });
  return reference;
}

/** `arn:aws:lambda:region:account:function:name`, with `:qualifier` if one is given. */
export function functionArn(key: FunctionKey, qualifier?: string): string {
  const suffix = qualifier === undefined ? "" : `:${qualifier}`;
  return formatArn({ service: "lambda", region: key.region, accountId: key.accountId, resource: `function:${key.functionName}${suffix}` });
}

/** The ARN as the caller qualified it. */
export const referenceArn = (reference: FunctionReference): string => functionArn(reference, reference.qualifier);

/** A key as one string, for maps. */
export const keyText = (key: FunctionKey): string => `${key.accountId}/${key.region}/${key.functionName}`;
