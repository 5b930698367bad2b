import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { StatementsTable } from "../../../policies/statements-table.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { useFunctionPolicy } from "../function-policy.ts";
import { AddPermissionDialog } from "./add-permission-dialog.tsx";

/** Who may call the function, or the version or alias that is shown, without a policy of their own in this account. */
export function FunctionPolicy() {
  const { functionName, qualifier } = useCurrentFunction();
  const input = { FunctionName: functionName, ...(qualifier !== undefined && { Qualifier: qualifier }) };
  const queryKey = keyOf("lambda", "GetPolicy", input);
  const query = useFunctionPolicy();
  const [isAdding, setAdding] = useState(false);
  const cache = useQueryClient();
  const flash = useFlash();
  const remove = async (StatementId: string): Promise<void> => {
    await send("lambda", "RemovePermission", { ...input, StatementId });
    await cache.invalidateQueries({ queryKey });
    flash.success("policy", `Deleted the statement ${StatementId} of the function ${functionName}.`);
  };
  return (
    <>
      <StatementsTable
        description={`Services and other accounts that may call ${qualifier === undefined ? "the function" : `it as ${functionName}:${qualifier}`}.`}
        query={query}
        emptyText="Only this account's users and roles call it, as their policies allow. Add permissions for a service, another account or the function URL."
        onAdd={() => setAdding(true)}
        onRemove={remove}
      />
      {isAdding && <AddPermissionDialog onClose={() => setAdding(false)} onAdded={() => cache.invalidateQueries({ queryKey })} />}
    </>
  );
}
