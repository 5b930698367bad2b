import type { Models } from "@mayfly/db";
import { parseArn, type PolicyDocument } from "@mayfly/kernel";
import { entityArn, lookUpEntity } from "./entity.ts";
import { malformedPolicy, overQuota } from "./faults.ts";
import { iamLimits } from "./limits.ts";
import { policyCharacters, readPolicy } from "./policy-grammar.ts";

/**
 * Checks a role's trust policy. Users and roles of the account that it names must exist.
 * @throws Fault MalformedPolicyDocument, LimitExceeded
 */
export async function checkTrustPolicy(models: Models, accountId: string, text: string): Promise<void> {
  const limit = iamLimits.trustPolicyCharacters;
  const document = readPolicy(text, "trust");
  if (policyCharacters(text) > limit) throw overQuota("ACLSizePerRole", limit);
  for (const name of awsPrincipalsOf(document)) {
    if (!(await mayExist(models, accountId, name))) throw malformedPolicy(`Invalid principal in policy: "AWS":"${name}"`);
  }
}

function awsPrincipalsOf({ Statement }: PolicyDocument): readonly string[] {
  return [Statement].flat().flatMap((statement) => {
    const { Principal, NotPrincipal } = statement;
    const principal = Principal ?? NotPrincipal;
    return typeof principal === "object" ? [principal["AWS"] ?? []].flat() : [];
  });
}

/** What is not a user or role of this account can't be looked up here. */
async function mayExist(models: Models, accountId: string, name: string): Promise<boolean> {
  const arn = parseArn(name);
  const [, kind, entityName] = /^(user|role)\/(?:.*\/)?([^/]+)$/.exec(arn?.resource ?? "") ?? [];
  if (arn?.service !== "iam" || arn.accountId !== accountId || entityName === undefined) return true;
  const entity = await lookUpEntity(models, accountId, kind === "user" ? "user" : "role", entityName);
  return entity !== undefined && entityArn(entity) === name;
}
