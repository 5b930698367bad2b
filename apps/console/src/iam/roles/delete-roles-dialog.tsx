import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../../api/hooks.ts";
import { useFlash } from "../../app/flash.tsx";
import { ConfirmDialog } from "../../shared/confirm-dialog.tsx";
import { deleteRole } from "./delete-role.ts";

interface DeleteRolesDialogProps {
  readonly roleNames: readonly string[];
  readonly onClose: () => void;
  /** After all were deleted, before anything is asked for anew. */
  readonly onDeleted?: () => void;
}

/** Deletes roles, and what is attached to them, after a typed confirmation. Says what was done before a failure. */
export function DeleteRolesDialog({ roleNames, onClose, onDeleted }: DeleteRolesDialogProps) {
  const flash = useFlash();
  const cache = useQueryClient();
  const [only = ""] = roleNames;
  const single = roleNames.length === 1;
  const what = single ? `role ${only}` : `${roleNames.length} roles`;
  const remove = async (): Promise<void> => {
    const left = (await Promise.all(roleNames.map(deleteRole))).filter((result) => result !== undefined);
    if (left.length === 0) onDeleted?.();
    await cache.invalidateQueries({ queryKey: keyOf("iam") });
    if (left.length > 0) {
      const header = single
        ? `The role was not deleted`
        : `${left.length} of ${roleNames.length} roles ${left.length === 1 ? "was" : "were"} not deleted`;
      flash.failures("delete-roles", header, left);
    } else flash.success("delete-roles", `Deleted ${what}.`);
  };
  return (
    <ConfirmDialog title={`Delete ${what}?`} typed={single ? only : "confirm"} action="Delete" onConfirm={remove} onClose={onClose}>
      <SpaceBetween size="s">
        <Box key="consequence">
          Deleting can&apos;t be undone. Managed policies are detached and stay; inline policies go with the role. Functions that run under
          it fail from now on.
        </Box>
        {!single && (
          <ul key="names">
            {roleNames.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        )}
      </SpaceBetween>
    </ConfirmDialog>
  );
}
