import Badge from "@cloudscape-design/components/badge";
import Icon from "@cloudscape-design/components/icon";
import type { TableProps } from "@cloudscape-design/components/table";
import { paths } from "../../app/paths.ts";
import { formatBytes } from "../../shared/format.ts";
import { Moment } from "../../shared/moment.tsx";
import { PageLink } from "../../shared/page-link.tsx";
import { entryName, extensionOf, type Entry } from "./entry.ts";

/** The columns of a folder. */
export const objectColumns = (bucket: string, prefix: string, hasVersions: boolean): TableProps.ColumnDefinition<Entry>[] => [
  {
    id: "name",
    header: "Name",
    isRowHeader: true,
    width: 320,
    minWidth: 160,
    cell: (entry) => <Name entry={entry} bucket={bucket} prefix={prefix} />,
  },
  { id: "type", header: "Type", width: 120, cell: typeText },
  ...(hasVersions
    ? [
        {
          id: "version",
          header: "Version ID",
          width: 220,
          cell: ({ versionId, isLatest }: Entry) => (
            <>
              {isLatest && <Badge>current</Badge>} {versionId ?? "-"}
            </>
          ),
        },
      ]
    : []),
  { id: "modified", header: "Last modified", width: 160, cell: ({ modified }) => <Moment time={modified} /> },
  { id: "size", header: "Size", width: 110, cell: ({ size }) => (size === undefined ? "-" : formatBytes(size)) },
  { id: "class", header: "Storage class", width: 140, cell: ({ storageClass }) => storageClass ?? "-" },
];

const typeText = ({ kind, key }: Entry): string => (kind === "folder" ? "Folder" : kind === "marker" ? "Delete marker" : extensionOf(key));

function Name({ entry, bucket, prefix }: { readonly entry: Entry; readonly bucket: string; readonly prefix: string }) {
  const { kind, key, versionId } = entry;
  const name = entryName(key, prefix);
  if (kind === "marker") return name;
  if (kind === "folder")
    return (
      <>
        <Icon name="folder" /> <PageLink to={paths.bucket(bucket, { prefix: key })}>{name}</PageLink>
      </>
    );
  return (
    <>
      <Icon name="file" /> <PageLink to={paths.object(bucket, key, versionId === undefined ? {} : { version: versionId })}>{name}</PageLink>
    </>
  );
}
