import { problemOf } from "../../api/problem.ts";
import { send } from "../../api/send.ts";
import type { Failure } from "../../app/flash.tsx";
import { operationsOn } from "../identity/identity-operations.ts";

/** Deletes a user with what it holds: access keys, password, inline policies; managed ones are detached. Answers what was done before it failed; undefined when all went well. */
export async function deleteUser(userName: string): Promise<Failure | undefined> {
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
    return { name: userName, problem: problemOf(error), done };
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
