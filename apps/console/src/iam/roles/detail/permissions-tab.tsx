import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useAddressState } from "../../../shared/address-state.ts";
import { Loaded } from "../../../shared/loaded.tsx";
import { useRoleDocuments } from "../../role-documents.ts";
import { RolePermissionsInWords } from "../../role-permissions-in-words.tsx";
import { AttachPolicies } from "./attach-policies.tsx";
import { Boundary, BoundaryEdit } from "./boundary.tsx";
import { InlinePolicyEdit } from "./inline-policy-edit.tsx";
import { useCurrentRole } from "./role-context.ts";
import { RolePolicies } from "./role-policies.tsx";

/** What the role may do: its policies, its boundary, and both in words. What is being edited is in the address. */
export function PermissionsTab() {
  const { roleName } = useCurrentRole();
  const [edit, setEdit] = useAddressState("edit", "push");
  const query = useRoleDocuments(roleName);
  const close = (): void => setEdit(undefined);
  if (edit === "attach" || edit?.startsWith("inline"))
    return (
      <Loaded query={query} subject={`role ${roleName}`}>
        {(policies) =>
          edit === "attach" ? (
            <AttachPolicies policies={policies} onClose={close} />
          ) : (
            <InlinePolicyEdit policies={policies} policyName={edit.slice("inline:".length)} onClose={close} />
          )
        }
      </Loaded>
    );
  if (edit === "boundary") return <BoundaryEdit onClose={close} />;
  return (
    <SpaceBetween size="l">
      <RolePolicies key="policies" query={query} onEdit={setEdit} />
      <Container
        key="words"
        header={
          <Header variant="h2" description="What the policies allow and deny, service by service.">
            What this role may do
          </Header>
        }
      >
        <RolePermissionsInWords roleName={roleName} />
      </Container>
      <Boundary key="boundary" onEdit={() => setEdit("boundary")} />
    </SpaceBetween>
  );
}
