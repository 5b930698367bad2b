import { send } from "../api/send.ts";

/** A policy of a role with its document as JSON text. */
export interface RoleDocument {
  readonly name: string;
  readonly inline: boolean;
  readonly document: string;
}

/** Every policy of a role: attached ones in their default version, then inline ones. */
export async function roleDocuments(RoleName: string): Promise<RoleDocument[]> {
  const [{ AttachedPolicies = [] }, { PolicyNames = [] }] = await Promise.all([
    send("iam", "ListAttachedRolePolicies", { RoleName }),
    send("iam", "ListRolePolicies", { RoleName }),
  ]);
  const attached = AttachedPolicies.map(async ({ PolicyArn = "", PolicyName: name = "" }) => {
    const { Policy } = await send("iam", "GetPolicy", { PolicyArn });
    const { PolicyVersion } = await send("iam", "GetPolicyVersion", { PolicyArn, VersionId: Policy?.DefaultVersionId ?? "v1" });
    return { name, inline: false, document: decodeURIComponent(PolicyVersion?.Document ?? "") };
  });
  const inline = PolicyNames.map(async (name) => {
    const { PolicyDocument = "" } = await send("iam", "GetRolePolicy", { RoleName, PolicyName: name });
    return { name, inline: true, document: decodeURIComponent(PolicyDocument) };
  });
  return Promise.all([...attached, ...inline]);
}
