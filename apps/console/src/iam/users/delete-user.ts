import { problemOf, type Problem } from "../../api/problem.ts";
import { send } from "../../api/send.ts";
import { operationsOn } from "../identity/identity-operations.ts";

/** A user that is still there: why, and what was done before that. */
export interface NotDeleted {
  readonly userName: string;
  readonly problem: Problem;
  /** `deleted the access key AKIA...`, in the order done. */
  readonly done: readonly string[];
}

/** Deletes a user with what it holds: access keys, password, inline policies; managed ones are detached. Undefined when all went well. */
export async function deleteUser(userName: string): Promise<NotDeleted | undefined> {
  const done: string[] = [];
  const UserName = userName;
  const operations = operationsOn({ kind: "user", name: userName });
  try {
    const { AccessKeyMetadata = [] } = await send("iam", "ListAccessKeys", { UserName });
    for (const { AccessKeyId = "" } of AccessKeyMetadata) {
      await send("iam", "DeleteAccessKey", { UserName, AccessKeyId });
      done.push(`deleted the access key ${AccessKeyId}`);
    }
    if (await deletePassword(UserName)) done.push("deleted the password");
    for (const { PolicyArn = "", PolicyName = "" } of await operations.attached()) {
      await operations.detach(PolicyArn);
      done.push(`detached ${PolicyName}`);
    }
    for (const policyName of await operations.inlineNames()) {
      await operations.deleteInline(policyName);
      done.push(`deleted the inline policy ${policyName}`);
    }
    await send("iam", "DeleteUser", { UserName });
    return undefined;
  } catch (error) {
    return { userName, problem: problemOf(error), done };
  }
}

/** @returns whether there was one */
async function deletePassword(UserName: string): Promise<boolean> {
  try {
    await send("iam", "DeleteLoginProfile", { UserName });
    return true;
  } catch (error) {
    if (problemOf(error).kind === "not-found") return false;
    throw error;
  }
}
