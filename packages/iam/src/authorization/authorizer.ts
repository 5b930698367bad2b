import {
  AccessDenied,
  systemClock,
  type AuthorizationRequest,
  type Authorizer,
  type Clock,
  type CostlyKeys,
  type PolicyDocument,
  type Principal,
  type RequestContext,
} from "@mayfly/kernel";
import { createLRU } from "lru.min";
import { PolicyCompiler } from "./compiled-policy.ts";
import { denialMessage } from "./denial.ts";
import { evaluate, type Decision } from "./evaluate.ts";
import { principalChain } from "./principal-chain.ts";
import { requestKeys } from "./request-keys.ts";

/** A user's or role's policies, as the directory keeps them in memory. The documents are the same objects until they change. */
export interface PolicyHolder {
  readonly arn: string;
  /** `AIDA...` or `AROA...` */
  readonly id: string;
  /** Inline and attached. */
  readonly policies: readonly PolicyDocument[];
  readonly permissionsBoundary?: PolicyDocument | undefined;
}

/** What the authorizer asks of the directory; undefined for what does not exist. */
export interface PolicyDirectory {
  userPolicies(accountId: string, userName: string): PolicyHolder | undefined | Promise<PolicyHolder | undefined>;
  rolePolicies(accountId: string, roleName: string): PolicyHolder | undefined | Promise<PolicyHolder | undefined>;
}

/** How the authorizer is set up. `open`: everything is allowed. */
export interface AuthorizerOptions {
  readonly directory: PolicyDirectory;
  readonly mode: "strict" | "open";
  readonly clock?: Clock;
}

const sessionPolicyCacheEntries = 1_000;

/** Makes the one that decides about every request. */
export function createAuthorizer({ directory, mode, clock = systemClock }: AuthorizerOptions): Authorizer {
  if (mode === "open") return { authorize: async () => {} };
  const compiler = new PolicyCompiler();
  const speaks = createMentions();
  const sessionPolicies = createSessionPolicyReader();
  return {
    async authorize(ctx, request) {
      const { principal } = ctx;
      if (principal.kind === "root" && request.action === "sts:AssumeRole")
        throw new AccessDenied("Roles may not be assumed by root accounts.");
      const resourceAccountId = request.resourceAccountId ?? ownerOf(request.resource) ?? ctx.accountId;
      const holder = await holderOf(directory, principal);
      const caller = principalChain(principal, principal.kind === "assumed-role" ? holder?.arn : undefined);
      const policies = {
        identityPolicies: holder?.policies ?? [],
        resourcePolicy: request.resourcePolicy,
        sessionPolicy: principal.kind === "assumed-role" ? sessionPolicies(principal.sessionPolicy) : undefined,
        permissionsBoundary: holder?.permissionsBoundary,
      };
      const asked = request.costlyKeys === undefined ? request : await withCostlyKeys(request, request.costlyKeys, policies, speaks);
      const facts = { ctx, request: asked, caller, resourceAccountId, nowMs: clock.now() };
      const { action, resource, grantedBy = "either" } = request;
      const decision = evaluate(
        { caller, action, resource, resourceAccountId, keys: requestKeys(facts), ...policies, grantedBy },
        compiler,
      );
      refuse(decision, ctx, request);
    },
  };
}

interface Policies {
  readonly identityPolicies: readonly PolicyDocument[];
  readonly resourcePolicy: PolicyDocument | undefined;
  readonly sessionPolicy: PolicyDocument | undefined;
  readonly permissionsBoundary: PolicyDocument | undefined;
}

/** Whether a policy speaks of keys that begin so, in a condition or in a variable. */
type Mentions = (document: PolicyDocument, prefix: string) => boolean;

async function withCostlyKeys(
  request: AuthorizationRequest,
  { prefix, read }: CostlyKeys,
  { identityPolicies, resourcePolicy, sessionPolicy, permissionsBoundary }: Policies,
  speaks: Mentions,
): Promise<AuthorizationRequest> {
  const documents = [...identityPolicies, resourcePolicy, sessionPolicy, permissionsBoundary];
  const isAsked = documents.some((document) => document !== undefined && speaks(document, prefix));
  return isAsked ? { ...request, conditionKeys: { ...(await read()), ...request.conditionKeys } } : request;
}

/** Looks each document through once: the same ones come again and again. */
function createMentions(): Mentions {
  const known = new WeakMap<PolicyDocument, string>();
  return (document, prefix) => {
    let text = known.get(document);
    if (text === undefined) known.set(document, (text = JSON.stringify(document).toLowerCase()));
    return text.includes(prefix.toLowerCase());
  };
}

/** The account in an ARN. AWS's own policies (`arn:aws:iam::aws:policy/...`) are nobody's in particular: every account's policies rule over them. */
function ownerOf(resource: string): string | undefined {
  const accountId = resource.split(":", 5)[4];
  return accountId === "" || accountId === "aws" ? undefined : accountId;
}

function refuse(decision: Decision, { principal }: RequestContext, { action, resource }: AuthorizationRequest): void {
  if (decision.allowed) return;
  throw new AccessDenied(denialMessage(principal.kind === "anonymous" ? "anonymous" : principal.arn, action, resource, decision));
}

/** Of a user or role that was deleted, or made anew under the same name, an old session has nothing. */
async function holderOf(directory: PolicyDirectory, principal: Principal): Promise<PolicyHolder | undefined> {
  if (principal.kind !== "user" && principal.kind !== "assumed-role") return undefined;
  const holder = await (principal.kind === "user"
    ? directory.userPolicies(principal.accountId, principal.userName)
    : directory.rolePolicies(principal.accountId, principal.roleName));
  return holder !== undefined && holder.id === principal.userId.split(":", 1)[0] ? holder : undefined;
}

/** Parses session policies once each: the compiler knows documents by identity. */
function createSessionPolicyReader(): (text: string | undefined) => PolicyDocument | undefined {
  const parsed = createLRU<string, PolicyDocument>({ max: sessionPolicyCacheEntries });
  return (text) => {
    if (text === undefined) return undefined;
    const known = parsed.get(text);
    if (known) return known;
    const document = JSON.parse(text) as PolicyDocument;
    parsed.set(text, document);
    return document;
  };
}
