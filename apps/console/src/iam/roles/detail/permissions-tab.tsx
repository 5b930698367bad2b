import { useAddressState } from "../../../shared/address-state.ts";
import { IdentityPermissions } from "../../identity/identity-permissions.tsx";
import { Boundary, BoundaryEdit } from "./boundary.tsx";

/** What the role may do: its policies and its boundary. */
export function PermissionsTab() {
  const [edit, setEdit] = useAddressState("edit", "push");
  if (edit === "boundary") return <BoundaryEdit onClose={() => setEdit(undefined)} />;
  return (
    <IdentityPermissions>
      <Boundary onEdit={() => setEdit("boundary")} />
    </IdentityPermissions>
  );
}
