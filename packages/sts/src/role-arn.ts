import { Fault, parseArn } from "@mayfly/kernel";

/** What a role's ARN tells. */
export interface RoleName {
  readonly accountId: string;
  readonly roleName: string;
}

/**
 * Reads `arn:aws:iam::ACCOUNT:role/PATH/NAME`.
 * @throws Fault ValidationError
 */
export function parseRoleArn(text: string): RoleName {
  const arn = parseArn(text);
  if (arn === undefined) throw new Fault("ValidationError", `${text} is invalid`, { status: 400 });
  const [kind, ...path] = arn.resource.split("/");
  const roleName = path.at(-1);
  if (arn.service !== "iam" || arn.region !== "" || !/^\d{12}$/.test(arn.accountId) || kind !== "role" || !roleName) {
    throw new Fault("ValidationError", "Request ARN is invalid", { status: 400 });
  }
  return { accountId: arn.accountId, roleName };
}
