import { problemOf, type Problem } from "../../api/problem.ts";
import { send } from "../../api/send.ts";

/** A role that is still there: why, and what was done before that. */
export interface NotDeleted {
  readonly roleName: string;
  readonly problem: Problem;
  /** `detached ReadOnlyAccess`, in the order done. */
  readonly done: readonly string[];
}

/** Deletes a role with what it holds: policies are detached, inline policies deleted. Undefined when all went well. */
export async function deleteRole(roleName: string): Promise<NotDeleted | undefined> {
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
    return { roleName, problem: problemOf(error), done };
  }
}
