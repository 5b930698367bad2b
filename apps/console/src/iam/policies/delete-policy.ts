import { problemOf, type Problem } from "../../api/problem.ts";
import { send } from "../../api/send.ts";
import { policyNameOf } from "../policy-name.ts";

/** A policy that is still there: why, and what was done before that. */
export interface NotDeleted {
  readonly policyName: string;
  readonly problem: Problem;
  /** `detached from the role orders`, in the order done. */
  readonly done: readonly string[];
}

/** Deletes a policy: it is detached from whom it is attached to, its older versions go first. Undefined when all went well. */
export async function deletePolicy(PolicyArn: string): Promise<NotDeleted | undefined> {
  const done: string[] = [];
  try {
    const { PolicyRoles = [], PolicyUsers = [] } = await send("iam", "ListEntitiesForPolicy", { PolicyArn });
    for (const { RoleName = "" } of PolicyRoles) {
      await send("iam", "DetachRolePolicy", { RoleName, PolicyArn });
      done.push(`detached from the role ${RoleName}`);
    }
    for (const { UserName = "" } of PolicyUsers) {
      await send("iam", "DetachUserPolicy", { UserName, PolicyArn });
      done.push(`detached from the user ${UserName}`);
    }
    const { Versions = [] } = await send("iam", "ListPolicyVersions", { PolicyArn });
    for (const { VersionId = "", IsDefaultVersion } of Versions) {
      if (IsDefaultVersion) continue;
      await send("iam", "DeletePolicyVersion", { PolicyArn, VersionId });
      done.push(`deleted the version ${VersionId}`);
    }
    await send("iam", "DeletePolicy", { PolicyArn });
    return undefined;
  } catch (error) {
    return { policyName: policyNameOf(PolicyArn), problem: problemOf(error), done };
  }
}
