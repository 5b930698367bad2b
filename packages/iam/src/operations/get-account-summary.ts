import { noConditionKeys } from "@mayfly/kernel";
import { iamLimits } from "../limits.ts";
import type { IamRow } from "../resources.ts";

/** AWS's own quotas for what Mayfly has none of yet. */
const absent = {
  Groups: 0,
  GroupsQuota: 300,
  InstanceProfiles: 0,
  ServerCertificates: 0,
  Providers: 0,
  MFADevices: 0,
  MFADevicesInUse: 0,
  AccountMFAEnabled: 0,
};

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
export const getAccountSummary: IamRow<"GetAccountSummary"> = {
  iam: { action: "iam:GetAccountSummary", resource: () => "*", conditionKeys: noConditionKeys },
  run: async ({ models }, { accountId }) => {
    const [Users, Roles, Policies, PolicyVersionsInUse, rootKeys] = await Promise.all([
      models.iamEntity.count({ where: { accountId, kind: "user" } }),
      models.iamEntity.count({ where: { accountId, kind: "role" } }),
      models.iamPolicy.count({ where: { accountId } }),
      models.iamPolicyVersion.count({ where: { accountId } }),
      models.iamAccessKey.count({ where: { accountId, ownerId: "root" } }),
    ]);
    return {
      SummaryMap: {
        ...absent,
        Users,
        UsersQuota: iamLimits.usersPerAccountCount,
        Roles,
        RolesQuota: iamLimits.rolesPerAccountCount,
        Policies,
        PoliciesQuota: iamLimits.policiesPerAccountCount,
        PolicyVersionsInUse,
        VersionsPerPolicyQuota: iamLimits.policyVersionsCount,
        AccessKeysPerUserQuota: iamLimits.accessKeysPerUserCount,
        AccountAccessKeysPresent: Math.min(rootKeys, 1),
        AttachedPoliciesPerUserQuota: iamLimits.attachedPoliciesCount.user,
        AttachedPoliciesPerRoleQuota: iamLimits.attachedPoliciesCount.role,
        UserPolicySizeQuota: iamLimits.inlinePolicyCharacters.user,
        RolePolicySizeQuota: iamLimits.inlinePolicyCharacters.role,
        PolicySizeQuota: iamLimits.managedPolicyCharacters,
        AssumeRolePolicySizeQuota: iamLimits.trustPolicyCharacters,
      },
    };
  },
};
