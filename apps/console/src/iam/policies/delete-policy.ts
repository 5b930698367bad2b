import { problemOf } from "../../api/problem.ts";
import { send } from "../../api/send.ts";
import type { Failure } from "../../app/flash.tsx";
import { policyNameOf } from "../policy-name.ts";

/** Deletes a policy: it is detached from whom it is attached to, its older versions go first. Answers what was done before it failed; undefined when all went well. */
export async function deletePolicy(PolicyArn: string): Promise<Failure | undefined> {
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
    return { name: policyNameOf(PolicyArn), problem: problemOf(error), done };
  }
}
