import Alert from "@cloudscape-design/components/alert";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { PolicyPicker } from "../policy-picker.tsx";
import { BoundaryField } from "./boundary-field.tsx";
import type { RoleFieldProps } from "./use-role-form.ts";

/** The wizard's second step: what the role may do. */
export function PermissionsStep({ form, set, problem }: RoleFieldProps) {
  const tooMany = problem("policies");
  return (
    <SpaceBetween size="l">
      {tooMany && (
        <Alert key="problem" type="error">
          {tooMany}
        </Alert>
      )}
      <PolicyPicker
        key="policies"
        title="Permissions policies"
        description="Choose one or more policies to attach to your new role. A policy's name shows what it says."
        selected={form.policyArns}
        onChange={(policyArns) => set({ policyArns })}
      />
      <ExpandableSection
        key="boundary"
        variant="container"
        headerText="Permissions boundary - optional"
        headerDescription="The most that the role may ever do, whatever its policies allow."
        defaultExpanded={form.boundaryArn !== ""}
      >
        <BoundaryField arn={form.boundaryArn} onChange={(boundaryArn) => set({ boundaryArn })} />
      </ExpandableSection>
    </SpaceBetween>
  );
}
