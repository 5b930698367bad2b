/**
 * Who makes a request. `arn` and `userId` are what STS GetCallerIdentity answers for it.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export type Principal =
  | { readonly kind: "root"; readonly accountId: string; readonly arn: string; readonly userId: string }
  | {
      readonly kind: "user";
      readonly accountId: string;
      readonly arn: string;
      readonly userId: string;
      readonly userName: string;
    }
  | {
      readonly kind: "assumed-role";
      readonly accountId: string;
      /** `arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION` (no path) */
      readonly arn: string;
      /** `AROA...:SESSION` */
      readonly userId: string;
      readonly roleName: string;
      readonly sessionName: string;
      /** Inline session policy passed to AssumeRole, as JSON text. */
      readonly sessionPolicy?: string;
      /** `SourceIdentity` of AssumeRole; sessions made from this one keep it. */
      readonly sourceIdentity?: string;
      /** Session tags, for `aws:PrincipalTag/...`. */
      readonly tags?: Readonly<Record<string, string>>;
      /** Those of `tags` that sessions made from this one keep. */
      readonly transitiveTagKeys?: readonly string[];
    }
  /** An AWS service that acts on its own behalf, such as `lambda.amazonaws.com` assuming an execution role. */
  | { readonly kind: "service"; readonly accountId: string; readonly service: string; readonly arn: string; readonly userId: string }
  | { readonly kind: "anonymous"; readonly accountId: string; readonly arn: "*"; readonly userId: "anonymous" };

/** Facts about the credentials that signed a request, for `aws:` condition keys. */
export interface CredentialFacts {
  readonly accessKeyId?: string;
  /** Epoch milliseconds; only temporary credentials have it (`aws:TokenIssueTime`). */
  readonly tokenIssuedAtMs?: number;
}

/** The account's root user. */
export function rootPrincipal(accountId: string): Principal {
  return { kind: "root", accountId, arn: `arn:aws:iam::${accountId}:root`, userId: accountId };
}

/** An AWS service in `accountId`, e.g. `lambda.amazonaws.com`. */
export function servicePrincipal(service: string, accountId: string): Principal {
  return { kind: "service", accountId, service, arn: service, userId: service };
}

/** Whoever sent an unsigned request. */
export function anonymousPrincipal(accountId: string): Principal {
  return { kind: "anonymous", accountId, arn: "*", userId: "anonymous" };
}
