import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { useState, type ComponentType } from "react";
import { useNavigate, useParams } from "react-router";
import { useQuery } from "@tanstack/react-query";
import { keyOf, useAws } from "../../api/hooks.ts";
import { problemOf } from "../../api/problem.ts";
import { send } from "../../api/send.ts";
import { useFlash } from "../../app/flash.tsx";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { useAddressState } from "../../shared/address-state.ts";
import { Loaded } from "../../shared/loaded.tsx";
import { foldersOf } from "../objects/entry.ts";
import { DeleteObjectsDialog } from "../objects/object-dialogs.tsx";
import { assertAddressable, download } from "../object-request.ts";
import { ObjectProperties } from "./object-properties.tsx";
import { ObjectVersions } from "./object-versions.tsx";
import { Preview } from "./preview.tsx";
import type { ShownObject } from "./shown-object.ts";

interface TabProps {
  readonly object: ShownObject;
}

const tabs: readonly { readonly id: string; readonly label: string; readonly Content: ComponentType<TabProps> }[] = [
  { id: "properties", label: "Properties", Content: ObjectProperties },
  { id: "preview", label: "Preview", Content: PreviewTab },
  { id: "versions", label: "Versions", Content: ObjectVersions },
];

function PreviewTab({ object }: TabProps) {
  return (
    <Container header={<Header variant="h2">Preview</Header>}>
      <Preview object={object} />
    </Container>
  );
}

/** One object, or one of its versions. */
export function ObjectPage() {
  const { bucketName = "" } = useParams();
  const [key = ""] = useAddressState("key", "push");
  const [versionId] = useAddressState("version", "push");
  const [asked, setTab] = useAddressState("tab", "push");
  const name = key.split("/").at(-1) || key;
  usePage({
    title: name,
    help: "objects",
    breadcrumbs: [
      { text: "S3", href: paths.buckets },
      { text: "Buckets", href: paths.buckets },
      { text: bucketName, href: paths.bucket(bucketName) },
      ...foldersOf(key).map((folder) => ({ text: folder.name, href: paths.bucket(bucketName, { prefix: folder.prefix }) })),
      { text: name, href: paths.object(bucketName, key) },
    ],
  });
  const input = { Bucket: bucketName, Key: key, ...(versionId !== undefined && { VersionId: versionId }) };
  const query = useQuery({
    queryKey: keyOf("s3", "HeadObject", input),
    queryFn: ({ signal }) => {
      assertAddressable(key);
      return send("s3", "HeadObject", input, signal);
    },
  });
  return (
    <ContentLayout
      header={
        query.data ? (
          <ObjectHeader object={{ bucket: bucketName, key, versionId, head: query.data }} />
        ) : (
          <Header variant="h1">{name}</Header>
        )
      }
    >
      <Loaded query={query} subject={`object ${key} in ${bucketName}`}>
        {(head) => (
          <Tabs
            ariaLabel="Object"
            activeTabId={tabs.some(({ id }) => id === asked) ? (asked ?? "") : "properties"}
            tabs={tabs.map(({ id, label, Content }) => ({
              id,
              label,
              content: <Content key={`${key}\n${versionId}`} object={{ bucket: bucketName, key, versionId, head }} />,
            }))}
            onChange={({ detail }) => setTab(detail.activeTabId)}
          />
        )}
      </Loaded>
    </ContentLayout>
  );
}

function ObjectHeader({ object: { bucket, key, versionId } }: TabProps) {
  const [isDeleting, setDeleting] = useState(false);
  const versioning = useAws("s3", "GetBucketVersioning", { Bucket: bucket });
  const navigate = useNavigate();
  const flash = useFlash();
  const save = (): void => {
    download(bucket, key, versionId).catch((error: unknown) => flash.error("objects", "It was not downloaded", problemOf(error)));
  };
  const prefix = foldersOf(key).at(-1)?.prefix;
  return (
    <>
      <Header
        variant="h1"
        {...(versionId !== undefined && { description: `Version ${versionId}` })}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="download" onClick={save}>
              Download
            </Button>
            <Button key="delete" onClick={() => setDeleting(true)}>
              Delete
            </Button>
          </SpaceBetween>
        }
      >
        <span className="wrap-anywhere">{key.split("/").at(-1) || key}</span>
      </Header>
      {isDeleting && (
        <DeleteObjectsDialog
          bucket={bucket}
          chosen={[{ kind: "object", key, ...(versionId !== undefined && { versionId }) }]}
          hasVersions={versionId !== undefined}
          isVersioned={versioning.data?.Status !== undefined}
          onClose={() => setDeleting(false)}
          onDeleted={() => void navigate(paths.bucket(bucket, prefix === undefined ? {} : { prefix }))}
        />
      )}
    </>
  );
}
