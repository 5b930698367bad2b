import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useAws } from "../../api/hooks.ts";
import { send } from "../../api/send.ts";
import { Breakable } from "../../shared/breakable.tsx";
import { CopyText } from "../../shared/copy-text.tsx";
import { EmptyState } from "../../shared/empty-state.tsx";
import { cliCommand } from "../../shared/equivalent-cli.tsx";
import { formatBytes } from "../../shared/format.ts";
import { Moment } from "../../shared/moment.tsx";
import { objectArn, s3Uri } from "../bucket.ts";
import { extensionOf } from "../objects/entry.ts";
import { TagsCard } from "../tags-card.tsx";
import type { ShownObject } from "./shown-object.ts";

interface Props {
  readonly object: ShownObject;
}

/** What is known of an object beside its content. */
export function ObjectProperties({ object }: Props) {
  return (
    <SpaceBetween size="l">
      <Overview key="overview" object={object} />
      <ObjectTags key="tags" object={object} />
      <Metadata key="metadata" object={object} />
    </SpaceBetween>
  );
}

function Overview({ object: { bucket, key, head } }: Props) {
  return (
    <Container header={<Header variant="h2">Object overview</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: "Key", value: <Breakable text={key} /> },
          { label: "Size", value: formatBytes(head.ContentLength ?? 0) },
          { label: "Last modified", value: <Moment time={head.LastModified} /> },
          { label: "Type", value: extensionOf(key) },
          { label: "S3 URI", value: <CopyText text={s3Uri(bucket, key)} label="S3 URI" /> },
          { label: "Amazon Resource Name (ARN)", value: <CopyText text={objectArn(bucket, key)} label="ARN" /> },
          { label: "Entity tag (Etag)", value: <CopyText text={(head.ETag ?? "").replaceAll('"', "")} label="Etag" /> },
          { label: "Storage class", value: head.StorageClass ?? "STANDARD" },
          { label: "Version ID", value: head.VersionId ?? "-" },
          { label: "Encryption", value: head.ServerSideEncryption ? `${head.ServerSideEncryption}, not acted on` : "Not set" },
        ]}
      />
    </Container>
  );
}

function ObjectTags({ object: { bucket, key, versionId } }: Props) {
  const of = { Bucket: bucket, Key: key, ...(versionId !== undefined && { VersionId: versionId }) };
  const { data, error, refetch } = useAws("s3", "GetObjectTagging", of);
  return (
    <TagsCard
      query={{ data: data && (data.TagSet ?? []), error, refetch }}
      most={10}
      subject={key}
      commandOf={(TagSet) => cliCommand("s3api", "put-object-tagging", { bucket, key, "version-id": versionId, tagging: { TagSet } })}
      save={(TagSet) => send("s3", "PutObjectTagging", { ...of, Tagging: { TagSet: [...TagSet] } })}
    />
  );
}

interface MetadataRow {
  readonly type: string;
  readonly name: string;
  readonly value: string;
}

function metadataOf({ head }: ShownObject): MetadataRow[] {
  const system = {
    "Content-Type": head.ContentType,
    "Cache-Control": head.CacheControl,
    "Content-Disposition": head.ContentDisposition,
    "Content-Encoding": head.ContentEncoding,
    "Content-Language": head.ContentLanguage,
    Expires: head.ExpiresString,
    "x-amz-website-redirect-location": head.WebsiteRedirectLocation,
  };
  return [
    ...Object.entries(system).flatMap(([name, value]) => (value ? [{ type: "System defined", name, value }] : [])),
    ...Object.entries(head.Metadata ?? {}).map(([name, value]) => ({ type: "User defined", name: `x-amz-meta-${name}`, value })),
  ];
}

function Metadata({ object }: Props) {
  const rows = metadataOf(object);
  return (
    <Container
      header={
        <Header variant="h2" counter={`(${rows.length})`} description="It was said when the object was made, and does not change.">
          Metadata
        </Header>
      }
    >
      <Table<MetadataRow>
        variant="embedded"
        wrapLines
        ariaLabels={{ tableLabel: "Metadata" }}
        items={rows}
        trackBy="name"
        columnDefinitions={[
          { id: "type", header: "Type", cell: ({ type }) => type },
          { id: "name", header: "Key", isRowHeader: true, cell: ({ name }) => name },
          { id: "value", header: "Value", cell: ({ value }) => <Breakable text={value} /> },
        ]}
        empty={<EmptyState title="No metadata" />}
      />
    </Container>
  );
}
