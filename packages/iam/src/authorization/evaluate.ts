import type { PolicyDocument } from "@mayfly/kernel";
import type { CompiledStatement, PolicyCompiler, Question } from "./compiled-policy.ts";
import { closerMatch, type PrincipalChain, type PrincipalMatch } from "./principal-chain.ts";

/** Everything a decision rests on. Nothing else is looked at: same case, same decision. */
export interface PolicyCase extends Question {
  readonly caller: PrincipalChain;
  readonly resourceAccountId: string;
  readonly identityPolicies: readonly PolicyDocument[];
  readonly resourcePolicy?: PolicyDocument | undefined;
  readonly sessionPolicy?: PolicyDocument | undefined;
  readonly permissionsBoundary?: PolicyDocument | undefined;
  /** See the kernel's AuthorizationRequest. */
  readonly grantedBy: "either" | "resource-policy";
}

/** The kinds of policy that AWS names when it denies. */
export type PolicyKind =
  | "identity-based policy"
  | "resource-based policy"
  | "role trust policy"
  | "permissions boundary"
  | "session policy";

/** The outcome, and for a denial which kind of policy denied, or should have allowed. */
export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly by: PolicyKind; readonly explicit: boolean };

const allowed: Decision = { allowed: true };
const denies = (by: PolicyKind): Decision => ({ allowed: false, by, explicit: true });
const lacks = (by: PolicyKind): Decision => ({ allowed: false, by, explicit: false });

/**
 * Decides as AWS does: a Deny anywhere wins; in the resource's own account an identity policy or the resource's suffices, from another
 * both must allow; boundary and session policy only ever take away.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(policyCase: PolicyCase, compiler: PolicyCompiler): Decision {
  const resourceKind: PolicyKind = policyCase.grantedBy === "resource-policy" ? "role trust policy" : "resource-based policy";
  const verdicts = readPolicies(policyCase, compiler);
  if (verdicts.identity.denied) return denies("identity-based policy");
  if (verdicts.resource.denied) return denies(resourceKind);
  if (verdicts.boundary?.denied) return denies("permissions boundary");
  if (verdicts.session?.denied) return denies("session policy");

  const { kind, accountId } = policyCase.caller;
  if (kind === "service" || kind === "anonymous") return verdicts.resource.match ? allowed : lacks(resourceKind);
  if (accountId !== policyCase.resourceAccountId) return acrossAccounts(verdicts, resourceKind);
  return policyCase.grantedBy === "resource-policy" ? byResourcePolicy(verdicts) : withinAccount(verdicts);
}

interface Verdict {
  readonly allowed: boolean;
  readonly denied: boolean;
}

interface Verdicts {
  readonly identity: Verdict;
  readonly resource: { readonly denied: boolean; readonly match: PrincipalMatch | undefined };
  readonly boundary: Verdict | undefined;
  readonly session: Verdict | undefined;
}

function readPolicies(policyCase: PolicyCase, compiler: PolicyCompiler): Verdicts {
  const { identityPolicies, permissionsBoundary, sessionPolicy } = policyCase;
  const read = (documents: readonly PolicyDocument[]): Verdict => readIdentityPolicies(policyCase, documents, compiler);
  return {
    identity: policyCase.caller.kind === "root" ? { allowed: true, denied: false } : read(identityPolicies),
    resource: readResourcePolicy(policyCase, compiler),
    boundary: permissionsBoundary && read([permissionsBoundary]),
    session: sessionPolicy && read([sessionPolicy]),
  };
}

function readIdentityPolicies(question: Question, documents: readonly PolicyDocument[], compiler: PolicyCompiler): Verdict {
  const verdict = { allowed: false, denied: false };
  for (const document of documents) {
    for (const statement of compiler.statements(document)) {
      if (isSettled(verdict, statement) || !statement.applies(question)) continue;
      if (statement.effect === "Deny") verdict.denied = true;
      else verdict.allowed = true;
    }
  }
  return verdict;
}

const isSettled = (verdict: Verdict, statement: CompiledStatement): boolean =>
  statement.effect === "Deny" ? verdict.denied : verdict.allowed;

function readResourcePolicy(policyCase: PolicyCase, compiler: PolicyCompiler): Verdicts["resource"] {
  let denied = false;
  let match: PrincipalMatch | undefined;
  for (const statement of policyCase.resourcePolicy ? compiler.statements(policyCase.resourcePolicy) : []) {
    const named = statement.principal?.(policyCase.caller);
    if (named === undefined || !statement.applies(policyCase)) continue;
    if (statement.effect === "Deny") denied = true;
    else match = closerMatch(match, named);
  }
  return { denied, match };
}

/** A resource policy that names the account leaves the decision to the account's identity policies, so it grants nothing by itself. */
function withinAccount(verdicts: Verdicts): Decision {
  const { match } = verdicts.resource;
  if (match === "self") return allowed;
  const granted = verdicts.identity.allowed || match === "role" || match === "everyone";
  return granted ? withinLimits(verdicts) : lacks("identity-based policy");
}

function byResourcePolicy(verdicts: Verdicts): Decision {
  const { match } = verdicts.resource;
  if (match === undefined) return lacks("role trust policy");
  if (match === "self") return allowed;
  if (match === "account" && !verdicts.identity.allowed) return lacks("identity-based policy");
  return withinLimits(verdicts);
}

function acrossAccounts(verdicts: Verdicts, resourceKind: PolicyKind): Decision {
  if (!verdicts.identity.allowed) return lacks("identity-based policy");
  const limited = withinLimits(verdicts);
  if (!limited.allowed) return limited;
  return verdicts.resource.match ? allowed : lacks(resourceKind);
}

function withinLimits({ boundary, session }: Verdicts): Decision {
  if (boundary && !boundary.allowed) return lacks("permissions boundary");
  return session && !session.allowed ? lacks("session policy") : allowed;
}
