import type { ListMessageMoveTasksResultEntry } from "@aws-sdk/client-sqs";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { useAws, useAwsMutation, keyOf } from "../../api/hooks.ts";
import { problemOf } from "../../api/problem.ts";
import { useFlash } from "../../app/flash.tsx";
import { EmptyState } from "../../shared/empty-state.tsx";
import { Loaded } from "../../shared/loaded.tsx";
import { Moment } from "../../shared/moment.tsx";
import type { ShownQueue } from "../detail/shown-queue.ts";
import { queueNameOf } from "../queue-facts.ts";
import { useSourceQueues } from "./source-queues.ts";
import { StartRedriveDialog } from "./start-redrive-dialog.tsx";

const faces: Readonly<Record<string, { readonly type: StatusIndicatorProps.Type; readonly text: string }>> = {
  RUNNING: { type: "in-progress", text: "Running" },
  COMPLETED: { type: "success", text: "Completed" },
  CANCELLING: { type: "in-progress", text: "Canceling" },
  CANCELLED: { type: "stopped", text: "Canceled" },
  FAILED: { type: "error", text: "Failed" },
};

const isUnderWay = ({ Status }: ListMessageMoveTasksResultEntry): boolean => Status === "RUNNING" || Status === "CANCELLING";

/** While a task runs its progress is asked for this often. Milliseconds. */
const progressEveryMs = 1_000;

/** The tasks that move messages out of this dead-letter queue, the newest first. */
export function RedriveTasks({ queue }: ShownQueue) {
  const SourceArn = queue.attributes["QueueArn"] ?? "";
  const query = useAws(
    "sqs",
    "ListMessageMoveTasks",
    { SourceArn, MaxResults: 10 },
    {
      refetchInterval: ({ state }) => (state.data?.Results?.some(isUnderWay) ? progressEveryMs : false),
    },
  );
  const sources = useSourceQueues(queue.url);
  const [isStarting, setStarting] = useState(false);
  const flash = useFlash();
  const cancel = useAwsMutation("sqs", "CancelMessageMoveTask");
  const isDeadLetter = (sources.data?.length ?? 0) > 0;
  const refresh = (): void => void query.refetch();
  const onCancel = (task: ListMessageMoveTasksResultEntry): void =>
    cancel.mutate(
      { TaskHandle: task.TaskHandle ?? "" },
      { onError: (error) => flash.error("redrive", "The task was not canceled", problemOf(error), { label: "Refresh", onClick: refresh }) },
    );
  const start = (
    <Button
      key="start"
      disabled={!isDeadLetter}
      {...(!isDeadLetter && { disabledReason: "No queue has this one as its dead-letter queue" })}
      onClick={() => setStarting(true)}
    >
      Start DLQ redrive
    </Button>
  );
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Each moves the messages that lie here back to where they came from, or elsewhere."
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button key="refresh" iconName="refresh" ariaLabel="Refresh tasks" onClick={refresh} />
              {start}
            </SpaceBetween>
          }
        >
          Dead-letter queue redrive tasks
        </Header>
      }
    >
      <Loaded query={query}>{({ Results = [] }) => <TaskTable tasks={Results} isBusy={cancel.isPending} onCancel={onCancel} />}</Loaded>
      {isStarting && (
        <StartRedriveDialog queue={queue} sources={sources.data ?? []} keyToRenew={keyOf("sqs")} onClose={() => setStarting(false)} />
      )}
    </Container>
  );
}

interface TaskTableProps {
  readonly tasks: ListMessageMoveTasksResultEntry[];
  readonly isBusy: boolean;
  readonly onCancel: (task: ListMessageMoveTasksResultEntry) => void;
}

function TaskTable({ tasks, isBusy, onCancel }: TaskTableProps) {
  return (
    <Table<ListMessageMoveTasksResultEntry>
      variant="embedded"
      wrapLines
      ariaLabels={{ tableLabel: "Redrive tasks" }}
      items={tasks}
      columnDefinitions={[
        { id: "status", header: "Status", cell: (task) => <TaskStatus task={task} />, isRowHeader: true },
        { id: "started", header: "Started", cell: ({ StartedTimestamp }) => <Moment time={StartedTimestamp} /> },
        { id: "moved", header: "Messages moved", cell: (task) => <Progress task={task} />, minWidth: 180 },
        {
          id: "destination",
          header: "Destination",
          cell: ({ DestinationArn }) => (DestinationArn ? queueNameOf(DestinationArn) : "Source queues"),
        },
        {
          id: "velocity",
          header: "Velocity",
          cell: ({ MaxNumberOfMessagesPerSecond: most }) => (most ? `Up to ${most} a second` : "System optimized"),
        },
        {
          id: "actions",
          header: "Actions",
          cell: (task) =>
            task.Status === "RUNNING" ? (
              <Button variant="inline-link" disabled={isBusy} onClick={() => onCancel(task)}>
                Cancel
              </Button>
            ) : (
              "-"
            ),
        },
      ]}
      empty={<EmptyState title="No redrive tasks" />}
    />
  );
}

function TaskStatus({ task: { Status = "", FailureReason } }: { readonly task: ListMessageMoveTasksResultEntry }) {
  const { type, text } = faces[Status] ?? { type: "info" as const, text: Status };
  return (
    <StatusIndicator type={type}>
      {text}
      {FailureReason && `: ${FailureReason}`}
    </StatusIndicator>
  );
}

function Progress({ task }: { readonly task: ListMessageMoveTasksResultEntry }) {
  const { ApproximateNumberOfMessagesMoved: moved = 0, ApproximateNumberOfMessagesToMove: all } = task;
  const text = all === undefined ? moved.toLocaleString("en") : `${moved.toLocaleString("en")} of ${all.toLocaleString("en")}`;
  if (!isUnderWay(task)) return text;
  return <ProgressBar ariaLabel="Messages moved" value={all ? Math.round((moved / all) * 100) : 0} additionalInfo={text} />;
}
