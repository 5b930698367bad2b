import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type ReactNode } from "react";
import { useFlash } from "../../app/flash.tsx";
import { problemOf } from "../../api/problem.ts";
import { objectArn, s3Uri, type OfBucket } from "../bucket.ts";
import { download } from "../object-request.ts";
import type { Entry } from "./entry.ts";
import { CreateFolderDialog, DeleteObjectsDialog } from "./object-dialogs.tsx";

interface ObjectActionsProps extends OfBucket {
  readonly prefix: string;
  readonly chosen: readonly Entry[];
  readonly hasVersions: boolean;
  readonly isVersioned: boolean;
  readonly isFetching: boolean;
  readonly onRefresh: () => void;
  readonly upload: ReactNode;
}

/** What can be done with what is chosen in a folder. */
export function ObjectActions({ bucket, prefix, chosen, hasVersions, isVersioned, isFetching, onRefresh, upload }: ObjectActionsProps) {
  const [dialog, setDialog] = useState<"delete" | "folder">();
  const flash = useFlash();
  const [one] = chosen;
  const single = chosen.length === 1 ? one : undefined;
  const isFile = single?.kind === "object";
  const copy = (text: string): void => {
    navigator.clipboard.writeText(text).then(
      () => flash.success("objects", `Copied ${text}`),
      (error: unknown) => flash.error("objects", "It could not be copied", problemOf(error)),
    );
  };
  const save = (): void => {
    if (single)
      download(bucket, single.key, single.versionId).catch((error: unknown) =>
        flash.error("objects", "It was not downloaded", problemOf(error)),
      );
  };
  const needsOne = single === undefined && { disabled: true, disabledReason: "Select one object first" };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button key="refresh" iconName="refresh" ariaLabel="Refresh" loading={isFetching} onClick={onRefresh} />
      <ButtonDropdown
        key="copy"
        items={[
          { id: "uri", text: "Copy S3 URI", ...needsOne },
          { id: "arn", text: "Copy ARN", ...needsOne },
        ]}
        onItemClick={({ detail }) => single && copy((detail.id === "uri" ? s3Uri : objectArn)(bucket, single.key))}
      >
        Copy
      </ButtonDropdown>
      <Button key="download" {...(!isFile && { disabled: true, disabledReason: "Select one object first" })} onClick={save}>
        Download
      </Button>
      <Button
        key="delete"
        {...(chosen.length === 0 && { disabled: true, disabledReason: "Select an object first" })}
        onClick={() => setDialog("delete")}
      >
        Delete
      </Button>
      <Button key="folder" onClick={() => setDialog("folder")}>
        Create folder
      </Button>
      {upload}
      {dialog === "delete" && (
        <DeleteObjectsDialog
          key="delete-dialog"
          bucket={bucket}
          chosen={chosen}
          hasVersions={hasVersions}
          isVersioned={isVersioned}
          onClose={() => setDialog(undefined)}
          onDeleted={() => undefined}
        />
      )}
      {dialog === "folder" && (
        <CreateFolderDialog key="folder-dialog" bucket={bucket} prefix={prefix} onClose={() => setDialog(undefined)} />
      )}
    </SpaceBetween>
  );
}
