import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../api/hooks.ts";
import { send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";

interface DeleteLayerVersionDialogProps {
  readonly layerName: string;
  readonly version: number;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Deletes a version of a layer after a confirmation. */
export function DeleteLayerVersionDialog({ layerName, version, onClose, onDeleted }: DeleteLayerVersionDialogProps) {
  const cache = useQueryClient();
  const flash = useFlash();
  const remove = async (): Promise<void> => {
    await send("lambda", "DeleteLayerVersion", { LayerName: layerName, VersionNumber: version });
    onDeleted();
    await Promise.all(
      ["ListLayers", "ListLayerVersions"].map((operation) => cache.invalidateQueries({ queryKey: keyOf("lambda", operation) })),
    );
    flash.success("layer", `Deleted version ${version} of the layer ${layerName}. Functions that have it keep it.`);
  };
  return (
    <ConfirmDialog title={`Delete version ${version} of ${layerName}?`} action="Delete" onConfirm={remove} onClose={onClose}>
      Deleting can&apos;t be undone, and its number is not used again. It can&apos;t be added to a function any more; functions that have it
      keep it.
    </ConfirmDialog>
  );
}
