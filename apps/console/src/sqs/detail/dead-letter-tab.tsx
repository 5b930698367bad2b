import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { paths } from "../../app/paths.ts";
import { EmptyState } from "../../shared/empty-state.tsx";
import { Loaded } from "../../shared/loaded.tsx";
import { PageLink } from "../../shared/page-link.tsx";
import { queueNameOf } from "../queue-facts.ts";
import { useSourceQueues } from "../redrive/source-queues.ts";
import type { ShownQueue } from "./shown-queue.ts";

/** Which queues the redrive allow policy lets have this one as their dead-letter queue. */
function allowText(RedriveAllowPolicy: string | undefined): string {
  const { redrivePermission, sourceQueueArns = [] } = JSON.parse(RedriveAllowPolicy || "{}") as {
    redrivePermission?: string;
    sourceQueueArns?: string[];
  };
  if (redrivePermission === "denyAll") return "Redrive allow policy: no queue may.";
  if (redrivePermission === "byQueue") return `Redrive allow policy: only ${sourceQueueArns.map(queueNameOf).join(", ")} may.`;
  return "Redrive allow policy: all queues may.";
}

/** Where failed messages go, and whose failed messages come here. */
export function DeadLetterTab({ queue }: ShownQueue) {
  const { RedrivePolicy } = queue.attributes;
  const redrive = RedrivePolicy
    ? (JSON.parse(RedrivePolicy) as { deadLetterTargetArn: string; maxReceiveCount: number | string })
    : undefined;
  const follow = useFollow();
  const edit = (
    <Button key="edit" ariaLabel="Edit dead-letter queue" href={hrefOf(paths.editQueue(queue.name))} onFollow={follow}>
      Edit
    </Button>
  );
  return (
    <SpaceBetween size="l">
      <Container
        key="own"
        header={
          <Header variant="h2" actions={edit}>
            Dead-letter queue
          </Header>
        }
      >
        {redrive ? (
          <KeyValuePairs
            columns={2}
            items={[
              {
                label: "Queue",
                value: (
                  <PageLink to={paths.queue(queueNameOf(redrive.deadLetterTargetArn))}>{queueNameOf(redrive.deadLetterTargetArn)}</PageLink>
                ),
              },
              { label: "Maximum receives", value: String(redrive.maxReceiveCount) },
            ]}
          />
        ) : (
          <EmptyState title="No dead-letter queue" actions={edit}>
            A message that nobody can handle is received again and again until its retention ends. With a dead-letter queue it is put aside.
          </EmptyState>
        )}
      </Container>
      <SourceQueues key="sources" queue={queue} />
    </SpaceBetween>
  );
}

function SourceQueues({ queue }: ShownQueue) {
  const sources = useSourceQueues(queue.url);
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={sources.data ? `(${sources.data.length})` : ""}
          description={allowText(queue.attributes["RedriveAllowPolicy"])}
        >
          Queues that have this one as their dead-letter queue
        </Header>
      }
    >
      <Loaded query={sources}>
        {(urls) => (
          <Table<string>
            variant="embedded"
            ariaLabels={{ tableLabel: "Source queues" }}
            items={urls}
            columnDefinitions={[
              {
                id: "name",
                header: "Name",
                isRowHeader: true,
                cell: (url) => <PageLink to={paths.queue(queueNameOf(url))}>{queueNameOf(url)}</PageLink>,
              },
            ]}
            empty={<EmptyState title="No queues" />}
          />
        )}
      </Loaded>
    </Container>
  );
}
