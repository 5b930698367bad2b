import type { LayersListItem } from "@aws-sdk/client-lambda";
import Button from "@cloudscape-design/components/button";
import { hrefOf, useFollow } from "../app/follow.ts";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { EmptyState } from "../shared/empty-state.tsx";
import { InfoLink } from "../shared/info-link.tsx";
import { Moment } from "../shared/moment.tsx";
import { PageLink } from "../shared/page-link.tsx";
import { ResourceTable, type ResourceColumn } from "../shared/resource-table.tsx";
import { useLayers } from "./use-layers.ts";

const columns: readonly ResourceColumn<LayersListItem>[] = [
  {
    id: "LayerName",
    header: "Name",
    cell: ({ LayerName = "" }) => <PageLink to={paths.layer(LayerName)}>{LayerName}</PageLink>,
    value: ({ LayerName }) => LayerName,
    filterGroup: "Names",
    width: 240,
  },
  {
    id: "Version",
    header: "Newest version",
    cell: ({ LatestMatchingVersion }) => LatestMatchingVersion?.Version ?? "-",
    value: ({ LatestMatchingVersion }) => LatestMatchingVersion?.Version,
    width: 150,
  },
  {
    id: "Description",
    header: "Description",
    cell: ({ LatestMatchingVersion }) => LatestMatchingVersion?.Description || "-",
    value: ({ LatestMatchingVersion }) => LatestMatchingVersion?.Description ?? "",
    filterGroup: "Descriptions",
    width: 280,
  },
  {
    id: "Runtimes",
    header: "Compatible runtimes",
    cell: ({ LatestMatchingVersion }) => LatestMatchingVersion?.CompatibleRuntimes?.join(", ") || "-",
    value: ({ LatestMatchingVersion }) => LatestMatchingVersion?.CompatibleRuntimes?.join(", ") ?? "",
    filterGroup: "Runtimes",
    width: 240,
  },
  {
    id: "Created",
    header: "Created",
    cell: ({ LatestMatchingVersion }) => <Moment time={LatestMatchingVersion?.CreatedDate} />,
    value: ({ LatestMatchingVersion }) => Date.parse(LatestMatchingVersion?.CreatedDate ?? ""),
    width: 160,
  },
];

/** The account's layers in the region. */
export function LayersPage() {
  usePage({
    title: "Layers",
    help: "layers",
    contentType: "table",
    breadcrumbs: [
      { text: "Lambda", href: paths.functions },
      { text: "Layers", href: paths.layers },
    ],
  });
  const layers = useLayers();
  const create = (
    <Button key="create" variant="primary" href={hrefOf(paths.createLayer)} onFollow={useFollow()}>
      Create layer
    </Button>
  );
  return (
    <ResourceTable<LayersListItem>
      id="layers"
      title="Layers"
      plural="layers"
      query={layers}
      columns={columns}
      trackBy={({ LayerName = "" }) => LayerName}
      info={<InfoLink topic="layers" about="layers" />}
      actions={() => create}
      empty={
        <EmptyState title="No layers" actions={create}>
          A layer is a .zip file of libraries or data that functions share: it is laid into their /opt.
        </EmptyState>
      }
    />
  );
}
