/** One value or several, as policy JSON writes them. */
export type OneOrMany<T> = T | readonly T[];

/** Whom a statement speaks of. */
export type PolicyPrincipal =
  | "*"
  | Readonly<Record<"AWS" | "Service" | "Federated" | "CanonicalUser", OneOrMany<string>>>
  | Readonly<Partial<Record<string, OneOrMany<string>>>>;

/** A statement's conditions: operator, then key, then values. */
export type PolicyConditions = Readonly<Record<string, Readonly<Record<string, OneOrMany<string | number | boolean>>>>>;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html */
export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: PolicyPrincipal;
  readonly NotPrincipal?: PolicyPrincipal;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  readonly Condition?: PolicyConditions;
}

/** A parsed policy: identity policy, resource policy, trust policy or session policy. */
export interface PolicyDocument {
  readonly Version?: "2012-10-17" | "2008-10-17";
  readonly Id?: string;
  readonly Statement: OneOrMany<PolicyStatement>;
}
