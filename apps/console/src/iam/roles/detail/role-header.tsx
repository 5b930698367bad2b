import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { paths } from "../../../app/paths.ts";
import { CopyText } from "../../../shared/copy-text.tsx";
import { InfoLink } from "../../../shared/info-link.tsx";
import { Moment } from "../../../shared/moment.tsx";
import { trustedEntities } from "../../trust-in-words.ts";
import { DeleteRolesDialog } from "../delete-roles-dialog.tsx";
import { EditRoleDialog } from "./edit-role-dialog.tsx";
import { useCurrentRole } from "./role-context.ts";
import { sessionInWords } from "./session-duration.ts";

/** The role's name, and what can be done with it. */
export function RoleHeader() {
  const { role, roleName } = useCurrentRole();
  const [dialog, setDialog] = useState<"edit" | "delete">();
  const navigate = useNavigate();
  const close = (): void => setDialog(undefined);
  return (
    <>
      <Header
        variant="h1"
        info={<InfoLink topic="role" about="this role" />}
        {...(role.Description && { description: role.Description })}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="edit" onClick={() => setDialog("edit")}>
              Edit
            </Button>
            <Button key="delete" onClick={() => setDialog("delete")}>
              Delete
            </Button>
          </SpaceBetween>
        }
      >
        {roleName}
      </Header>
      {dialog === "edit" && <EditRoleDialog onClose={close} />}
      {dialog === "delete" && <DeleteRolesDialog roleNames={[roleName]} onClose={close} onDeleted={() => void navigate(paths.roles)} />}
    </>
  );
}

/** The role's facts at a glance. */
export function RoleSummary() {
  const { Arn = "", CreateDate, MaxSessionDuration, AssumeRolePolicyDocument } = useCurrentRole().role;
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <KeyValuePairs
        columns={4}
        minColumnWidth={190}
        items={[
          { label: "ARN", value: <CopyText text={Arn} label="ARN" /> },
          { label: "Trusted entities", value: trustedEntities(AssumeRolePolicyDocument).join(", ") || "-" },
          { label: "Created", value: <Moment time={CreateDate} /> },
          { label: "Maximum session duration", value: sessionInWords(MaxSessionDuration) },
        ]}
      />
    </Container>
  );
}
