import type { Role } from "@aws-sdk/client-iam";
import { createContext, useContext } from "react";

/** The role that a page shows. */
export interface CurrentRole {
  readonly role: Role;
  readonly roleName: string;
}

/** Provided by RolePage. */
export const RoleContext = createContext<CurrentRole | undefined>(undefined);

/** The role of this page. */
export function useCurrentRole(): CurrentRole {
  const current = useContext(RoleContext);
  if (!current) throw new Error("useCurrentRole needs a RolePage above it.");
  return current;
}
