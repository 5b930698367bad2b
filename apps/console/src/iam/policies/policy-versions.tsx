import type { Policy, PolicyVersion } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { useAws, useAwsMutation } from "../../api/hooks.ts";
import { problemOf } from "../../api/problem.ts";
import { useFlash } from "../../app/flash.tsx";
import { ConfirmDialog } from "../../shared/confirm-dialog.tsx";
import { Loaded } from "../../shared/loaded.tsx";
import { Moment } from "../../shared/moment.tsx";
import { ProblemPanel } from "../../shared/problem-panel.tsx";
import { PolicyDocument } from "../policy-editor/policy-document.tsx";
import { isAwsManaged } from "../policy-name.ts";

/** IAM keeps no more. https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html */
export const mostVersions = 5;

/** The versions of a policy: which one counts, and what each says. */
export function PolicyVersions({ policy: { Arn = "" } }: { readonly policy: Policy }) {
  const versions = useAws("iam", "ListPolicyVersions", { PolicyArn: Arn });
  const [chosen, setChosen] = useState<PolicyVersion>();
  const [deleting, setDeleting] = useState(false);
  const remove = useAwsMutation("iam", "DeletePolicyVersion");
  const isFixed = isAwsManaged(Arn) || chosen === undefined || chosen.IsDefaultVersion === true;
  const reason = isAwsManaged(Arn) ? "AWS's own policies can't be changed" : "Select a version that is not the default first";
  const items = versions.data?.Versions ?? [];
  return (
    <SpaceBetween size="l">
      <Table<PolicyVersion>
        key="versions"
        ariaLabels={{
          tableLabel: "Versions",
          selectionGroupLabel: "Version",
          itemSelectionLabel: (_, { VersionId = "" }) => `Select ${VersionId}`,
        }}
        selectionType="single"
        trackBy={({ VersionId = "" }) => VersionId}
        selectedItems={chosen ? [chosen] : []}
        onSelectionChange={({ detail }) => setChosen(detail.selectedItems[0])}
        header={
          <Header
            variant="h2"
            counter={versions.data ? `(${items.length}/${mostVersions})` : ""}
            description="The default version is the one that counts."
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button key="delete" disabled={isFixed} disabledReason={reason} onClick={() => setDeleting(true)}>
                  Delete
                </Button>
                <SetDefault key="default" arn={Arn} version={chosen} disabled={isFixed} reason={reason} />
              </SpaceBetween>
            }
          >
            Versions
          </Header>
        }
        loading={versions.isPending}
        loadingText="Loading versions"
        items={items}
        columnDefinitions={[
          { id: "version", header: "Version", isRowHeader: true, cell: ({ VersionId }) => VersionId },
          {
            id: "default",
            header: "Default",
            cell: ({ IsDefaultVersion }) => (IsDefaultVersion ? <StatusIndicator type="success">Default</StatusIndicator> : "-"),
          },
          { id: "created", header: "Created", cell: ({ CreateDate }) => <Moment time={CreateDate} /> },
        ]}
        empty={versions.error && <ProblemPanel error={versions.error} onRetry={() => void versions.refetch()} />}
      />
      {chosen && <VersionDocument key="document" arn={Arn} versionId={chosen.VersionId ?? ""} />}
      {deleting && chosen && (
        <ConfirmDialog
          key="deleting"
          title={`Delete version ${chosen.VersionId}?`}
          action="Delete"
          onConfirm={async () => {
            await remove.mutateAsync({ PolicyArn: Arn, VersionId: chosen.VersionId ?? "" });
            setChosen(undefined);
          }}
          onClose={() => setDeleting(false)}
        >
          Its document is gone for good. Nobody&apos;s permissions change: the default version stays.
        </ConfirmDialog>
      )}
    </SpaceBetween>
  );
}

interface SetDefaultProps {
  readonly arn: string;
  readonly version: PolicyVersion | undefined;
  readonly disabled: boolean;
  readonly reason: string;
}

function SetDefault({ arn, version, disabled, reason }: SetDefaultProps) {
  const flash = useFlash();
  const change = useAwsMutation("iam", "SetDefaultPolicyVersion");
  const run = async (): Promise<void> => {
    const VersionId = version?.VersionId ?? "";
    try {
      await change.mutateAsync({ PolicyArn: arn, VersionId });
      flash.success("policy-version", `${VersionId} is the policy's default version now.`);
    } catch (error) {
      flash.error("policy-version", `${VersionId} was not made the default`, problemOf(error));
    }
  };
  return (
    <Button disabled={disabled} disabledReason={reason} loading={change.isPending} onClick={() => void run()}>
      Set as default
    </Button>
  );
}

function VersionDocument({ arn, versionId }: { readonly arn: string; readonly versionId: string }) {
  const version = useAws("iam", "GetPolicyVersion", { PolicyArn: arn, VersionId: versionId });
  return (
    <Loaded query={version}>
      {({ PolicyVersion }) => (
        <PolicyDocument
          document={decodeURIComponent(PolicyVersion?.Document ?? "")}
          kind="identity"
          ariaLabel={`Document of version ${versionId}`}
        />
      )}
    </Loaded>
  );
}
