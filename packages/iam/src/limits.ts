/** IAM's default quotas. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const iamLimits = {
  rolesPerAccountCount: 1_000,
  usersPerAccountCount: 5_000,
  policiesPerAccountCount: 1_500,
  policyVersionsCount: 5,
  accessKeysPerUserCount: 2,
  tagsPerResourceCount: 50,
  /** Managed policies attached to one user or role. */
  attachedPoliciesCount: { user: 10, role: 10 },
  /** All inline policies of one user or role together, without white space. */
  inlinePolicyCharacters: { user: 2_048, role: 10_240 },
  managedPolicyCharacters: 6_144,
  trustPolicyCharacters: 2_048,
  defaultSessionSeconds: 3_600,
  defaultPageItems: 100,
  cachedAnswersCount: 10_000,
} as const;
