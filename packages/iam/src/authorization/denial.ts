import type { Decision } from "./evaluate.ts";

type Denial = Extract<Decision, { allowed: false }>;

/**
 * AWS's words for a denial.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * @param caller ARN, or the service's name
 */
export function denialMessage(caller: string, action: string, resource: string, denial: Denial): string {
  return `User: ${caller} is not authorized to perform: ${action} on resource: ${resource}${reason(action, denial)}`;
}

/** STS gives no reason when a trust policy does not allow: the caller is not told whether the role exists. */
function reason(action: string, { by, explicit }: Denial): string {
  if (explicit)
    return by === "role trust policy"
      ? ` with an explicit deny in the ${by}`
      : ` with an explicit deny in ${by === "identity-based policy" ? "an" : "a"} ${by}`;
  return by === "role trust policy" ? "" : ` because no ${by} allows the ${action} action`;
}
