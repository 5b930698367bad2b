import { isConditionOperator } from "@mayfly/iam";
import { Fault, type PolicyDocument, type PolicyStatement } from "@mayfly/kernel";
import { stsLimits } from "./limits.ts";
import type { StsResources } from "./resources.ts";

/** What a caller of AssumeRole passes to narrow the session down. */
export interface SessionPolicyInput {
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined;
}

const malformed = (message: string): Fault => new Fault("MalformedPolicyDocument", message);

/**
 * The one policy that limits the session: what any of the given ones allows, as AWS takes them together. JSON text; undefined if none is given.
 * @throws Fault MalformedPolicyDocument, ValidationError, PackedPolicyTooLarge
 */
export async function readSessionPolicy(
  { directory }: StsResources,
  accountId: string,
  input: SessionPolicyInput,
): Promise<string | undefined> {
  const arns = input.PolicyArns ?? [];
  if (input.Policy === undefined && arns.length === 0) return undefined;
  if (arns.length > stsLimits.sessionPolicyArns)
    throw new Fault("ValidationError", `Session policy ARNs must not exceed ${stsLimits.sessionPolicyArns}.`, { status: 400 });
  const documents = input.Policy === undefined ? [] : [parseSessionPolicy(input.Policy)];
  for (const { arn } of arns) {
    const document = arn === undefined ? undefined : await directory.managedPolicy(accountId, arn);
    if (document === undefined)
      throw new Fault("PolicyNotFound", `Policy ${arn ?? ""} does not exist or is not attachable.`, { status: 400 });
    documents.push(document);
  }
  return JSON.stringify({ Version: "2012-10-17", Statement: documents.flatMap(statementsOf) });
}

/**
 * How much of the allotted space the caller's own policy and tags take, percent.
 * @throws Fault PackedPolicyTooLarge
 */
export function packedSize(policy: string | undefined, tags: Readonly<Record<string, string>>): number | undefined {
  const tagText = Object.entries(tags).flat().join("");
  if (policy === undefined && tagText === "") return undefined;
  const percent = Math.ceil((100 * ((policy ?? "").length + tagText.length)) / stsLimits.sessionPolicyCharacters);
  if (percent > 100)
    throw new Fault("PackedPolicyTooLarge", `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`);
  return percent;
}

function parseSessionPolicy(text: string): PolicyDocument {
  const document = parseJson(text);
  if (typeof document !== "object" || document === null || !("Statement" in document)) throw malformed("Syntax errors in policy.");
  const policy = document as PolicyDocument;
  for (const statement of statementsOf(policy)) checkStatement(statement);
  return policy;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed("This policy contains invalid Json");
  }
}

function checkStatement(statement: unknown): void {
  if (typeof statement !== "object" || statement === null) throw malformed("Syntax errors in policy.");
  const { Effect, Action, NotAction, Resource, NotResource, Principal, NotPrincipal, Condition } = statement as Partial<PolicyStatement>;
  if (Effect !== "Allow" && Effect !== "Deny") throw malformed("Syntax errors in policy.");
  if (Principal !== undefined || NotPrincipal !== undefined) throw malformed("Policy document should not specify a principal.");
  if (!isTextOrList(Action ?? NotAction)) throw malformed("Policy statement must contain actions.");
  if (!isTextOrList(Resource ?? NotResource)) throw malformed("Policy statement must contain resources.");
  if (!Object.keys(Condition ?? {}).every(isConditionOperator)) throw malformed("Syntax errors in policy.");
}

const isTextOrList = (value: unknown): boolean =>
  typeof value === "string" || (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === "string"));

function statementsOf({ Statement }: PolicyDocument): readonly PolicyStatement[] {
  return Array.isArray(Statement) ? (Statement as readonly PolicyStatement[]) : [Statement as PolicyStatement];
}
