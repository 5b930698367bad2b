import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { keyOf } from "../api/hooks.ts";
import { send } from "../api/send.ts";
import { managedPolicyText } from "./managed-policy-document.ts";

/** A policy of a role with its document as JSON text. */
export interface RoleDocument {
  readonly name: string;
  /** Of a managed policy; an inline one has none. */
  readonly arn: string | undefined;
  readonly document: string;
}

/** Every policy of a role: attached ones in their default version, then inline ones. */
async function roleDocuments(RoleName: string): Promise<RoleDocument[]> {
  const [{ AttachedPolicies = [] }, { PolicyNames = [] }] = await Promise.all([
    send("iam", "ListAttachedRolePolicies", { RoleName }),
    send("iam", "ListRolePolicies", { RoleName }),
  ]);
  const attached = AttachedPolicies.map(async ({ PolicyArn = "", PolicyName: name = "" }) => {
    const { document } = await managedPolicyText(PolicyArn);
    return { name, arn: PolicyArn, document };
  });
  const inline = PolicyNames.map(async (name) => {
    const { PolicyDocument = "" } = await send("iam", "GetRolePolicy", { RoleName, PolicyName: name });
    return { name, arn: undefined, document: decodeURIComponent(PolicyDocument) };
  });
  return Promise.all([...attached, ...inline]);
}

/** The same, kept by the cache. */
export function useRoleDocuments(roleName: string): UseQueryResult<RoleDocument[]> {
  return useQuery({ queryKey: [...keyOf("iam", "RoleDocuments"), roleName], queryFn: () => roleDocuments(roleName) });
}
