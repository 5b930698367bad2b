import type { OneOrMany, PolicyPrincipal, Principal } from "@mayfly/kernel";

/** Who asks, as policies may name it. */
export interface PrincipalChain {
  readonly kind: Principal["kind"];
  readonly accountId: string;
  /** The caller itself: a user's, root's or role session's ARN; a service's name. */
  readonly self: string;
  /** The role behind a session, path included. */
  readonly roleArn: string | undefined;
  /** `AIDA...` or `AROA...`, which IAM puts in place of the ARN of what was deleted. */
  readonly uniqueId: string | undefined;
}

/**
 * How closely a resource policy names the caller. It decides what else must allow:
 * `self` grants whatever boundary and session policy leave out; `role` and `everyone` are limited by them; `account` only lets the
 * account's own policies decide.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type PrincipalMatch = "self" | "role" | "everyone" | "account";

/** Tells how a statement's principals name the caller. */
export type PrincipalTest = (chain: PrincipalChain) => PrincipalMatch | undefined;

const closest: readonly PrincipalMatch[] = ["self", "role", "everyone", "account"];

/** The closer of two. */
export function closerMatch(a: PrincipalMatch | undefined, b: PrincipalMatch | undefined): PrincipalMatch | undefined {
  return closest.find((match) => match === a || match === b);
}

/** Builds the chain of a principal. `roleArn`: of the role that a session belongs to, which only the directory knows. */
export function principalChain(principal: Principal, roleArn?: string): PrincipalChain {
  const uniqueId = principal.kind === "user" || principal.kind === "assumed-role" ? principal.userId.split(":", 1)[0] : undefined;
  const self = principal.kind === "service" ? principal.service : principal.arn;
  return { kind: principal.kind, accountId: principal.accountId, self, roleArn, uniqueId };
}

/** Compiles a `Principal`. */
export function compilePrincipal(principal: PolicyPrincipal): PrincipalTest {
  const names = namesIn(principal);
  return (chain) => {
    let match: PrincipalMatch | undefined;
    for (const name of names) match = closerMatch(match, matchOf(name, chain));
    return match;
  };
}

/**
 * Compiles a `NotPrincipal`. A Deny spares only callers of whom every link (account, role, session) is listed, as AWS warns; an
 * Allow leaves out callers of whom any is.
 */
export function compileNotPrincipal(principal: PolicyPrincipal, effect: "Allow" | "Deny"): PrincipalTest {
  const names = namesIn(principal);
  return (chain) => {
    const matches = new Set(names.map((name) => matchOf(name, chain)));
    const listed =
      effect === "Allow"
        ? closest.some((match) => matches.has(match))
        : matches.has("everyone") || linksOf(chain).every((link) => matches.has(link));
    return listed ? undefined : "everyone";
  };
}

function linksOf(chain: PrincipalChain): readonly PrincipalMatch[] {
  if (chain.kind === "assumed-role") return ["self", "role", "account"];
  return chain.kind === "user" ? ["self", "account"] : ["self"];
}

interface NamedPrincipal {
  readonly type: string;
  readonly name: string;
}

function namesIn(principal: PolicyPrincipal): readonly NamedPrincipal[] {
  if (principal === "*") return [{ type: "AWS", name: "*" }];
  return Object.entries(principal).flatMap(([type, names]) => asList(names).map((name) => ({ type, name })));
}

function matchOf({ type, name }: NamedPrincipal, chain: PrincipalChain): PrincipalMatch | undefined {
  if (type === "Service") return chain.kind === "service" && name.toLowerCase() === chain.self.toLowerCase() ? "self" : undefined;
  if (type !== "AWS") return undefined;
  if (name === "*") return "everyone";
  if (chain.kind === "service" || chain.kind === "anonymous") return undefined;
  if (name === chain.self) return "self";
  if (name === chain.accountId || name === `arn:aws:iam::${chain.accountId}:root`) return chain.kind === "root" ? "self" : "account";
  if (name === chain.roleArn || (name === chain.uniqueId && chain.kind === "assumed-role")) return "role";
  return name === chain.uniqueId ? "self" : undefined;
}

function asList(names: OneOrMany<string> | undefined): readonly string[] {
  if (names === undefined) return [];
  return typeof names === "string" ? [names] : names;
}
