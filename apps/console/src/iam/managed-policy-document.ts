import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { keyOf } from "../api/hooks.ts";
import { send } from "../api/send.ts";

/** What a managed policy says in its default version. */
export interface ManagedPolicyText {
  readonly description: string;
  /** JSON text. */
  readonly document: string;
}

/** Reads a managed policy's default version. */
export async function managedPolicyText(PolicyArn: string): Promise<ManagedPolicyText> {
  const { Policy } = await send("iam", "GetPolicy", { PolicyArn });
  const { PolicyVersion } = await send("iam", "GetPolicyVersion", { PolicyArn, VersionId: Policy?.DefaultVersionId ?? "v1" });
  return { description: Policy?.Description ?? "", document: decodeURIComponent(PolicyVersion?.Document ?? "") };
}

/** The same, kept by the cache. */
export function useManagedPolicyText(arn: string): UseQueryResult<ManagedPolicyText> {
  return useQuery({ queryKey: [...keyOf("iam", "ManagedPolicyText"), arn], queryFn: () => managedPolicyText(arn) });
}
