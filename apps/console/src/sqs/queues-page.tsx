import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { keyOf } from "../api/hooks.ts";
import { hrefOf, useFollow } from "../app/follow.ts";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { EmptyState } from "../shared/empty-state.tsx";
import { InfoLink } from "../shared/info-link.tsx";
import { Moment } from "../shared/moment.tsx";
import { PageLink } from "../shared/page-link.tsx";
import { ResourceTable, type ResourceColumn } from "../shared/resource-table.tsx";
import { DeleteQueueDialog } from "./delete-queue-dialog.tsx";
import { renewEveryMs, useAttributes, useQueues, type ListedQueue } from "./queue.ts";
import { encryptionText, isFifoName, timeOf, type QueueAttributes } from "./queue-facts.ts";

const typeOf = ({ name }: ListedQueue): string => (isFifoName(name) ? "FIFO" : "Standard");

interface LiveProps {
  readonly queue: ListedQueue;
  readonly children: (attributes: QueueAttributes) => ReactNode;
}

/** What a row in view says of its queue's attributes, as they are now. */
function Live({ queue, children }: LiveProps) {
  const attributes = useAttributes(queue);
  return attributes ? children(attributes) : "-";
}

const count = (id: string, header: string, attribute: string): ResourceColumn<ListedQueue> => ({
  id,
  header,
  cell: (queue) => <Live queue={queue}>{(attributes) => Number(attributes[attribute] ?? 0).toLocaleString("en")}</Live>,
  value: ({ attributes }) => Number(attributes?.[attribute] ?? 0),
  width: 190,
});

const columns: readonly ResourceColumn<ListedQueue>[] = [
  {
    id: "Name",
    header: "Name",
    cell: ({ name }) => <PageLink to={paths.queue(name)}>{name}</PageLink>,
    value: ({ name }) => name,
    filterGroup: "Names",
    width: 240,
  },
  { id: "Type", header: "Type", cell: typeOf, value: typeOf, filterGroup: "Types", width: 120 },
  {
    id: "Created",
    header: "Created",
    cell: ({ attributes }) => <Moment time={timeOf(attributes?.["CreatedTimestamp"])} />,
    value: ({ attributes }) => timeOf(attributes?.["CreatedTimestamp"]),
    width: 160,
  },
  count("Available", "Messages available", "ApproximateNumberOfMessages"),
  count("InFlight", "Messages in flight", "ApproximateNumberOfMessagesNotVisible"),
  {
    id: "Encryption",
    header: "Encryption",
    cell: (queue) => <Live queue={queue}>{encryptionText}</Live>,
    value: ({ attributes }) => (attributes ? encryptionText(attributes) : ""),
    filterGroup: "Kinds of encryption",
    width: 130,
  },
];

/** The account's queues in the region. */
export function QueuesPage() {
  usePage({
    title: "Queues",
    help: "queues",
    contentType: "table",
    breadcrumbs: [
      { text: "Simple Queue Service", href: paths.queues },
      { text: "Queues", href: paths.queues },
    ],
  });
  const queues = useQueues({ refetchInterval: renewEveryMs });
  const [deleted, setDeleted] = useState<ListedQueue>();
  const follow = useFollow();
  const cache = useQueryClient();
  const create = (
    <Button key="create" variant="primary" href={hrefOf(paths.createQueue)} onFollow={follow}>
      Create queue
    </Button>
  );
  return (
    <>
      <ResourceTable<ListedQueue>
        id="queues"
        title="Queues"
        plural="queues"
        query={queues}
        columns={columns}
        trackBy={({ name }) => name}
        selectionType="single"
        sortedBy={{ id: "Name" }}
        info={<InfoLink topic="queues" about="queues" />}
        actions={([selected]) => {
          const off = selected === undefined && { disabled: true, disabledReason: "Select a queue first" };
          return (
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                key="refresh"
                iconName="refresh"
                ariaLabel="Refresh"
                loading={queues.isFetching && queues.data === undefined}
                onClick={() => void cache.invalidateQueries({ queryKey: keyOf("sqs") })}
              />
              <Button key="edit" {...off} href={hrefOf(paths.editQueue(selected?.name ?? ""))} onFollow={follow}>
                Edit
              </Button>
              <Button key="delete" {...off} onClick={() => setDeleted(selected)}>
                Delete
              </Button>
              <Button key="messages" {...off} href={hrefOf(paths.queueMessages(selected?.name ?? ""))} onFollow={follow}>
                Send and receive messages
              </Button>
              {create}
            </SpaceBetween>
          );
        }}
        empty={
          <EmptyState title="No queues" actions={create}>
            A queue keeps messages until somebody has taken them and said so: a function, by a trigger, or whatever else asks for them.
          </EmptyState>
        }
      />
      {deleted && <DeleteQueueDialog queue={deleted} onClose={() => setDeleted(undefined)} onDeleted={() => undefined} />}
    </>
  );
}
