import Box from "@cloudscape-design/components/box";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../../api/hooks.ts";
import { useFlash } from "../../app/flash.tsx";
import { Breakable } from "../../shared/breakable.tsx";
import { ConfirmDialog } from "../../shared/confirm-dialog.tsx";
import { cliCommand } from "../../shared/equivalent-cli.tsx";
import { FormDialog } from "../../shared/form-dialog.tsx";
import type { OfBucket } from "../bucket.ts";
import { sendBytes } from "../upload/send-bytes.ts";
import { entryId, type Entry } from "./entry.ts";
import { contentsOf } from "./remove.ts";
import { useRemoval } from "./use-removal.tsx";

interface DeleteObjectsDialogProps extends OfBucket {
  readonly chosen: readonly Entry[];
  /** Versions are deleted: for good. */
  readonly hasVersions: boolean;
  /** The bucket keeps earlier versions: a deletion hides. */
  readonly isVersioned: boolean;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** So many are named. */
const mostNamed = 8;

/** Deletes what is chosen, with all that is in folders, after a confirmation; says how far it is. */
export function DeleteObjectsDialog({ bucket, chosen, hasVersions, isVersioned, onClose, onDeleted }: DeleteObjectsDialogProps) {
  const { remove, progress } = useRemoval(bucket);
  const flash = useFlash();
  const hides = isVersioned && !hasVersions;
  const removeChosen = async (): Promise<void> => {
    const { count, failures } = await remove((signal) => contentsOf(bucket, chosen, hasVersions, signal));
    if (failures.length > 0) flash.failures("objects", `Not all was deleted from ${bucket}`, failures);
    else flash.success("objects", `Deleted ${countText(count, hasVersions)} from ${bucket}.`);
    onDeleted();
  };
  return (
    <ConfirmDialog
      title={`Delete ${chosen.length === 1 ? "this" : `these ${chosen.length}`} from ${bucket}?`}
      action="Delete"
      typed={hides ? "delete" : "permanently delete"}
      onConfirm={removeChosen}
      onClose={onClose}
    >
      <SpaceBetween size="xs">
        <ul key="chosen" className="chosen-objects">
          {chosen.slice(0, mostNamed).map((entry) => (
            <li key={entryId(entry)}>
              <Breakable text={entry.key} />
              {entry.kind === "folder" && ", and all that is in it"}
            </li>
          ))}
          {chosen.length > mostNamed && <li key="more">and {chosen.length - mostNamed} more</li>}
        </ul>
        <Box key="what">
          {hides
            ? "A delete marker hides each of them; their versions stay, and deleting the marker brings them back."
            : "That can't be undone. Close this dialog to stop: what is deleted by then stays deleted."}
        </Box>
        {progress}
      </SpaceBetween>
    </ConfirmDialog>
  );
}

const countText = (count: number, hasVersions: boolean): string =>
  `${count.toLocaleString("en")} ${hasVersions ? "version" : "object"}${count === 1 ? "" : "s"}`;

interface CreateFolderDialogProps extends OfBucket {
  readonly prefix: string;
  readonly onClose: () => void;
}

/** Makes a folder: an empty object whose key ends with a slash, as AWS's console does. */
export function CreateFolderDialog({ bucket, prefix, onClose }: CreateFolderDialogProps) {
  const [name, setName] = useState("");
  const [isShown, setShown] = useState(false);
  const cache = useQueryClient();
  const flash = useFlash();
  const problem = name === "" || name.includes("/") ? "A name without a slash." : undefined;
  const key = `${prefix}${name}/`;
  const create = async (): Promise<void> => {
    const headers = { "content-type": "application/x-directory; charset=UTF-8" };
    await sendBytes({ bucket, key, headers }, new Blob([]), () => undefined, new AbortController().signal);
    flash.success("objects", `Created the folder ${key}.`);
    await cache.invalidateQueries({ queryKey: keyOf("s3") });
  };
  return (
    <FormDialog
      title="Create folder"
      action="Create folder"
      isValid={problem === undefined}
      onInvalid={() => setShown(true)}
      submit={create}
      commands={[cliCommand("s3api", "put-object", { bucket, key: name === "" ? `${prefix}NAME/` : key })]}
      onClose={onClose}
    >
      <FormField label="Folder name" errorText={isShown ? problem : undefined}>
        <Input value={name} spellcheck={false} onChange={({ detail }) => setName(detail.value)} />
      </FormField>
    </FormDialog>
  );
}
