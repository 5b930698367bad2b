import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useAwsAll } from "../api/hooks.ts";
import { paging } from "../api/paging.ts";
import { paths } from "../app/paths.ts";
import { EmptyState } from "../shared/empty-state.tsx";
import { Loaded } from "../shared/loaded.tsx";
import { PageLink } from "../shared/page-link.tsx";
import { splitLayerArn } from "./layer-facts.ts";

interface LayerUsersProps {
  readonly layerName: string;
  /** Of the version that is shown: whoever has another version is told apart. */
  readonly versionArn: string;
}

/** The functions whose $LATEST has the layer, in whichever version. */
export function LayerUsers({ layerName, versionArn }: LayerUsersProps) {
  const functions = useAwsAll("lambda", "ListFunctions", {}, paging.ListFunctions);
  const shown = splitLayerArn(versionArn);
  const versionOf = ({ Layers = [] }: FunctionConfiguration): number | undefined =>
    Layers.map(({ Arn = "" }) => splitLayerArn(Arn)).find(({ name, accountId }) => name === layerName && accountId === shown.accountId)
      ?.version;
  const users = (functions.data ?? []).filter((one) => versionOf(one) !== undefined);
  return (
    <Container
      header={
        <Header variant="h2" counter={functions.data ? `(${users.length})` : ""}>
          Functions using this layer
        </Header>
      }
    >
      <Loaded query={functions}>
        {() => (
          <Table<FunctionConfiguration>
            variant="embedded"
            ariaLabels={{ tableLabel: "Functions using this layer" }}
            items={users}
            trackBy={({ FunctionName = "" }) => FunctionName}
            columnDefinitions={[
              {
                id: "name",
                header: "Function name",
                isRowHeader: true,
                cell: ({ FunctionName = "" }) => <PageLink to={paths.function(FunctionName)}>{FunctionName}</PageLink>,
              },
              { id: "version", header: "Layer version", cell: (one) => versionOf(one) },
              { id: "runtime", header: "Runtime", cell: ({ Runtime }) => Runtime ?? "-" },
            ]}
            empty={<EmptyState title="No functions">Add the layer on a function&apos;s Code tab, under Layers.</EmptyState>}
          />
        )}
      </Loaded>
    </Container>
  );
}
