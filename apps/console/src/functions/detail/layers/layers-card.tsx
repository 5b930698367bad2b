import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { paths } from "../../../app/paths.ts";
import { useAccountId } from "../../../iam/account-id.ts";
import { splitLayerArn } from "../../../layers/layer-facts.ts";
import { CopyText } from "../../../shared/copy-text.tsx";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { formatBytes } from "../../../shared/format.ts";
import { PageLink } from "../../../shared/page-link.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { AddLayerDialog } from "./add-layer-dialog.tsx";
import { EditLayersDialog } from "./edit-layers-dialog.tsx";

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const mostLayers = 5;

interface LayerRow {
  readonly order: number;
  readonly arn: string;
  readonly size: number;
}

/** The function's layers in their order; added, moved and removed. */
export function LayersCard() {
  const { configuration, qualifier } = useCurrentFunction();
  const [dialog, setDialog] = useState<"add" | "edit">();
  const close = (): void => setDialog(undefined);
  const rows = (configuration.Layers ?? []).map(({ Arn = "", CodeSize = 0 }, index): LayerRow => ({
    order: index + 1,
    arn: Arn,
    size: CodeSize,
  }));
  const arns = rows.map(({ arn }) => arn);
  const isFull = rows.length >= mostLayers;
  const add = (
    <Button
      key="add"
      ariaLabel="Add a layer"
      disabled={isFull}
      disabledReason={`A function has at most ${mostLayers} layers`}
      onClick={() => setDialog("add")}
    >
      Add a layer
    </Button>
  );
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${rows.length})`}
          description="Laid over each other in /opt; where two have the same file, the later one's is seen."
          actions={
            qualifier === undefined && (
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  key="edit"
                  ariaLabel="Edit layers"
                  disabled={rows.length === 0}
                  disabledReason="The function has no layers"
                  onClick={() => setDialog("edit")}
                >
                  Edit
                </Button>
                {add}
              </SpaceBetween>
            )
          }
        >
          Layers
        </Header>
      }
    >
      <Table<LayerRow>
        variant="embedded"
        wrapLines
        ariaLabels={{ tableLabel: "Layers" }}
        items={rows}
        trackBy="arn"
        columnDefinitions={[
          { id: "order", header: "Merge order", cell: ({ order }) => order, width: 110 },
          { id: "name", header: "Name", cell: ({ arn }) => <LayerName arn={arn} />, isRowHeader: true, minWidth: 150 },
          { id: "version", header: "Version", cell: ({ arn }) => splitLayerArn(arn).version },
          { id: "size", header: "Size", cell: ({ size }) => <span className="nowrap">{formatBytes(size)}</span> },
          { id: "arn", header: "Version ARN", cell: ({ arn }) => <CopyText text={arn} label="Version ARN" />, minWidth: 240 },
        ]}
        empty={
          <EmptyState title="No layers" actions={qualifier === undefined && add}>
            A layer brings libraries, data or an extension that several functions share.
          </EmptyState>
        }
      />
      {dialog === "add" && <AddLayerDialog arns={arns} onClose={close} />}
      {dialog === "edit" && <EditLayersDialog arns={arns} onClose={close} />}
    </Container>
  );
}

function LayerName({ arn }: { readonly arn: string }) {
  const { name, version, accountId } = splitLayerArn(arn);
  const own = useAccountId();
  if (accountId !== own) return `${name} (account ${accountId})`;
  return <PageLink to={paths.layer(name, version)}>{name}</PageLink>;
}
