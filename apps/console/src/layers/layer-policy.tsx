import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../api/hooks.ts";
import { send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
import { policyOrNone } from "../policies/policy-or-none.ts";
import { StatementsTable } from "../policies/statements-table.tsx";
import { AddLayerPermissionDialog } from "./add-layer-permission-dialog.tsx";

interface LayerPolicyProps {
  readonly layerName: string;
  readonly version: number;
}

/** Who besides the account may use a version of a layer. */
export function LayerPolicy({ layerName, version }: LayerPolicyProps) {
  const input = { LayerName: layerName, VersionNumber: version };
  const queryKey = keyOf("lambda", "GetLayerVersionPolicy", input);
  const query = useQuery({ queryKey, queryFn: ({ signal }) => policyOrNone(send("lambda", "GetLayerVersionPolicy", input, signal)) });
  const [isAdding, setAdding] = useState(false);
  const cache = useQueryClient();
  const flash = useFlash();
  const remove = async (StatementId: string): Promise<void> => {
    await send("lambda", "RemoveLayerVersionPermission", { ...input, StatementId });
    await cache.invalidateQueries({ queryKey });
    flash.success("layer-policy", `Deleted the statement ${StatementId}. Functions that have the layer keep it.`);
  };
  return (
    <>
      <StatementsTable
        description={`Who besides this account may use version ${version}.`}
        query={query}
        emptyText="Only this account uses it. Add permissions to let another account, or everybody, use it."
        onAdd={() => setAdding(true)}
        onRemove={remove}
      />
      {isAdding && (
        <AddLayerPermissionDialog
          layerName={layerName}
          version={version}
          onClose={() => setAdding(false)}
          onAdded={() => cache.invalidateQueries({ queryKey })}
        />
      )}
    </>
  );
}
