import { useState } from "react";
import { send } from "../../../api/send.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { ExecutionRoleField } from "../../execution-role-field.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { EditForm } from "./edit-form.tsx";

/** Gives the function another execution role. */
export function PermissionsEdit({ onDone }: { readonly onDone: () => void }) {
  const { functionName, configuration } = useCurrentFunction();
  const { Role = "", RevisionId } = configuration;
  const [role, setRole] = useState(Role);
  return (
    <EditForm
      title="Edit execution role"
      isValid
      onInvalid={() => undefined}
      save={() => send("lambda", "UpdateFunctionConfiguration", { FunctionName: functionName, RevisionId, Role: role })}
      commands={[cliCommand("lambda", "update-function-configuration", { "function-name": functionName, role })]}
      onDone={onDone}
    >
      <ExecutionRoleField label="Execution role" role={role} problem={undefined} onChange={setRole} />
    </EditForm>
  );
}
