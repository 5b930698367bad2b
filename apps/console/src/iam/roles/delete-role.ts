import { problemOf } from "../../api/problem.ts";
import { send } from "../../api/send.ts";
import type { Failure } from "../../app/flash.tsx";

/** Deletes a role with what it holds: policies are detached, inline policies deleted. Answers what was done before it failed; undefined when all went well. */
export async function deleteRole(roleName: string): Promise<Failure | undefined> {
  const done: string[] = [];
  const RoleName = roleName;
  try {
    const { AttachedPolicies = [] } = await send("iam", "ListAttachedRolePolicies", { RoleName });
    for (const { PolicyArn = "", PolicyName = "" } of AttachedPolicies) {
      await send("iam", "DetachRolePolicy", { RoleName, PolicyArn });
      done.push(`detached ${PolicyName}`);
    }
    const { PolicyNames = [] } = await send("iam", "ListRolePolicies", { RoleName });
    for (const PolicyName of PolicyNames) {
      await send("iam", "DeleteRolePolicy", { RoleName, PolicyName });
      done.push(`deleted the inline policy ${PolicyName}`);
    }
    await send("iam", "DeleteRole", { RoleName });
    return undefined;
  } catch (error) {
    return { name: roleName, problem: problemOf(error), done };
  }
}
