import type { ProvisionedConcurrencyConfigListItem } from "@aws-sdk/client-lambda";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator, { type StatusIndicatorProps } from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf, useAwsAll } from "../../../api/hooks.ts";
import { paging } from "../../../api/paging.ts";
import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { ConfirmDialog } from "../../../shared/confirm-dialog.tsx";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { Loaded } from "../../../shared/loaded.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { ProvisionDialog } from "./provision-dialog.tsx";

/** While environments are being initialised, and after, they are counted anew this often. Milliseconds. */
const renewEveryMs = 2_000;

type Config = ProvisionedConcurrencyConfigListItem;

const statuses: Readonly<Record<string, { readonly type: StatusIndicatorProps.Type; readonly text: string }>> = {
  IN_PROGRESS: { type: "in-progress", text: "In progress" },
  READY: { type: "success", text: "Ready" },
  FAILED: { type: "error", text: "Failed" },
};

const qualifierOf = ({ FunctionArn = "" }: Config): string => FunctionArn.split(":")[7] ?? "";

/** Which versions and aliases have environments initialised ahead, and how many are there. */
export function ProvisionedTable() {
  const { functionName } = useCurrentFunction();
  const input = { FunctionName: functionName };
  const query = useAwsAll("lambda", "ListProvisionedConcurrencyConfigs", input, paging.ListProvisionedConcurrencyConfigs, {
    refetchInterval: renewEveryMs,
  });
  const [chosen, setChosen] = useState<string>();
  const [dialog, setDialog] = useState<"add" | "edit" | "delete">();
  const close = (): void => setDialog(undefined);
  return (
    <Loaded query={query}>
      {(configs) => {
        const selected = configs.find((config) => qualifierOf(config) === chosen);
        return (
          <>
            <Table<Config>
              header={
                <Header
                  variant="h2"
                  counter={`(${configs.length})`}
                  description="Environments that are initialised ahead, so that no invocation waits for a start."
                  actions={
                    <SpaceBetween direction="horizontal" size="xs">
                      <Button key="delete" disabled={!selected} onClick={() => setDialog("delete")}>
                        Remove
                      </Button>
                      <Button key="edit" disabled={!selected} ariaLabel="Edit provisioned concurrency" onClick={() => setDialog("edit")}>
                        Edit
                      </Button>
                      <Button key="add" onClick={() => setDialog("add")}>
                        Add
                      </Button>
                    </SpaceBetween>
                  }
                >
                  Provisioned concurrency
                </Header>
              }
              ariaLabels={{
                tableLabel: "Provisioned concurrency",
                selectionGroupLabel: "Configurations",
                itemSelectionLabel: (_, config) => `Select ${qualifierOf(config)}`,
              }}
              selectionType="single"
              selectedItems={selected ? [selected] : []}
              onSelectionChange={({ detail }) => setChosen(detail.selectedItems[0] && qualifierOf(detail.selectedItems[0]))}
              items={configs}
              trackBy={qualifierOf}
              columnDefinitions={columns}
              empty={<EmptyState title="None">A published version or an alias can have environments that wait for it.</EmptyState>}
            />
            {dialog === "add" && <ProvisionDialog onClose={close} />}
            {dialog === "edit" && selected && (
              <ProvisionDialog
                qualifier={qualifierOf(selected)}
                count={selected.RequestedProvisionedConcurrentExecutions ?? 1}
                onClose={close}
              />
            )}
            {dialog === "delete" && selected && <RemoveDialog qualifier={qualifierOf(selected)} onClose={close} />}
          </>
        );
      }}
    </Loaded>
  );
}

const columns = [
  { id: "qualifier", header: "Version or alias", isRowHeader: true, cell: qualifierOf },
  {
    id: "status",
    header: "Status",
    cell: ({ Status = "IN_PROGRESS", StatusReason }: Config) => {
      const { type, text } = statuses[Status] ?? { type: "info" as const, text: Status };
      return <StatusIndicator type={type}>{StatusReason ? `${text}: ${StatusReason}` : text}</StatusIndicator>;
    },
  },
  { id: "requested", header: "Requested", cell: (config: Config) => config.RequestedProvisionedConcurrentExecutions },
  { id: "allocated", header: "Allocated", cell: (config: Config) => config.AllocatedProvisionedConcurrentExecutions ?? 0 },
  { id: "available", header: "Available", cell: (config: Config) => config.AvailableProvisionedConcurrentExecutions ?? 0 },
];

function RemoveDialog({ qualifier, onClose }: { readonly qualifier: string; readonly onClose: () => void }) {
  const { functionName } = useCurrentFunction();
  const cache = useQueryClient();
  const flash = useFlash();
  const remove = async (): Promise<void> => {
    await send("lambda", "DeleteProvisionedConcurrencyConfig", { FunctionName: functionName, Qualifier: qualifier });
    await cache.invalidateQueries({ queryKey: keyOf("lambda", "ListProvisionedConcurrencyConfigs") });
    flash.success("provisioned", `Nothing is initialised ahead for ${functionName}:${qualifier} any more.`);
  };
  return (
    <ConfirmDialog title={`Remove the provisioned concurrency of ${qualifier}?`} action="Remove" onConfirm={remove} onClose={onClose}>
      Its environments end. Invocations start environments on demand again.
    </ConfirmDialog>
  );
}
