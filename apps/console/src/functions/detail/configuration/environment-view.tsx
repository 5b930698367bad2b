import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { pairsOf, type Pair } from "./pairs.ts";
import type { SectionViewProps } from "./section.ts";
import { SectionView } from "./section-view.tsx";

/** The variables; their values are masked until they are asked for. */
export function EnvironmentView({ onEdit }: SectionViewProps) {
  const { Environment } = useCurrentFunction().configuration;
  const [shown, setShown] = useState(false);
  const pairs = pairsOf(Environment?.Variables ?? {});
  return (
    <SectionView
      title="Environment variables"
      counter={`(${pairs.length})`}
      description="The code finds them in its environment. Those that hold secrets are readable by whoever may read the function's configuration."
      onEdit={onEdit}
    >
      <SpaceBetween size="s">
        {pairs.length > 0 && (
          <Button key="show" onClick={() => setShown(!shown)} iconName={shown ? "lock-private" : "unlocked"}>
            {shown ? "Hide values" : "Show values"}
          </Button>
        )}
        <Table<Pair>
          key="table"
          variant="embedded"
          ariaLabels={{ tableLabel: "Environment variables" }}
          items={pairs}
          columnDefinitions={[
            { id: "key", header: "Key", cell: ({ key }) => key, isRowHeader: true },
            { id: "value", header: "Value", cell: ({ value }) => (shown ? value : <span aria-label="Hidden">••••••••</span>) },
          ]}
          empty={
            <EmptyState title="No environment variables">
              Settings that the code reads at run time, such as names of tables and queues.
            </EmptyState>
          }
        />
      </SpaceBetween>
    </SectionView>
  );
}
