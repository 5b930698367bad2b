import { ExecutionRoleField } from "../execution-role-field.tsx";
import type { FieldProps } from "./field-props.ts";

/** A role that is there already. */
export function ExistingRoleField({ form, set, problem, touch }: FieldProps) {
  return (
    <ExecutionRoleField
      label="Existing role"
      role={form.existingRole}
      problem={problem("existingRole")}
      onChange={(existingRole) => set({ existingRole })}
      onBlur={() => touch("existingRole")}
    />
  );
}
