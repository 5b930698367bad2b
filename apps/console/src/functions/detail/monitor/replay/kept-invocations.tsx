import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import Toggle from "@cloudscape-design/components/toggle";
import type { FunctionReplayConfig, KeptInvocation } from "@mayfly/wire/mayfly";
import { useState } from "react";
import { keyOf, useAws, useAwsAll, useAwsMutation } from "../../../../api/hooks.ts";
import { paging } from "../../../../api/paging.ts";
import { problemOf } from "../../../../api/problem.ts";
import { ConfirmDialog } from "../../../../shared/confirm-dialog.tsx";
import { EmptyState } from "../../../../shared/empty-state.tsx";
import { formatBytes, formatDuration } from "../../../../shared/format.ts";
import { Loaded } from "../../../../shared/loaded.tsx";
import { ClockTime } from "../../../../shared/moment.tsx";
import { ReplayDialog } from "./replay-dialog.tsx";

/** While the page is looked at, it is renewed this often. Milliseconds. */
const renewEveryMs = 10_000;

/** The last day's invocations, where the function lets them be kept, and a way to run each again. */
export function KeptInvocations({ functionName }: { readonly functionName: string }) {
  const FunctionName = functionName;
  const config = useAws("mayfly", "GetFunctionReplayConfig", { FunctionName }, { refetchInterval: renewEveryMs });
  const isKept = config.data?.KeepInvocations === true;
  const kept = useAwsAll("mayfly", "ListKeptInvocations", { FunctionName }, paging.ListKeptInvocations, {
    enabled: isKept,
    refetchInterval: renewEveryMs,
  });
  const [replayed, setReplayed] = useState<KeptInvocation>();
  return (
    <Loaded query={config}>
      {(known) => (
        <>
          <Table<KeptInvocation>
            header={<KeptHeader functionName={functionName} config={known} />}
            ariaLabels={{ tableLabel: "Kept invocations" }}
            items={isKept ? (kept.data ?? []) : []}
            loading={isKept && kept.data === undefined}
            loadingText="Loading kept invocations"
            trackBy="RequestId"
            columnDefinitions={columns(setReplayed)}
            wrapLines={false}
            empty={
              isKept ? (
                <EmptyState title="Nothing kept yet">The next invocation of the function appears here.</EmptyState>
              ) : (
                <EmptyState title="Invocations are not kept">
                  Turn it on, and each invocation of the last day can be run again, on any version, with both results side by side.
                </EmptyState>
              )
            }
          />
          {replayed && <ReplayDialog functionName={functionName} invocation={replayed} onClose={() => setReplayed(undefined)} />}
        </>
      )}
    </Loaded>
  );
}

const columns = (onReplay: (invocation: KeptInvocation) => void) => [
  { id: "at", header: "Timestamp", cell: ({ InvokedAt }: KeptInvocation) => <ClockTime time={InvokedAt} /> },
  { id: "requestId", header: "Request ID", isRowHeader: true, cell: ({ RequestId }: KeptInvocation) => RequestId },
  {
    id: "status",
    header: "Status",
    cell: ({ FunctionError }: KeptInvocation) => (
      <StatusIndicator type={FunctionError ? "error" : "success"}>{FunctionError ? "Failed" : "Succeeded"}</StatusIndicator>
    ),
  },
  { id: "version", header: "Version", cell: ({ ExecutedVersion }: KeptInvocation) => ExecutedVersion },
  { id: "duration", header: "Duration", cell: ({ DurationMs }: KeptInvocation) => formatDuration(DurationMs) },
  { id: "event", header: "Event", cell: ({ EventSize }: KeptInvocation) => formatBytes(EventSize) },
  {
    id: "actions",
    header: "Actions",
    cell: (invocation: KeptInvocation) => (
      <Button variant="inline-link" ariaLabel={`Replay ${invocation.RequestId}`} onClick={() => onReplay(invocation)}>
        Replay
      </Button>
    ),
  },
];

function KeptHeader({ functionName, config }: { readonly functionName: string; readonly config: FunctionReplayConfig }) {
  const { KeepInvocations, KeptCount, KeptBytes, MaximumCount, MaximumBytes } = config;
  const put = useAwsMutation("mayfly", "PutFunctionReplayConfig", [
    keyOf("mayfly", "GetFunctionReplayConfig"),
    keyOf("mayfly", "ListKeptInvocations"),
  ]);
  const [isForgetting, setForgetting] = useState(false);
  return (
    <>
      <Header
        variant="h3"
        counter={`(${KeptCount})`}
        description={`Events and responses of the last day, at most ${MaximumCount} or ${formatBytes(MaximumBytes)}, encrypted on this machine's disk. ${formatBytes(KeptBytes)} now.`}
        actions={
          <Toggle
            checked={KeepInvocations}
            disabled={put.isPending}
            onChange={({ detail }) => {
              if (!detail.checked && KeptCount > 0) setForgetting(true);
              else put.mutate({ FunctionName: functionName, KeepInvocations: detail.checked });
            }}
          >
            Keep invocations
          </Toggle>
        }
      >
        Replay
      </Header>
      {put.error && !isForgetting && <Alert type="error">{problemOf(put.error).message}</Alert>}
      {isForgetting && (
        <ConfirmDialog
          title="Forget the kept invocations?"
          action="Forget"
          onClose={() => setForgetting(false)}
          onConfirm={() => put.mutateAsync({ FunctionName: functionName, KeepInvocations: false })}
        >
          Their events and responses are removed at once. Logs stay.
        </ConfirmDialog>
      )}
    </>
  );
}
