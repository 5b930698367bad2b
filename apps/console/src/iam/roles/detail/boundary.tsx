import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { send } from "../../../api/send.ts";
import { paths } from "../../../app/paths.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { PageLink } from "../../../shared/page-link.tsx";
import { policyNameOf } from "../../policy-name.ts";
import { BoundaryField } from "../boundary-field.tsx";
import { EditFrame } from "../../identity/edit-frame.tsx";
import { useCurrentRole } from "./role-context.ts";

/** The role's permissions boundary, or that it has none. */
export function Boundary({ onEdit }: { readonly onEdit: () => void }) {
  const arn = useCurrentRole().role.PermissionsBoundary?.PermissionsBoundaryArn;
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={arn === undefined ? "(not set)" : "(set)"}
          description="The most that the role may ever do, whatever its policies allow."
          actions={
            <Button ariaLabel={`${arn === undefined ? "Set" : "Change"} permissions boundary`} onClick={onEdit}>
              {arn === undefined ? "Set" : "Change"}
            </Button>
          }
        >
          Permissions boundary
        </Header>
      }
    >
      {arn === undefined ? (
        <Box color="text-body-secondary">The role may do all that its policies allow.</Box>
      ) : (
        <PageLink to={paths.policy(arn)}>{policyNameOf(arn)}</PageLink>
      )}
    </Container>
  );
}

/** Sets, changes or removes the boundary. */
export function BoundaryEdit({ onClose }: { readonly onClose: () => void }) {
  const { role, roleName } = useCurrentRole();
  const current = role.PermissionsBoundary?.PermissionsBoundaryArn ?? "";
  const [arn, setArn] = useState(current);
  return (
    <EditFrame
      title="Permissions boundary"
      action="Save changes"
      isValid
      onInvalid={() => undefined}
      save={async () => {
        if (arn === current) return;
        await (arn === ""
          ? send("iam", "DeleteRolePermissionsBoundary", { RoleName: roleName })
          : send("iam", "PutRolePermissionsBoundary", { RoleName: roleName, PermissionsBoundary: arn }));
      }}
      done={
        arn === ""
          ? `${roleName} has no permissions boundary any more.`
          : `The permissions boundary of ${roleName} is ${policyNameOf(arn)}.`
      }
      commands={[
        arn === ""
          ? cliCommand("iam", "delete-role-permissions-boundary", { "role-name": roleName })
          : cliCommand("iam", "put-role-permissions-boundary", { "role-name": roleName, "permissions-boundary": arn }),
      ]}
      onClose={onClose}
    >
      <BoundaryField arn={arn} onChange={setArn} />
    </EditFrame>
  );
}
