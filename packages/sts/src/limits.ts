/**
 * STS's limits.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 */
export const stsLimits = {
  defaultRoleSessionSeconds: 3_600,
  /** A session may assume a role for an hour only. */
  chainedRoleSessionSeconds: 3_600,
  /** AWS's own services are not held to the role's MaxSessionDuration. */
  serviceRoleSessionSeconds: 43_200,
  defaultSessionTokenSeconds: 43_200,
  rootSessionTokenSeconds: 3_600,
  /** Session policies and tags together, as plain text. */
  sessionPolicyCharacters: 2_048,
  sessionPolicyArns: 10,
} as const;
