import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { keyOf, useAwsMutation } from "../../../api/hooks.ts";
import { problemOf } from "../../../api/problem.ts";
import { useFlash } from "../../../app/flash.tsx";
import { paths } from "../../../app/paths.ts";
import { useAddressState } from "../../../shared/address-state.ts";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { Loaded } from "../../../shared/loaded.tsx";
import { Moment } from "../../../shared/moment.tsx";
import { PageLink } from "../../../shared/page-link.tsx";
import { bucketArn } from "../../../s3/bucket.ts";
import { eventLabel } from "../../../s3/notifications/notification.ts";
import { filterText } from "../../../s3/notifications/filter-text.ts";
import { BucketTriggerActions, BucketTriggerState } from "./bucket-trigger-actions.tsx";
import { DeleteTriggerDialog, EditTriggerDialog } from "./edit-trigger-dialog.tsx";
import { SourceLink } from "./source-link.tsx";
import { TopicTriggerActions, TopicTriggerState } from "./topic-trigger-actions.tsx";
import { TriggerState } from "./trigger-state.tsx";
import { isSettling, sourceNameOf } from "./trigger.ts";
import { useBucketTriggers, type BucketTrigger } from "./use-bucket-triggers.ts";
import { useTopicTriggers, type TopicTrigger } from "./use-topic-triggers.ts";
import { useTriggers } from "./use-triggers.ts";

const AddTriggerDialog = lazy(async () => ({ default: (await import("./add-trigger-dialog.tsx")).AddTriggerDialog }));

/** What runs the function by itself. */
export function TriggersView() {
  const query = useTriggers();
  const { data: topics = [] } = useTopicTriggers();
  const { data: buckets = [] } = useBucketTriggers(true);
  const [adding, setAdding] = useAddressState("add");
  const [edited, setEdited] = useState<EventSourceMappingConfiguration>();
  const [deleted, setDeleted] = useState<EventSourceMappingConfiguration>();
  const add = (
    <Button key="add" onClick={() => setAdding("trigger")}>
      Add trigger
    </Button>
  );
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={query.data === undefined ? "" : `(${query.data.length + topics.length + buckets.length})`}
          description="What waits there runs the function by itself. A function URL has a section of its own."
          actions={add}
        >
          Triggers
        </Header>
      }
    >
      <Loaded query={query}>
        {(mappings) => (
          <Table<TriggerRow>
            variant="embedded"
            wrapLines
            ariaLabels={{ tableLabel: "Triggers" }}
            items={[
              ...mappings.map((mapping) => mappingRow(mapping, setEdited, setDeleted)),
              ...topics.map(topicRow),
              ...buckets.map(bucketRow),
            ]}
            trackBy="id"
            columnDefinitions={[
              { id: "source", header: "Source", isRowHeader: true, cell: ({ sourceArn }) => <SourceLink arn={sourceArn} /> },
              { id: "state", header: "State", cell: ({ state }) => state, minWidth: 120 },
              { id: "settings", header: "Settings", cell: ({ settings }) => settings, minWidth: 150 },
              { id: "modified", header: "Last modified", cell: ({ modified }) => <Moment time={modified} /> },
              { id: "actions", header: "Actions", minWidth: 180, cell: ({ actions }) => actions },
            ]}
            empty={
              <EmptyState title="No triggers" actions={add}>
                Nothing runs the function by itself: callers do, by its name. With a trigger the messages of a queue or topic do, or what
                happens in a bucket.
              </EmptyState>
            }
          />
        )}
      </Loaded>
      {adding === "trigger" && (
        <Suspense fallback={null}>
          <AddTriggerDialog onClose={() => setAdding(undefined)} />
        </Suspense>
      )}
      {edited && <EditTriggerDialog mapping={edited} onClose={() => setEdited(undefined)} />}
      {deleted && <DeleteTriggerDialog mapping={deleted} onClose={() => setDeleted(undefined)} />}
    </Container>
  );
}

/** A trigger of any kind. */
interface TriggerRow {
  readonly id: string;
  readonly sourceArn: string;
  readonly state: ReactNode;
  readonly settings: ReactNode;
  readonly modified: Date | undefined;
  readonly actions: ReactNode;
}

type OnMapping = (mapping: EventSourceMappingConfiguration) => void;

const mappingRow = (mapping: EventSourceMappingConfiguration, onEdit: OnMapping, onDelete: OnMapping): TriggerRow => ({
  id: mapping.UUID ?? "",
  sourceArn: mapping.EventSourceArn ?? "",
  state: <TriggerState mapping={mapping} />,
  settings: <Settings mapping={mapping} />,
  modified: mapping.LastModified,
  actions: <TriggerActions mapping={mapping} onEdit={onEdit} onDelete={onDelete} />,
});

const topicRow = (trigger: TopicTrigger): TriggerRow => ({
  id: trigger.subscriptionArn,
  sourceArn: trigger.topicArn,
  state: <TopicTriggerState trigger={trigger} />,
  settings: <PageLink to={paths.subscription(trigger.subscriptionArn)}>Subscription</PageLink>,
  modified: undefined,
  actions: <TopicTriggerActions trigger={trigger} />,
});

const bucketRow = (trigger: BucketTrigger): TriggerRow => ({
  id: `${trigger.bucket}\n${trigger.notification.id}`,
  sourceArn: bucketArn(trigger.bucket),
  state: <BucketTriggerState trigger={trigger} />,
  settings: [trigger.notification.events.map(eventLabel).join(", "), filterText(trigger.notification)]
    .filter((text) => text !== "-")
    .join("; "),
  modified: undefined,
  actions: <BucketTriggerActions trigger={trigger} />,
});

function Settings({ mapping }: { readonly mapping: EventSourceMappingConfiguration }) {
  const { BatchSize, MaximumBatchingWindowInSeconds: seconds, ScalingConfig, FilterCriteria, FunctionResponseTypes } = mapping;
  const filters = FilterCriteria?.Filters?.length ?? 0;
  const texts = [
    `Batches of up to ${BatchSize}`,
    seconds ? `within ${seconds} s` : "",
    ScalingConfig?.MaximumConcurrency ? `at most ${ScalingConfig.MaximumConcurrency} at once` : "",
    filters > 0 ? (filters === 1 ? "1 filter" : `${filters} filters`) : "",
    FunctionResponseTypes?.length ? "item failures reported" : "",
  ];
  return texts.filter((text) => text !== "").join(", ");
}

interface TriggerActionsProps {
  readonly mapping: EventSourceMappingConfiguration;
  readonly onEdit: OnMapping;
  readonly onDelete: OnMapping;
}

function TriggerActions({ mapping, onEdit, onDelete }: TriggerActionsProps) {
  const flash = useFlash();
  const update = useAwsMutation("lambda", "UpdateEventSourceMapping", [keyOf("lambda", "ListEventSourceMappings")]);
  const name = sourceNameOf(mapping.EventSourceArn ?? "");
  const isOff = mapping.State === "Disabled";
  const busy = isSettling(mapping) || update.isPending;
  const toggle = (): void =>
    update.mutate(
      { UUID: mapping.UUID ?? "", Enabled: isOff },
      { onError: (error) => flash.error("trigger", "The trigger was not changed", problemOf(error)) },
    );
  const action = isOff ? "Enable" : "Disable";
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button key="toggle" variant="inline-link" ariaLabel={`${action} ${name}`} disabled={busy} onClick={toggle}>
        {action}
      </Button>
      <Button key="edit" variant="inline-link" ariaLabel={`Edit ${name}`} disabled={busy} onClick={() => onEdit(mapping)}>
        Edit
      </Button>
      <Button key="delete" variant="inline-link" ariaLabel={`Delete ${name}`} disabled={busy} onClick={() => onDelete(mapping)}>
        Delete
      </Button>
    </SpaceBetween>
  );
}
