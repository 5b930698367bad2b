import type { AccessKeyDirectory, PolicyDirectory, Sealer } from "@mayfly/iam";
import type { Clock, PolicyDocument } from "@mayfly/kernel";

/** A role as STS needs it. */
export interface RoleRecord {
  /** With its path. */
  readonly arn: string;
  /** `AROA...` */
  readonly id: string;
  readonly trustPolicy: PolicyDocument;
  readonly maxSessionDurationSeconds: number;
}

/** What STS asks of IAM's directory; undefined for what does not exist. */
export interface StsDirectory extends AccessKeyDirectory, PolicyDirectory {
  role(accountId: string, roleName: string): RoleRecord | undefined | Promise<RoleRecord | undefined>;
  /** The default version of a managed policy: the account's own, or one of AWS's. */
  managedPolicy(accountId: string, policyArn: string): PolicyDocument | undefined | Promise<PolicyDocument | undefined>;
}

/** What STS works with. */
export interface StsResources {
  readonly directory: StsDirectory;
  readonly keyring: Sealer;
  readonly clock: Clock;
}
