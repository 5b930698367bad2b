import type { AuthorizationRequest, Principal, RequestContext } from "@mayfly/kernel";
import type { PrincipalChain } from "./principal-chain.ts";
import type { KeyLookup } from "./template.ts";

/** What the global condition keys are read from. */
export interface KeyFacts {
  readonly ctx: RequestContext;
  readonly request: AuthorizationRequest;
  readonly caller: PrincipalChain;
  readonly resourceAccountId: string;
  readonly nowMs: number;
}

type Value = string | undefined;

const principalTypes: Readonly<Record<Principal["kind"], Value>> = {
  root: "Account",
  user: "User",
  "assumed-role": "AssumedRole",
  anonymous: "Anonymous",
  service: undefined,
};

const isoSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
const isSigned = ({ caller }: KeyFacts): boolean => caller.kind !== "service" && caller.kind !== "anonymous";

/**
 * AWS's global condition keys, as far as this server knows the facts. A role session counts as its role in `aws:PrincipalArn`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
const globalKeys: Readonly<Record<string, (facts: KeyFacts) => Value>> = {
  "aws:principalarn": (facts) => (isSigned(facts) ? (facts.caller.roleArn ?? facts.caller.self) : undefined),
  "aws:principalaccount": (facts) => (isSigned(facts) ? facts.caller.accountId : undefined),
  "aws:principaltype": ({ caller }) => principalTypes[caller.kind],
  "aws:principalisawsservice": ({ caller }) => String(caller.kind === "service"),
  "aws:principalservicename": ({ caller }) => (caller.kind === "service" ? caller.self : undefined),
  "aws:username": ({ ctx }) => (ctx.principal.kind === "user" ? ctx.principal.userName : undefined),
  "aws:userid": (facts) => (isSigned(facts) ? facts.ctx.principal.userId : undefined),
  "aws:sourceip": ({ ctx }) => ctx.sourceIp || undefined,
  "aws:useragent": ({ ctx }) => ctx.userAgent || undefined,
  "aws:securetransport": ({ ctx }) => String(ctx.secureTransport),
  "aws:currenttime": ({ nowMs }) => isoSeconds(nowMs),
  "aws:epochtime": ({ nowMs }) => String(Math.floor(nowMs / 1000)),
  "aws:tokenissuetime": ({ ctx }) => (ctx.tokenIssuedAtMs === undefined ? undefined : isoSeconds(ctx.tokenIssuedAtMs)),
  // Temporary credentials always have it, and nobody can present a second factor here.
  "aws:multifactorauthpresent": ({ ctx }) => (ctx.tokenIssuedAtMs === undefined ? undefined : "false"),
  "aws:requestedregion": ({ ctx }) => ctx.region,
  "aws:resourceaccount": ({ resourceAccountId }) => resourceAccountId,
  "aws:sourcearn": ({ ctx }) => ctx.sourceArn,
  // A bucket's ARN names no account: it is its owner in whose account the service calls.
  "aws:sourceaccount": ({ ctx }) => ctx.sourceArn && (ctx.sourceArn.split(":", 5)[4] || ctx.accountId),
  "aws:sourceidentity": ({ ctx }) => (ctx.principal.kind === "assumed-role" ? ctx.principal.sourceIdentity : undefined),
  "aws:viaawsservice": () => "false",
};

const principalTag = "aws:principaltag/";

/** A session tag; its key, like all tag keys of IAM, in any letter case. */
function principalTagValue(name: string, principal: Principal): Value {
  if (!name.startsWith(principalTag) || principal.kind !== "assumed-role") return undefined;
  return Object.entries(principal.tags ?? {}).find(([key]) => key.toLowerCase() === name.slice(principalTag.length))?.[1];
}

/** Looks condition keys up: what the service says of the request first, then the global ones, each worked out only if a policy asks. */
export function requestKeys(facts: KeyFacts): KeyLookup {
  let given: Map<string, readonly string[] | undefined> | undefined;
  return (name) => {
    given ??= new Map(Object.entries(facts.request.conditionKeys).map(([key, values]) => [key.toLowerCase(), values]));
    const values = given.get(name);
    if (values !== undefined) return values;
    const value = Object.hasOwn(globalKeys, name) ? globalKeys[name]?.(facts) : principalTagValue(name, facts.ctx.principal);
    return value === undefined ? undefined : [value];
  };
}
