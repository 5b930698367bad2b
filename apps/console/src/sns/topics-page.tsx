import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { hrefOf, useFollow } from "../app/follow.ts";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { EmptyState } from "../shared/empty-state.tsx";
import { InfoLink } from "../shared/info-link.tsx";
import { PageLink } from "../shared/page-link.tsx";
import { ResourceTable, type ResourceColumn } from "../shared/resource-table.tsx";
import { DeleteTopicDialog } from "./delete-topic-dialog.tsx";
import { useTopics, type ListedTopic } from "./topic.ts";
import { isFifoTopic } from "./topic-facts.ts";
import { RefreshButton } from "../shared/refresh-button.tsx";

const typeOf = ({ name }: ListedTopic): string => (isFifoTopic(name) ? "FIFO" : "Standard");

const columns: readonly ResourceColumn<ListedTopic>[] = [
  {
    id: "Name",
    header: "Name",
    cell: ({ name }) => <PageLink to={paths.topic(name)}>{name}</PageLink>,
    value: ({ name }) => name,
    filterGroup: "Names",
    width: 280,
  },
  { id: "Type", header: "Type", cell: typeOf, value: typeOf, filterGroup: "Types", width: 120 },
  { id: "Arn", header: "ARN", cell: ({ arn }) => arn, value: ({ arn }) => arn, width: 480 },
];

/** The account's topics in the region. */
export function TopicsPage() {
  usePage({
    title: "Topics",
    help: "topics",
    contentType: "table",
    breadcrumbs: [
      { text: "Simple Notification Service", href: paths.topics },
      { text: "Topics", href: paths.topics },
    ],
  });
  const topics = useTopics();
  const [deleted, setDeleted] = useState<ListedTopic>();
  const follow = useFollow();
  const create = (
    <Button key="create" variant="primary" href={hrefOf(paths.createTopic)} onFollow={follow}>
      Create topic
    </Button>
  );
  return (
    <>
      <ResourceTable<ListedTopic>
        id="topics"
        title="Topics"
        plural="topics"
        query={topics}
        columns={columns}
        trackBy={({ name }) => name}
        selectionType="single"
        sortedBy={{ id: "Name" }}
        info={<InfoLink topic="topics" about="topics" />}
        actions={([selected]) => {
          const off = selected === undefined && { disabled: true, disabledReason: "Select a topic first" };
          return (
            <SpaceBetween direction="horizontal" size="xs">
              <RefreshButton key="refresh" query={topics} />
              <Button key="edit" {...off} href={hrefOf(paths.editTopic(selected?.name ?? ""))} onFollow={follow}>
                Edit
              </Button>
              <Button key="delete" {...off} onClick={() => setDeleted(selected)}>
                Delete
              </Button>
              <Button key="publish" {...off} href={hrefOf(paths.publish(selected?.name ?? ""))} onFollow={follow}>
                Publish message
              </Button>
              {create}
            </SpaceBetween>
          );
        }}
        empty={
          <EmptyState title="No topics" actions={create}>
            What is published to a topic goes to all that subscribe to it: functions, queues, web addresses, e-mail.
          </EmptyState>
        }
      />
      {deleted && <DeleteTopicDialog topic={deleted} onClose={() => setDeleted(undefined)} onDeleted={() => undefined} />}
    </>
  );
}
