import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../../api/hooks.ts";
import { useFlash } from "../../app/flash.tsx";
import { ConfirmDialog } from "../../shared/confirm-dialog.tsx";
import { policyNameOf } from "../policy-name.ts";
import { deletePolicy } from "./delete-policy.ts";

interface DeletePoliciesDialogProps {
  readonly arns: readonly string[];
  readonly onClose: () => void;
  /** After all were deleted, before anything is asked for anew. */
  readonly onDeleted?: () => void;
}

/** Deletes policies after a typed confirmation. Says what was done before a failure. */
export function DeletePoliciesDialog({ arns, onClose, onDeleted }: DeletePoliciesDialogProps) {
  const flash = useFlash();
  const cache = useQueryClient();
  const names = arns.map(policyNameOf);
  const [only = ""] = names;
  const single = names.length === 1;
  const what = single ? `policy ${only}` : `${names.length} policies`;
  const remove = async (): Promise<void> => {
    const left = (await Promise.all(arns.map(deletePolicy))).filter((result) => result !== undefined);
    if (left.length === 0) onDeleted?.();
    await cache.invalidateQueries({ queryKey: keyOf("iam") });
    if (left.length > 0) {
      const header = single
        ? `The policy was not deleted`
        : `${left.length} of ${arns.length} policies ${left.length === 1 ? "was" : "were"} not deleted`;
      flash.failures("delete-policies", header, left);
    } else flash.success("delete-policies", `Deleted ${what}.`);
  };
  return (
    <ConfirmDialog title={`Delete ${what}?`} typed={single ? only : "confirm"} action="Delete" onConfirm={remove} onClose={onClose}>
      <SpaceBetween size="s">
        <Box key="consequence">
          Deleting can&apos;t be undone. Roles and users lose these permissions at once, and all versions go with the policy.
        </Box>
        {!single && (
          <ul key="names">
            {names.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        )}
      </SpaceBetween>
    </ConfirmDialog>
  );
}
