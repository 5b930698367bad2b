import Button from "@cloudscape-design/components/button";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { lazy, Suspense, useState, type ComponentType } from "react";
import { useNavigate, useParams } from "react-router";
import { useAws } from "../../api/hooks.ts";
import { problemOf } from "../../api/problem.ts";
import { usePage } from "../../app/page.tsx";
import { paths, type BucketTab } from "../../app/paths.ts";
import { useAddressState } from "../../shared/address-state.ts";
import { Loaded, SkeletonLines } from "../../shared/loaded.tsx";
import { EventTrails } from "../../trails/event-trails.tsx";
import { DeleteBucketDialog, EmptyBucketDialog } from "../bucket-dialogs.tsx";
import { bucketArn, type OfBucket } from "../bucket.ts";
import { ObjectsTab } from "../objects/objects-tab.tsx";

// Most visits are about objects.
const PropertiesTab = lazy(async () => ({ default: (await import("./properties-tab.tsx")).PropertiesTab }));
const PermissionsTab = lazy(async () => ({ default: (await import("./permissions-tab.tsx")).PermissionsTab }));
const ManagementTab = lazy(async () => ({ default: (await import("./management-tab.tsx")).ManagementTab }));

const tabs: readonly { readonly id: BucketTab; readonly label: string; readonly Content: ComponentType<OfBucket> }[] = [
  { id: "objects", label: "Objects", Content: ObjectsTab },
  { id: "properties", label: "Properties", Content: PropertiesTab },
  { id: "permissions", label: "Permissions", Content: PermissionsTab },
  { id: "management", label: "Management", Content: ManagementTab },
  { id: "trail", label: "Event trail", Content: ({ bucket }) => <EventTrails of={{ SourceArn: bucketArn(bucket) }} /> },
];

/** One bucket: what is in it, and how it is set. */
export function BucketPage() {
  const { bucketName = "" } = useParams();
  usePage({
    title: bucketName,
    help: "objects",
    breadcrumbs: [
      { text: "S3", href: paths.buckets },
      { text: "Buckets", href: paths.buckets },
      { text: bucketName, href: paths.bucket(bucketName) },
    ],
  });
  const query = useAws("s3", "GetBucketVersioning", { Bucket: bucketName });
  // Who may not see this may see other things: each part says what is missing.
  const isDenied = query.error !== null && problemOf(query.error).kind === "denied";
  const shown = { ...query, data: query.data ?? (isDenied ? {} : undefined) };
  const [asked, setTab] = useAddressState("tab", "push");
  return (
    <ContentLayout header={<BucketHeader bucket={bucketName} isThere={shown.data !== undefined} />}>
      <Loaded query={shown} subject={`bucket ${bucketName}`}>
        {() => (
          <Tabs
            ariaLabel="Bucket"
            activeTabId={tabs.some(({ id }) => id === asked) ? (asked ?? "") : "objects"}
            tabs={tabs.map(({ id, label, Content }) => ({
              id,
              label,
              content: (
                <Suspense fallback={<SkeletonLines />}>
                  <Content key={bucketName} bucket={bucketName} />
                </Suspense>
              ),
            }))}
            onChange={({ detail }) => setTab(detail.activeTabId)}
          />
        )}
      </Loaded>
    </ContentLayout>
  );
}

function BucketHeader({ bucket, isThere }: OfBucket & { readonly isThere: boolean }) {
  const [dialog, setDialog] = useState<"empty" | "delete">();
  const navigate = useNavigate();
  const close = (): void => setDialog(undefined);
  return (
    <>
      <Header
        variant="h1"
        actions={
          isThere && (
            <SpaceBetween direction="horizontal" size="xs">
              <Button key="empty" onClick={() => setDialog("empty")}>
                Empty bucket
              </Button>
              <Button key="delete" onClick={() => setDialog("delete")}>
                Delete bucket
              </Button>
            </SpaceBetween>
          )
        }
      >
        {bucket}
      </Header>
      {dialog === "empty" && <EmptyBucketDialog bucket={bucket} onClose={close} />}
      {dialog === "delete" && <DeleteBucketDialog bucket={bucket} onClose={close} onDeleted={() => void navigate(paths.buckets)} />}
    </>
  );
}
