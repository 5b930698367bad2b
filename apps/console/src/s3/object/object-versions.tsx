import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../../api/hooks.ts";
import { problemOf } from "../../api/problem.ts";
import { useFlash } from "../../app/flash.tsx";
import { paths } from "../../app/paths.ts";
import { EmptyState } from "../../shared/empty-state.tsx";
import { formatBytes } from "../../shared/format.ts";
import { Loaded } from "../../shared/loaded.tsx";
import { Moment } from "../../shared/moment.tsx";
import { PageLink } from "../../shared/page-link.tsx";
import { entryId, type Entry } from "../objects/entry.ts";
import { readPage, type PageToken } from "../objects/listing.ts";
import { DeleteObjectsDialog } from "../objects/object-dialogs.tsx";
import { download } from "../object-request.ts";
import type { ShownObject } from "./shown-object.ts";

/** More versions of one key are not listed. */
const mostVersions = 1000;

/** All versions of one key. Other keys that begin with it come after it. */
async function readVersions(bucket: string, key: string, signal: AbortSignal): Promise<Entry[]> {
  const found: Entry[] = [];
  let token: PageToken | undefined;
  do {
    const page = await readPage({ bucket, prefix: key, hasVersions: true, isDeep: true }, token, signal);
    found.push(...page.entries.filter((entry) => entry.key === key));
    if (page.entries.some((entry) => entry.key !== key)) break;
    token = page.next;
  } while (token !== undefined && found.length < mostVersions);
  return found;
}

/** The object's versions and delete markers, the newest first. */
export function ObjectVersions({ object: { bucket, key } }: { readonly object: ShownObject }) {
  const query = useQuery({
    queryKey: keyOf("s3", "ListObjectVersions", { bucket, key }),
    queryFn: ({ signal }) => readVersions(bucket, key, signal),
  });
  const [deleted, setDeleted] = useState<Entry>();
  return (
    <Container
      header={
        <Header variant="h2" counter={query.data ? `(${query.data.length})` : ""}>
          Versions
        </Header>
      }
    >
      <Loaded query={query}>
        {(versions) => (
          <Table<Entry>
            variant="embedded"
            wrapLines
            ariaLabels={{ tableLabel: "Versions" }}
            items={versions}
            trackBy={entryId}
            columnDefinitions={[
              {
                id: "id",
                header: "Version ID",
                isRowHeader: true,
                cell: (entry) => <VersionLink entry={entry} bucket={bucket} />,
                minWidth: 180,
              },
              { id: "type", header: "Type", cell: ({ kind }) => (kind === "marker" ? "Delete marker" : "Version") },
              { id: "modified", header: "Last modified", cell: ({ modified }) => <Moment time={modified} /> },
              { id: "size", header: "Size", cell: ({ size }) => (size === undefined ? "-" : formatBytes(size)) },
              {
                id: "actions",
                header: "Actions",
                minWidth: 160,
                cell: (entry) => <VersionActions entry={entry} bucket={bucket} onDelete={() => setDeleted(entry)} />,
              },
            ]}
            empty={<EmptyState title="No versions" />}
          />
        )}
      </Loaded>
      {deleted && (
        <DeleteObjectsDialog
          bucket={bucket}
          chosen={[deleted]}
          hasVersions
          isVersioned
          onClose={() => setDeleted(undefined)}
          onDeleted={() => undefined}
        />
      )}
    </Container>
  );
}

interface VersionProps {
  readonly entry: Entry;
  readonly bucket: string;
}

function VersionLink({ entry: { kind, key, versionId = "null", isLatest }, bucket }: VersionProps) {
  const id = <span className="break-all">{versionId}</span>;
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <span key="id">{kind === "marker" ? id : <PageLink to={paths.object(bucket, key, { version: versionId })}>{id}</PageLink>}</span>
      {isLatest && <Badge key="current">current</Badge>}
    </SpaceBetween>
  );
}

function VersionActions({ entry: { kind, key, versionId }, bucket, onDelete }: VersionProps & { readonly onDelete: () => void }) {
  const flash = useFlash();
  const save = (): void => {
    download(bucket, key, versionId).catch((error: unknown) => flash.error("objects", "It was not downloaded", problemOf(error)));
  };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {kind === "object" && (
        <Button key="download" variant="inline-link" ariaLabel={`Download ${versionId}`} onClick={save}>
          Download
        </Button>
      )}
      <Button key="delete" variant="inline-link" ariaLabel={`Delete ${versionId}`} onClick={onDelete}>
        Delete
      </Button>
    </SpaceBetween>
  );
}
