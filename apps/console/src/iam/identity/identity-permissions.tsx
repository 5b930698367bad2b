import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useAddressState } from "../../shared/address-state.ts";
import { Loaded } from "../../shared/loaded.tsx";
import { AttachPolicies } from "./attach-policies.tsx";
import { useIdentityDocuments } from "./identity-documents.ts";
import { IdentityPolicies } from "./identity-policies.tsx";
import { useIdentity } from "./identity.ts";
import { InlinePolicyEdit } from "./inline-policy-edit.tsx";
import { PermissionsInWords } from "./permissions-in-words.tsx";

/** What the role or user may do: the policies, and what they mean. What is being edited is in the address. */
export function IdentityPermissions({ children }: { readonly children?: ReactNode }) {
  const identity = useIdentity();
  const { kind, name } = identity;
  const [edit, setEdit] = useAddressState("edit", "push");
  const query = useIdentityDocuments(identity);
  const close = (): void => setEdit(undefined);
  if (edit === "attach" || edit?.startsWith("inline"))
    return (
      <Loaded query={query} subject={`${kind} ${name}`}>
        {(policies) =>
          edit === "attach" ? (
            <AttachPolicies policies={policies} onClose={close} />
          ) : (
            <InlinePolicyEdit policies={policies} policyName={edit.slice("inline:".length)} onClose={close} />
          )
        }
      </Loaded>
    );
  return (
    <SpaceBetween size="l">
      <IdentityPolicies key="policies" query={query} onEdit={setEdit} />
      <Container
        key="words"
        header={
          <Header variant="h2" description="What the policies allow and deny, service by service.">
            What this {kind} may do
          </Header>
        }
      >
        <PermissionsInWords kind={kind} name={name} />
      </Container>
      {children}
    </SpaceBetween>
  );
}
