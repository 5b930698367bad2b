/** A managed policy's name, of its ARN. */
export const policyNameOf = (arn: string): string => arn.slice(arn.lastIndexOf("/") + 1);

/** Whether a managed policy is one of AWS's own, which nobody can change. */
export const isAwsManaged = (arn: string): boolean => arn.startsWith("arn:aws:iam::aws:");
