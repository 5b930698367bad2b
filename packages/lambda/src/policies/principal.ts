import { isFault, rootPrincipal, type CallAs, type PolicyPrincipal } from "@mayfly/kernel";
import { invalidParameter } from "../faults.ts";

const serviceName = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.amazonaws\.com(\.cn)?$/;
const accountNumber = /^\d{12}$/;
const iamArn = /^arn:aws[a-z-]*:iam::(\d{12}):(root|user|role)(?:\/(?:.*\/)?([^/]+))?$/;
const sessionArn = /^arn:aws[a-z-]*:sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/;

/** A user or role, as IAM knows it. */
interface Named {
  readonly accountId: string;
  readonly kind: "user" | "role";
  readonly name: string;
}

/**
 * Reads whom a permission is for: everybody (`*`), a service, an account, or the ARN of an account, user or role, which must be there.
 * @throws Fault InvalidParameterValueException
 */
export async function readPrincipal(
  principal: string,
  scope: { readonly callAs: CallAs; readonly region: string },
): Promise<PolicyPrincipal> {
  if (principal === "*") return "*";
  if (serviceName.test(principal)) return { Service: principal };
  if (accountNumber.test(principal)) return { AWS: `arn:aws:iam::${principal}:root` };
  const [, accountId, kind, name] = iamArn.exec(principal) ?? [];
  if (kind === "root" && name === undefined) return { AWS: principal };
  const named = namedBy({ accountId, kind, name }) ?? sessionRole(principal);
  if (named === undefined || !(await exists(named, scope))) throw invalidPrincipal();
  return { AWS: principal };
}

const invalidPrincipal = (): Error => invalidParameter("The provided principal was invalid. Please check the principal and try again.");

function namedBy({ accountId, kind, name }: Partial<Record<keyof Named, string>>): Named | undefined {
  if (accountId === undefined || name === undefined || (kind !== "user" && kind !== "role")) return undefined;
  return { accountId, kind, name };
}

function sessionRole(arn: string): Named | undefined {
  const [, accountId, name] = sessionArn.exec(arn) ?? [];
  return namedBy({ accountId, kind: "role", name });
}

async function exists(
  { accountId, kind, name }: Named,
  { callAs, region }: { readonly callAs: CallAs; readonly region: string },
): Promise<boolean> {
  const call = callAs({ principal: rootPrincipal(accountId), accountId, region });
  try {
    if (kind === "user") await call("iam", "GetUser", { UserName: name });
    else await call("iam", "GetRole", { RoleName: name });
    return true;
  } catch (error) {
    if (isFault(error)) return false;
    throw error;
  }
}
