import Alert from "@cloudscape-design/components/alert";
import BreadcrumbGroup from "@cloudscape-design/components/breadcrumb-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { useNavigate } from "react-router";
import { keyOf, useAws } from "../../api/hooks.ts";
import { hrefOf } from "../../app/follow.ts";
import { paths } from "../../app/paths.ts";
import { useAddressState } from "../../shared/address-state.ts";
import type { OfBucket } from "../bucket.ts";
import { DropZone } from "../upload/drop-zone.tsx";
import type { ChosenFile } from "../upload/dropped-files.ts";
import { UploadPanel } from "../upload/upload-panel.tsx";
import { isUnderWay, startUploads, uploadStore } from "../upload/uploads.ts";
import { foldersOf } from "./entry.ts";
import { ObjectsTable } from "./objects-table.tsx";

/** What is in the bucket, folder by folder; files dropped on it are uploaded. */
export function ObjectsTab({ bucket }: OfBucket) {
  const [prefix = ""] = useAddressState("prefix", "push");
  const [versions, setVersions] = useAddressState("versions");
  const versioning = useAws("s3", "GetBucketVersioning", { Bucket: bucket });
  const [isEmptyDrop, setEmptyDrop] = useState(false);
  const uploads = useUploads(bucket);
  const upload = (files: readonly ChosenFile[]): void => {
    setEmptyDrop(files.length === 0);
    if (files.length > 0) startUploads(files.map(({ path, file }) => ({ bucket, key: `${prefix}${path}`, file })));
  };
  return (
    <SpaceBetween size="l">
      {prefix !== "" && <Folders key="folders" bucket={bucket} prefix={prefix} />}
      {isEmptyDrop && (
        <Alert key="empty" type="info" dismissible onDismiss={() => setEmptyDrop(false)}>
          There is no file in what you chose.
        </Alert>
      )}
      {uploads.length > 0 && <UploadPanel key="uploads" bucket={bucket} uploads={uploads} />}
      <DropZone key="objects" hint={`Drop files and folders to upload them to ${prefix === "" ? bucket : prefix}`} onFiles={upload}>
        <ObjectsTable
          // Another folder begins at its first page.
          key={prefix}
          bucket={bucket}
          prefix={prefix}
          hasVersions={versions === "true"}
          isVersioned={versioning.data?.Status !== undefined}
          onVersions={(isOn) => setVersions(isOn ? "true" : undefined)}
          onFiles={upload}
        />
      </DropZone>
    </SpaceBetween>
  );
}

/** While files go up, what is there already is shown this often. Milliseconds. */
const renewEveryMs = 2_000;

/** The uploads to a bucket; its list is renewed as they go on, and when they are over. */
function useUploads(bucket: string) {
  const all = useSyncExternalStore(uploadStore.subscribe, uploadStore.get);
  const uploads = all.filter((upload) => upload.bucket === bucket);
  const isBusy = uploads.some(isUnderWay);
  const done = uploads.filter(({ state }) => state === "done").length;
  const cache = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const forget = (): void => {
    clearTimeout(timer.current);
    timer.current = undefined;
  };
  useEffect(() => {
    if (done === 0) return;
    const renew = (): void => {
      forget();
      void cache.invalidateQueries({ queryKey: keyOf("s3") });
    };
    if (isBusy) timer.current ??= setTimeout(renew, renewEveryMs);
    else renew();
  }, [isBusy, done, cache]);
  useEffect(() => forget, []);
  return uploads;
}

function Folders({ bucket, prefix }: OfBucket & { readonly prefix: string }) {
  const navigate = useNavigate();
  const folders = [{ name: bucket, prefix: "" }, ...foldersOf(prefix)];
  const pathOf = (folder: string): string => paths.bucket(bucket, folder === "" ? {} : { prefix: folder });
  return (
    <BreadcrumbGroup
      ariaLabel="Folders"
      items={folders.map(({ name, prefix: folder }) => ({ text: name, href: hrefOf(pathOf(folder)), folder }))}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(pathOf(event.detail.item.folder));
      }}
    />
  );
}
