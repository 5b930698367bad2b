import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { hrefOf, useFollow } from "../app/follow.ts";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { EmptyState } from "../shared/empty-state.tsx";
import { InfoLink } from "../shared/info-link.tsx";
import { Moment } from "../shared/moment.tsx";
import { PageLink } from "../shared/page-link.tsx";
import { ResourceTable, type ResourceColumn } from "../shared/resource-table.tsx";
import { bucketArn, useBuckets, type ListedBucket } from "./bucket.ts";
import { DeleteBucketDialog, EmptyBucketDialog } from "./bucket-dialogs.tsx";
import { RefreshButton } from "../shared/refresh-button.tsx";

const columns: readonly ResourceColumn<ListedBucket>[] = [
  {
    id: "Name",
    header: "Name",
    cell: ({ name }) => <PageLink to={paths.bucket(name)}>{name}</PageLink>,
    value: ({ name }) => name,
    filterGroup: "Names",
    width: 320,
  },
  { id: "Region", header: "AWS Region", cell: ({ region }) => region, value: ({ region }) => region, filterGroup: "Regions", width: 160 },
  {
    id: "Created",
    header: "Creation date",
    cell: ({ created }) => <Moment time={created} />,
    value: ({ created }) => created?.getTime(),
    width: 180,
  },
  { id: "Arn", header: "ARN", cell: ({ name }) => bucketArn(name), value: ({ name }) => bucketArn(name), hidden: true, width: 360 },
];

/** The account's buckets. */
export function BucketsPage() {
  usePage({
    title: "Buckets",
    help: "buckets",
    contentType: "table",
    breadcrumbs: [
      { text: "S3", href: paths.buckets },
      { text: "Buckets", href: paths.buckets },
    ],
  });
  const buckets = useBuckets();
  const [dialog, setDialog] = useState<{ readonly kind: "empty" | "delete"; readonly bucket: string }>();
  const follow = useFollow();
  const create = (
    <Button key="create" variant="primary" href={hrefOf(paths.createBucket)} onFollow={follow}>
      Create bucket
    </Button>
  );
  return (
    <>
      <ResourceTable<ListedBucket>
        id="buckets"
        title="Buckets"
        plural="buckets"
        query={buckets}
        columns={columns}
        trackBy={({ name }) => name}
        selectionType="single"
        sortedBy={{ id: "Name" }}
        info={<InfoLink topic="buckets" about="buckets" />}
        actions={([selected]) => {
          const off = selected === undefined && { disabled: true, disabledReason: "Select a bucket first" };
          const open = (kind: "empty" | "delete") => () => selected && setDialog({ kind, bucket: selected.name });
          return (
            <SpaceBetween direction="horizontal" size="xs">
              <RefreshButton key="refresh" query={buckets} />
              <Button key="empty" {...off} onClick={open("empty")}>
                Empty
              </Button>
              <Button key="delete" {...off} onClick={open("delete")}>
                Delete
              </Button>
              {create}
            </SpaceBetween>
          );
        }}
        empty={
          <EmptyState title="No buckets" actions={create}>
            A bucket keeps files as objects, and tells functions, queues and topics of what happens to them.
          </EmptyState>
        }
      />
      {dialog?.kind === "empty" && <EmptyBucketDialog bucket={dialog.bucket} onClose={() => setDialog(undefined)} />}
      {dialog?.kind === "delete" && (
        <DeleteBucketDialog bucket={dialog.bucket} onClose={() => setDialog(undefined)} onDeleted={() => undefined} />
      )}
    </>
  );
}
