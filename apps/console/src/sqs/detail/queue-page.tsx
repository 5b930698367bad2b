import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs from "@cloudscape-design/components/tabs";
import { lazy, Suspense, useState, type ComponentType } from "react";
import { useNavigate, useParams } from "react-router";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { EventTrails } from "../../trails/event-trails.tsx";
import { useAddressState } from "../../shared/address-state.ts";
import { SkeletonLines } from "../../shared/loaded.tsx";
import { ProblemPanel } from "../../shared/problem-panel.tsx";
import { DeleteQueueDialog, PurgeQueueDialog } from "../delete-queue-dialog.tsx";
import { useQueue } from "../queue.ts";
import { RedriveTasks } from "../redrive/redrive-tasks.tsx";
import { AccessPolicyTab } from "./access-policy-tab.tsx";
import { DeadLetterTab } from "./dead-letter-tab.tsx";
import { LambdaTriggersTab } from "./lambda-triggers-tab.tsx";
import { QueueDetails } from "./queue-details.tsx";
import type { ShownQueue } from "./shown-queue.ts";
import { QueueTagsTab } from "./tags-tab.tsx";

// Most queues have none.
const SubscriptionsTable = lazy(async () => ({
  default: (await import("../../sns/subscriptions/subscriptions-table.tsx")).SubscriptionsTable,
}));

const tabs: readonly { readonly id: string; readonly label: string; readonly Content: ComponentType<ShownQueue> }[] = [
  { id: "dead-letter", label: "Dead-letter queue", Content: DeadLetterTab },
  { id: "redrive", label: "Dead-letter queue redrive tasks", Content: RedriveTasks },
  { id: "policy", label: "Access policy", Content: AccessPolicyTab },
  { id: "triggers", label: "Lambda triggers", Content: LambdaTriggersTab },
  { id: "subscriptions", label: "SNS subscriptions", Content: SubscriptionsTab },
  { id: "trail", label: "Event trail", Content: TrailTab },
  { id: "tags", label: "Tags", Content: QueueTagsTab },
];

function SubscriptionsTab({ queue }: ShownQueue) {
  return (
    <Suspense fallback={<SkeletonLines />}>
      <SubscriptionsTable queueArn={queue.attributes["QueueArn"] ?? ""} />
    </Suspense>
  );
}

function TrailTab({ queue }: ShownQueue) {
  return <EventTrails of={{ SourceArn: queue.attributes["QueueArn"] ?? "" }} />;
}

/** One queue: what it is, how much is in it, and what is about it. */
export function QueuePage() {
  const { queueName = "" } = useParams();
  usePage({
    title: queueName,
    help: "queues",
    breadcrumbs: [
      { text: "Simple Queue Service", href: paths.queues },
      { text: "Queues", href: paths.queues },
      { text: queueName, href: paths.queue(queueName) },
    ],
  });
  const query = useQueue(queueName);
  const { data: queue, error } = query;
  if (queue === undefined)
    return (
      <ContentLayout header={<Header variant="h1">{queueName}</Header>}>
        {error ? (
          <NoQueue queueName={queueName} error={error} onRetry={() => void query.refetch()} />
        ) : (
          <Container>
            <SkeletonLines lines={6} />
          </Container>
        )}
      </ContentLayout>
    );
  return (
    <ContentLayout header={<QueueHeader queue={queue} />}>
      <SpaceBetween size="l">
        <QueueDetails key="details" queue={queue} />
        <QueueTabs key="tabs" queue={queue} />
      </SpaceBetween>
    </ContentLayout>
  );
}

interface NoQueueProps {
  readonly queueName: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

function NoQueue({ queueName, error, onRetry }: NoQueueProps) {
  return (
    <SpaceBetween size="m">
      <ProblemPanel key="problem" error={error} subject={`queue ${queueName}`} onRetry={onRetry} />
      <Button key="all" href={hrefOf(paths.queues)} onFollow={useFollow()}>
        View all queues
      </Button>
    </SpaceBetween>
  );
}

function QueueHeader({ queue }: ShownQueue) {
  const [asking, setAsking] = useState<"delete" | "purge">();
  const navigate = useNavigate();
  const follow = useFollow();
  const close = (): void => setAsking(undefined);
  return (
    <>
      <Header
        variant="h1"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="edit" href={hrefOf(paths.editQueue(queue.name))} onFollow={follow}>
              Edit
            </Button>
            <Button key="delete" onClick={() => setAsking("delete")}>
              Delete
            </Button>
            <Button key="purge" onClick={() => setAsking("purge")}>
              Purge
            </Button>
            <Button key="messages" variant="primary" href={hrefOf(paths.queueMessages(queue.name))} onFollow={follow}>
              Send and receive messages
            </Button>
          </SpaceBetween>
        }
      >
        {queue.name}
      </Header>
      {asking === "delete" && <DeleteQueueDialog queue={queue} onClose={close} onDeleted={() => void navigate(paths.queues)} />}
      {asking === "purge" && <PurgeQueueDialog queue={queue} onClose={close} />}
    </>
  );
}

function QueueTabs({ queue }: ShownQueue) {
  const [asked, setTab] = useAddressState("tab", "push");
  return (
    <Tabs
      ariaLabel="Queue"
      activeTabId={tabs.some(({ id }) => id === asked) ? (asked ?? "") : "dead-letter"}
      tabs={tabs.map(({ id, label, Content }) => ({ id, label, content: <Content queue={queue} /> }))}
      onChange={({ detail }) => setTab(detail.activeTabId)}
    />
  );
}
