import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../../api/hooks.ts";
import { useFlash } from "../../app/flash.tsx";
import { ConfirmDialog } from "../../shared/confirm-dialog.tsx";
import { deleteUser } from "./delete-user.ts";

interface DeleteUsersDialogProps {
  readonly userNames: readonly string[];
  readonly onClose: () => void;
  /** After all were deleted, before anything is asked for anew. */
  readonly onDeleted?: () => void;
}

/** Deletes users, and what they hold, after a typed confirmation. Says what was done before a failure. */
export function DeleteUsersDialog({ userNames, onClose, onDeleted }: DeleteUsersDialogProps) {
  const flash = useFlash();
  const cache = useQueryClient();
  const [only = ""] = userNames;
  const single = userNames.length === 1;
  const what = single ? `user ${only}` : `${userNames.length} users`;
  const remove = async (): Promise<void> => {
    const left = (await Promise.all(userNames.map(deleteUser))).filter((result) => result !== undefined);
    if (left.length === 0) onDeleted?.();
    await cache.invalidateQueries({ queryKey: keyOf("iam") });
    if (left.length > 0) {
      const header = single
        ? `The user was not deleted`
        : `${left.length} of ${userNames.length} users ${left.length === 1 ? "was" : "were"} not deleted`;
      flash.failures("delete-users", header, left);
    } else flash.success("delete-users", `Deleted ${what}.`);
  };
  return (
    <ConfirmDialog title={`Delete ${what}?`} typed={single ? only : "confirm"} action="Delete" onConfirm={remove} onClose={onClose}>
      <SpaceBetween size="s">
        <Box key="consequence">
          Deleting can&apos;t be undone. Access keys and the password go with the user, inline policies too; managed policies are detached
          and stay. Who is signed in as the user is signed out.
        </Box>
        {!single && (
          <ul key="names">
            {userNames.map((name) => (
              <li key={name}>{name}</li>
            ))}
          </ul>
        )}
      </SpaceBetween>
    </ConfirmDialog>
  );
}
