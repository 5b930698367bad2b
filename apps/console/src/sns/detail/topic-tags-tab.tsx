import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useAws } from "../../api/hooks.ts";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { paths } from "../../app/paths.ts";
import { EmptyState } from "../../shared/empty-state.tsx";
import { Loaded } from "../../shared/loaded.tsx";
import type { ListedTopic } from "../topic.ts";

/** The topic's tags. */
export function TopicTagsTab({ topic }: { readonly topic: ListedTopic }) {
  const query = useAws("sns", "ListTagsForResource", { ResourceArn: topic.arn });
  const follow = useFollow();
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button ariaLabel="Edit tags" href={hrefOf(paths.editTopic(topic.name))} onFollow={follow}>
              Edit
            </Button>
          }
        >
          Tags
        </Header>
      }
    >
      <Loaded query={query}>
        {({ Tags = [] }) => (
          <Table
            variant="embedded"
            ariaLabels={{ tableLabel: "Tags" }}
            items={Tags}
            columnDefinitions={[
              { id: "key", header: "Key", cell: ({ Key }) => Key, isRowHeader: true },
              { id: "value", header: "Value", cell: ({ Value }) => Value || "-" },
            ]}
            empty={<EmptyState title="No tags" />}
          />
        )}
      </Loaded>
    </Container>
  );
}
