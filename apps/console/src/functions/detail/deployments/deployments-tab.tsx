import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQueryClient } from "@tanstack/react-query";
import type { FunctionDeployment } from "@mayfly/wire/mayfly";
import { useState } from "react";
import { useNavigate } from "react-router";
import { keyOf, useAws } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { paths } from "../../../app/paths.ts";
import { ConfirmDialog } from "../../../shared/confirm-dialog.tsx";
import { CopyText } from "../../../shared/copy-text.tsx";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { formatBytes, formatTime } from "../../../shared/format.ts";
import { Loaded } from "../../../shared/loaded.tsx";
import { Moment } from "../../../shared/moment.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { CompareDialog } from "./compare-dialog.tsx";

const shownHashCharacters = 12;

/** The last 20 packages that the function ran, and the way back to each. */
export function DeploymentsTab() {
  const { functionName } = useCurrentFunction();
  const deployments = useAws("mayfly", "ListFunctionDeployments", { FunctionName: functionName });
  const [compared, setCompared] = useState<FunctionDeployment>();
  const [reverted, setReverted] = useState<FunctionDeployment>();
  return (
    <Loaded query={deployments}>
      {({ Deployments }) => (
        <>
          <Table<FunctionDeployment>
            header={
              <Header
                variant="h2"
                counter={`(${Deployments.length})`}
                description="The last 20 are kept, whoever deployed them and by whatever tool."
              >
                Deployments
              </Header>
            }
            ariaLabels={{ tableLabel: "Deployments" }}
            items={Deployments}
            trackBy={({ DeployedAt }) => DeployedAt.toISOString()}
            columnDefinitions={[
              {
                id: "at",
                header: "Deployed",
                isRowHeader: true,
                cell: ({ DeployedAt, Current }) => (
                  <SpaceBetween direction="horizontal" size="xs">
                    <Moment key="time" time={DeployedAt} />
                    {Current && (
                      <Badge key="current" color="green">
                        Runs now
                      </Badge>
                    )}
                  </SpaceBetween>
                ),
              },
              { id: "by", header: "By", cell: ({ DeployedBy }) => <span title={DeployedBy}>{DeployedBy.split(":").at(-1)}</span> },
              { id: "source", header: "Through", cell: ({ Source }) => Source },
              { id: "size", header: "Size", cell: ({ CodeSize }) => <span className="nowrap">{formatBytes(CodeSize)}</span> },
              {
                id: "sha",
                header: "SHA256 hash",
                minWidth: 180,
                cell: ({ CodeSha256 }) => (
                  <CopyText text={CodeSha256} shown={`${CodeSha256.slice(0, shownHashCharacters)}…`} label="SHA256 hash" />
                ),
              },
              {
                id: "actions",
                header: "Actions",
                minWidth: 170,
                cell: (deployment) =>
                  deployment.Current ? (
                    <Box color="text-body-secondary">-</Box>
                  ) : (
                    <SpaceBetween direction="horizontal" size="m">
                      <Button
                        key="compare"
                        variant="inline-link"
                        ariaLabel="Compare with what runs"
                        wrapText={false}
                        onClick={() => setCompared(deployment)}
                      >
                        Compare
                      </Button>
                      <Button
                        key="revert"
                        variant="inline-link"
                        ariaLabel="Revert to this"
                        wrapText={false}
                        onClick={() => setReverted(deployment)}
                      >
                        Revert
                      </Button>
                    </SpaceBetween>
                  ),
              },
            ]}
            wrapLines
            stickyColumns={{ last: 1 }}
            empty={<EmptyState title="No deployments">Each deploy of the code is listed here.</EmptyState>}
          />
          {compared && <CompareDialog functionName={functionName} deployment={compared} onClose={() => setCompared(undefined)} />}
          {reverted && <RevertDialog deployment={reverted} onClose={() => setReverted(undefined)} />}
        </>
      )}
    </Loaded>
  );
}

function RevertDialog({ deployment, onClose }: { readonly deployment: FunctionDeployment; readonly onClose: () => void }) {
  const { functionName, configuration, refresh } = useCurrentFunction();
  const cache = useQueryClient();
  const flash = useFlash();
  const navigate = useNavigate();
  const revert = async (): Promise<void> => {
    await send("mayfly", "RevertFunctionCode", {
      FunctionName: functionName,
      CodeSha256: deployment.CodeSha256,
      ...(configuration.RevisionId && { RevisionId: configuration.RevisionId }),
    });
    await Promise.all([refresh(), cache.invalidateQueries({ queryKey: keyOf("mayfly") })]);
    flash.success("revert", `The function ${functionName} runs its earlier code again.`, {
      label: "Test",
      onClick: () => void navigate(paths.function(functionName, "test")),
    });
  };
  return (
    <ConfirmDialog title="Revert to this deployment?" action="Revert" onConfirm={revert} onClose={onClose}>
      The code of {formatTime(deployment.DeployedAt)} becomes the function's code at once. What runs now stays in this list, so you can come
      back to it. Settings are not changed.
    </ConfirmDialog>
  );
}
