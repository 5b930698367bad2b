import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { paths } from "../../../app/paths.ts";
import { CopyText } from "../../../shared/copy-text.tsx";
import { PermissionsInWords } from "../../../iam/identity/permissions-in-words.tsx";
import { PageLink } from "../../../shared/page-link.tsx";
import { useCurrentFunction } from "../function-context.ts";
import type { SectionViewProps } from "./section.ts";
import { FunctionPolicy } from "./function-policy.tsx";
import { SectionView } from "./section-view.tsx";

/** The execution role and what it lets the function do; and who may call the function. */
export function PermissionsView({ onEdit }: SectionViewProps) {
  const { Role = "" } = useCurrentFunction().configuration;
  const roleName = Role.split("/").at(-1) ?? "";
  return (
    <SpaceBetween size="l">
      <SectionView
        key="role"
        title="Execution role"
        description="The function acts as this role: what its policies do not allow, the code can't do."
        onEdit={onEdit}
      >
        <KeyValuePairs
          columns={2}
          items={[
            { label: "Role name", value: <PageLink to={paths.role(roleName)}>{roleName}</PageLink> },
            { label: "Role ARN", value: <CopyText text={Role} label="Role ARN" /> },
          ]}
        />
      </SectionView>
      <SectionView key="words" title="What the function may do" description="The role's policies, service by service.">
        <PermissionsInWords kind="role" name={roleName} />
      </SectionView>
      <FunctionPolicy key="policy" />
    </SpaceBetween>
  );
}
