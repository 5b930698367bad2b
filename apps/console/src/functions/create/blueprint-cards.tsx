import { useCollection } from "@cloudscape-design/collection-hooks";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Cards from "@cloudscape-design/components/cards";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import TextFilter from "@cloudscape-design/components/text-filter";
import { EmptyState } from "../../shared/empty-state.tsx";
import type { Blueprint } from "./blueprints/blueprint.ts";
import { blueprints } from "./blueprints/blueprints.ts";
import { useBlueprintRuntime } from "./blueprint-runtime.ts";

/** The blueprints, to be searched and chosen from. */
export function BlueprintCards({ onChoose }: { readonly onChoose: (id: string) => void }) {
  const { items, filterProps, actions, filteredItemsCount } = useCollection(blueprints, {
    filtering: { fields: ["name", "description", "id"] },
  });
  return (
    <Cards<Blueprint>
      items={items}
      trackBy="id"
      cardsPerRow={[{ cards: 1 }, { minWidth: 600, cards: 2 }, { minWidth: 1000, cards: 3 }]}
      ariaLabels={{ itemSelectionLabel: (_, { name }) => name, selectionGroupLabel: "Blueprints" }}
      header={
        <Header variant="h2" counter={`(${blueprints.length})`} description="Each of them runs on this server as it is.">
          Blueprints
        </Header>
      }
      filter={
        <TextFilter
          {...filterProps}
          filteringPlaceholder="Find blueprints"
          filteringAriaLabel="Find blueprints"
          countText={`${filteredItemsCount ?? 0} ${filteredItemsCount === 1 ? "match" : "matches"}`}
        />
      }
      empty={
        <EmptyState title="No blueprint matches" actions={<Button onClick={() => actions.setFiltering("")}>Clear the search</Button>}>
          Try another word, or author from scratch.
        </EmptyState>
      }
      cardDefinition={{
        header: ({ name }) => name,
        sections: [{ id: "what", content: (blueprint) => <BlueprintCard blueprint={blueprint} onChoose={onChoose} /> }],
      }}
    />
  );
}

function BlueprintCard({ blueprint, onChoose }: { readonly blueprint: Blueprint; readonly onChoose: (id: string) => void }) {
  const runtime = useBlueprintRuntime(blueprint);
  return (
    <SpaceBetween size="s">
      <Box key="description" color="text-body-secondary">
        {blueprint.description}
      </Box>
      <Box key="runtime" fontSize="body-s">
        {runtime.label}
      </Box>
      <Button
        key="choose"
        ariaLabel={`Use this blueprint: ${blueprint.name}`}
        disabled={runtime.disabledReason !== undefined}
        {...(runtime.disabledReason && { disabledReason: runtime.disabledReason })}
        onClick={() => onChoose(blueprint.id)}
      >
        Use this blueprint
      </Button>
    </SpaceBetween>
  );
}
