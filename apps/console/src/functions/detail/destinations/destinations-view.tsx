import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { useAddressState } from "../../../shared/address-state.ts";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { Loaded } from "../../../shared/loaded.tsx";
import { AddDestinationDialog } from "./add-destination-dialog.tsx";
import { DestinationLink } from "./destination-link.tsx";
import { conditionTexts, destinationsOf, useEventInvokeConfig, type Destination } from "./event-invoke-config.ts";
import { RemoveDestinationDialog } from "./remove-destination-dialog.tsx";

/** Where word of the function's asynchronous invocations is sent. */
export function DestinationsView() {
  const query = useEventInvokeConfig();
  const [adding, setAdding] = useAddressState("add");
  const [removed, setRemoved] = useState<Destination>();
  const destinations = destinationsOf(query.data);
  const add = (
    <Button key="add" disabled={query.data === undefined} onClick={() => setAdding("destination")}>
      Add destination
    </Button>
  );
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={query.data === undefined ? "" : `(${destinations.length})`}
          description="When an asynchronous invocation has ended, the event and what came of it go there."
          actions={add}
        >
          Destinations
        </Header>
      }
    >
      <Loaded query={query}>
        {() => (
          <Table<Destination>
            variant="embedded"
            ariaLabels={{ tableLabel: "Destinations" }}
            items={destinations}
            trackBy="condition"
            columnDefinitions={[
              { id: "source", header: "Source", cell: () => "Asynchronous invocation" },
              { id: "condition", header: "Condition", cell: ({ condition }) => conditionTexts[condition], isRowHeader: true },
              { id: "destination", header: "Destination", cell: ({ arn }) => <DestinationLink arn={arn} /> },
              {
                id: "actions",
                header: "Actions",
                cell: (destination) => (
                  <Button
                    variant="inline-link"
                    ariaLabel={`Remove ${conditionTexts[destination.condition]}`}
                    onClick={() => setRemoved(destination)}
                  >
                    Remove
                  </Button>
                ),
              },
            ]}
            empty={
              <EmptyState title="No destinations" actions={add}>
                An event that fails for good is gone, but for its log. With a destination another function, a queue or a topic is told of
                it.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      {adding === "destination" && query.data !== undefined && (
        <AddDestinationDialog config={query.data} onClose={() => setAdding(undefined)} />
      )}
      {removed && <RemoveDestinationDialog destination={removed} onClose={() => setRemoved(undefined)} />}
    </Container>
  );
}
