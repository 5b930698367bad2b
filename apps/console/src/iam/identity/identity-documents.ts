import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { keyOf } from "../../api/hooks.ts";
import { operationsOn } from "./identity-operations.ts";
import type { Identity } from "./identity.ts";
import { managedPolicyText } from "../managed-policy-document.ts";

/** A policy of a role or user with its document as JSON text. */
export interface IdentityDocument {
  readonly name: string;
  /** Of a managed policy; an inline one has none. */
  readonly arn: string | undefined;
  readonly document: string;
}

/** Every policy of a role or user: attached ones in their default version, then inline ones. */
async function identityDocuments(identity: IdentityName): Promise<IdentityDocument[]> {
  const operations = operationsOn(identity);
  const [attachedPolicies, inlineNames] = await Promise.all([operations.attached(), operations.inlineNames()]);
  const attached = attachedPolicies.map(async ({ PolicyArn = "", PolicyName: name = "" }) => {
    const { document } = await managedPolicyText(PolicyArn);
    return { name, arn: PolicyArn, document };
  });
  const inline = inlineNames.map(async (name) => ({ name, arn: undefined, document: await operations.inline(name) }));
  return Promise.all([...attached, ...inline]);
}

type IdentityName = Pick<Identity, "kind" | "name">;

/** The same, kept by the cache. */
export function useIdentityDocuments({ kind, name }: IdentityName): UseQueryResult<IdentityDocument[]> {
  return useQuery({ queryKey: [...keyOf("iam", "IdentityDocuments"), kind, name], queryFn: () => identityDocuments({ kind, name }) });
}
