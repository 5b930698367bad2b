import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../api/hooks.ts";
import { send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";
import type { OfBucket } from "./bucket.ts";
import { versionsUnder } from "./objects/listing.ts";
import { useRemoval } from "./objects/use-removal.tsx";

interface DialogProps extends OfBucket {
  readonly onClose: () => void;
}

/** Deletes an empty bucket after a confirmation. */
export function DeleteBucketDialog({ bucket, onClose, onDeleted }: DialogProps & { readonly onDeleted: () => void }) {
  const cache = useQueryClient();
  const flash = useFlash();
  const remove = async (): Promise<void> => {
    await send("s3", "DeleteBucket", { Bucket: bucket });
    onDeleted();
    flash.success("bucket", `Deleted the bucket ${bucket}.`);
    await cache.invalidateQueries({ queryKey: keyOf("s3", "ListBuckets") });
  };
  return (
    <ConfirmDialog title={`Delete the bucket ${bucket}?`} action="Delete" typed={bucket} onConfirm={remove} onClose={onClose}>
      Only an empty bucket can be deleted: one with no object, no earlier version and no delete marker. Whoever asks next gets its name.
      Permissions that functions, queues and topics gave it stay.
    </ConfirmDialog>
  );
}

/** Deletes all that is in a bucket, all versions, after a confirmation; says how far it is. */
export function EmptyBucketDialog({ bucket, onClose }: DialogProps) {
  const { remove, progress } = useRemoval(bucket);
  const flash = useFlash();
  const empty = async (): Promise<void> => {
    const { count, failures } = await remove((signal) => versionsUnder(bucket, "", signal));
    if (failures.length > 0) flash.failures("bucket", `Not all of ${bucket} was deleted`, failures);
    else flash.success("bucket", `The bucket ${bucket} is empty: ${count.toLocaleString("en")} objects and versions were deleted.`);
  };
  return (
    <ConfirmDialog title={`Empty the bucket ${bucket}?`} action="Empty" typed="permanently delete" onConfirm={empty} onClose={onClose}>
      <SpaceBetween size="xs">
        <Box key="what">
          All objects go, with all their versions. That can&apos;t be undone. Close this dialog to stop: what is deleted by then stays
          deleted.
        </Box>
        {progress}
      </SpaceBetween>
    </ConfirmDialog>
  );
}
