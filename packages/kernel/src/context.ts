import type { ConditionKeys, CostlyKeys } from "./operation.ts";
import type { InputOf, OperationName, ServiceCall, ServiceName } from "./catalog.ts";
import type { CredentialFacts, Principal } from "./principal.ts";
import type { PolicyDocument } from "./policy.ts";

/** One question to IAM: may the caller do `action` to `resource`? */
export interface AuthorizationRequest {
  /** `service:Action` */
  readonly action: string;
  /** ARN, or `*` for actions without resource-level permissions. */
  readonly resource: string;
  /** Whose it is, where the ARN does not say (S3). */
  readonly resourceAccountId?: string | undefined;
  /** Service-specific condition keys; the `aws:` ones are added from the request. */
  readonly conditionKeys: ConditionKeys;
  readonly costlyKeys?: CostlyKeys | undefined;
  /** The policy attached to the resource itself, where it has one. */
  readonly resourcePolicy?: PolicyDocument | undefined;
  /**
   * `either` (the default): in the resource's own account either policy suffices. `resource-policy`: the resource's policy must
   * allow, as a role's trust policy must (sts:AssumeRole).
   */
  readonly grantedBy?: "either" | "resource-policy";
}

/** Calls the listener, once, when nobody is there any more for an answer; the function that it answers takes the listener back. */
export type WhenGone = (listener: () => void) => () => void;

/** What every operation knows of the request that it serves. */
export interface RequestContext extends CredentialFacts {
  /** UUID; `x-amzn-RequestId` of the response. */
  readonly requestId: string;
  /** Owner of the resources that the request speaks of: the caller's account. */
  readonly accountId: string;
  readonly region: string;
  readonly principal: Principal;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly secureTransport: boolean;
  /** The X-Ray header that came with the request. */
  readonly traceHeader?: string;
  /** See Identity. */
  readonly sourceArn?: string;
  /** See Identity. */
  readonly tellsTrail?: true;
  /** `http://host:port` under which the client reached this server, for URLs in answers. */
  readonly endpoint: string;
  /** Has a listener called when the caller goes away; answers how to take it back. An operation that waits must not wait for nobody. */
  readonly whenGone?: WhenGone;
  /** Calls another service's operation as this principal: authorized like any request, no wire in between. */
  readonly call: ServiceCall;
  /** Asks IAM a further question, e.g. iam:PassRole. Throws AccessDenied. */
  readonly authorize: (request: AuthorizationRequest) => Promise<void>;
}

/** On whose behalf and where a background task calls a service. */
export interface Identity {
  readonly principal: Principal;
  readonly accountId: string;
  readonly region: string;
  /** The X-Ray header of what the task is part of. */
  readonly traceHeader?: string;
  /** On whose behalf an AWS service calls: a topic's ARN, for `aws:SourceArn`. */
  readonly sourceArn?: string;
  /** Of an event source mapping's poller, which tells the trail itself what it receives. */
  readonly tellsTrail?: true;
  /** The call's own, where the caller wants to know it; else one is made. */
  readonly requestId?: string;
  /** Of a task that may end while a call waits (a long poll). */
  readonly whenGone?: WhenGone;
}

/** Typed calls for tasks that serve no request (log delivery, an execution role being assumed). */
export type CallAs = (identity: Identity) => ServiceCall;

/** Asks IAM whether a call would be allowed, without making it. Throws AccessDenied. */
export type MayCall = (
  identity: Identity,
) => <S extends ServiceName, O extends OperationName<S>>(service: S, operation: O, input: InputOf<S, O>) => Promise<void>;

/** Decides. Throws AccessDenied with AWS's words; returns when allowed. */
export interface Authorizer {
  authorize(ctx: RequestContext, request: AuthorizationRequest): Promise<void>;
}

/** What the gateway needs to verify a signature. */
export interface ResolvedCredentials extends CredentialFacts {
  readonly principal: Principal;
  readonly secretAccessKey: string;
}

/** Why an access key is not accepted; the wire layer words it for the service at hand. */
export type CredentialsRefusal = "unknown-key" | "inactive-key" | "invalid-token" | "expired-token";

/** Finds who an access key belongs to. Both long-lived and temporary keys. Answers from memory after the first time. */
export interface CredentialsResolver {
  resolve(accessKeyId: string, sessionToken: string | undefined): Promise<ResolvedCredentials | CredentialsRefusal>;
}
