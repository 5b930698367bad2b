/** What of public access is blocked, as the API has it. */
export interface PublicAccess {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

const everywhere = (isBlocked: boolean): PublicAccess => ({
  BlockPublicAcls: isBlocked,
  IgnorePublicAcls: isBlocked,
  BlockPublicPolicy: isBlocked,
  RestrictPublicBuckets: isBlocked,
});

/** What a new bucket has. */
export const allBlocked: PublicAccess = everywhere(true);
/** What a bucket has of which nothing is said. */
export const noneBlocked: PublicAccess = everywhere(false);

/** The four in words. */
export const accessTexts: readonly { readonly name: keyof PublicAccess; readonly label: string; readonly description: string }[] = [
  {
    name: "BlockPublicAcls",
    label: "Block public access granted through new access control lists (ACLs)",
    description: "ACLs are off in every bucket here: kept and told.",
  },
  {
    name: "IgnorePublicAcls",
    label: "Block public access granted through any access control lists (ACLs)",
    description: "ACLs are off in every bucket here: kept and told.",
  },
  {
    name: "BlockPublicPolicy",
    label: "Block public access granted through new public bucket policies",
    description: "A policy that lets everybody in is refused.",
  },
  {
    name: "RestrictPublicBuckets",
    label: "Block public and cross-account access through any public bucket policy",
    description: "While the policy is public, only this account and AWS's services get in.",
  },
];
