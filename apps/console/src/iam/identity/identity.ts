import type { Tag } from "@aws-sdk/client-iam";
import { createContext, useContext } from "react";

/** Whom policies are given to. */
export interface Identity {
  readonly kind: "role" | "user";
  readonly name: string;
  readonly tags: readonly Tag[];
}

/** Provided by the page of a role or user. */
export const IdentityContext = createContext<Identity | undefined>(undefined);

/** The role or user of this page. */
export function useIdentity(): Identity {
  const identity = useContext(IdentityContext);
  if (!identity) throw new Error("useIdentity needs the page of a role or user above it.");
  return identity;
}

/** Limits that IAM has for both. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const identityLimits = { attachedPolicies: 10, tags: 50 } as const;
