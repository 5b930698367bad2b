import type { AccessKey, AccessKeyMetadata } from "@aws-sdk/client-iam";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import { useAws, useAwsMutation } from "../../../api/hooks.ts";
import { problemOf } from "../../../api/problem.ts";
import { currentRegion, send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { useQueryClient } from "@tanstack/react-query";
import { keyOf } from "../../../api/hooks.ts";
import { ConfirmDialog } from "../../../shared/confirm-dialog.tsx";
import { CopyText } from "../../../shared/copy-text.tsx";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { Moment } from "../../../shared/moment.tsx";
import { ProblemPanel } from "../../../shared/problem-panel.tsx";
import { SecretDialog } from "../secret-dialog.tsx";
import { userLimits } from "../user-limits.ts";

/** The user's access keys for the aws CLI and SDKs. */
export function AccessKeys({ userName }: { readonly userName: string }) {
  const query = useAws("iam", "ListAccessKeys", { UserName: userName });
  const [deleting, setDeleting] = useState<string>();
  const remove = useAwsMutation("iam", "DeleteAccessKey");
  const keys = query.data?.AccessKeyMetadata ?? [];
  return (
    <>
      <Table<AccessKeyMetadata>
        ariaLabels={{ tableLabel: "Access keys" }}
        header={
          <Header
            variant="h2"
            counter={query.data ? `(${keys.length}/${userLimits.accessKeys})` : ""}
            description="Sign requests of the aws CLI, SDKs and tools as this user."
            actions={<CreateKey userName={userName} isFull={keys.length >= userLimits.accessKeys} />}
          >
            Access keys
          </Header>
        }
        loading={query.isPending}
        loadingText="Loading access keys"
        items={keys}
        trackBy={({ AccessKeyId = "" }) => AccessKeyId}
        columnDefinitions={[
          {
            id: "id",
            header: "Access key ID",
            isRowHeader: true,
            cell: ({ AccessKeyId = "" }) => <CopyText text={AccessKeyId} label="Access key ID" />,
          },
          {
            id: "status",
            header: "Status",
            cell: ({ Status }) => <StatusIndicator type={Status === "Active" ? "success" : "stopped"}>{Status ?? "-"}</StatusIndicator>,
          },
          { id: "created", header: "Created", cell: ({ CreateDate }) => <Moment time={CreateDate} /> },
          {
            id: "actions",
            header: "Actions",
            cell: (key) => (
              <SpaceBetween direction="horizontal" size="m">
                <SwitchKey key="switch" userName={userName} accessKey={key} />
                <Button
                  key="delete"
                  variant="inline-link"
                  ariaLabel={`Delete ${key.AccessKeyId ?? ""}`}
                  onClick={() => setDeleting(key.AccessKeyId)}
                >
                  Delete
                </Button>
              </SpaceBetween>
            ),
          },
        ]}
        empty={
          query.error ? (
            <ProblemPanel error={query.error} onRetry={() => void query.refetch()} />
          ) : (
            <EmptyState title="No access keys">With an access key this user works in the aws CLI, an SDK or a deployment tool.</EmptyState>
          )
        }
      />
      {deleting !== undefined && (
        <ConfirmDialog
          title={`Delete access key ${deleting}?`}
          typed={deleting}
          action="Delete"
          onConfirm={() => remove.mutateAsync({ UserName: userName, AccessKeyId: deleting })}
          onClose={() => setDeleting(undefined)}
        >
          What signs with it is refused from now on. To try that first, deactivate it instead.
        </ConfirmDialog>
      )}
    </>
  );
}

function CreateKey({ userName, isFull }: { readonly userName: string; readonly isFull: boolean }) {
  // The answer holds a secret: it is not given to the cache of answers.
  const [made, setMade] = useState<AccessKey>();
  const [busy, setBusy] = useState(false);
  const cache = useQueryClient();
  const flash = useFlash();
  const create = async (): Promise<void> => {
    setBusy(true);
    try {
      const { AccessKey: key } = await send("iam", "CreateAccessKey", { UserName: userName });
      setMade(key);
      await cache.invalidateQueries({ queryKey: keyOf("iam", "ListAccessKeys") });
    } catch (error) {
      flash.error("access-key", "The access key was not created", problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  const { AccessKeyId = "", SecretAccessKey = "" } = made ?? {};
  return (
    <>
      <Button
        loading={busy}
        disabled={isFull}
        disabledReason={`A user has at most ${userLimits.accessKeys} access keys`}
        onClick={() => void create()}
      >
        Create access key
      </Button>
      {made && (
        <SecretDialog
          title="Access key created"
          fileName={`${userName}-access-key.csv`}
          parts={[
            { label: "Access key ID", value: AccessKeyId },
            { label: "Secret access key", value: SecretAccessKey, secret: true },
          ]}
          commands={commandsOf(userName, AccessKeyId)}
          onClose={() => setMade(undefined)}
        />
      )}
    </>
  );
}

/** The secret is asked for by the CLI itself: a line that holds it would stay in the shell's history. */
const commandsOf = (userName: string, accessKeyId: string): string =>
  [
    `aws configure set aws_access_key_id ${accessKeyId} --profile ${userName}`,
    `read -rsp 'Secret access key: ' SECRET && aws configure set aws_secret_access_key "$SECRET" --profile ${userName}; unset SECRET`,
    `aws configure set region ${currentRegion()} --profile ${userName}`,
    `export AWS_PROFILE=${userName} AWS_ENDPOINT_URL=${location.origin}`,
  ].join("\n");

function SwitchKey({ userName, accessKey }: { readonly userName: string; readonly accessKey: AccessKeyMetadata }) {
  const { AccessKeyId = "", Status } = accessKey;
  const change = useAwsMutation("iam", "UpdateAccessKey");
  const flash = useFlash();
  const isActive = Status === "Active";
  const run = async (): Promise<void> => {
    try {
      await change.mutateAsync({ UserName: userName, AccessKeyId, Status: isActive ? "Inactive" : "Active" });
      flash.success("access-key", `The access key ${AccessKeyId} is ${isActive ? "inactive" : "active"} now.`);
    } catch (error) {
      flash.error("access-key", `The access key ${AccessKeyId} was not changed`, problemOf(error));
    }
  };
  return (
    <Button
      variant="inline-link"
      loading={change.isPending}
      ariaLabel={`${isActive ? "Deactivate" : "Activate"} ${AccessKeyId}`}
      onClick={() => void run()}
    >
      {isActive ? "Deactivate" : "Activate"}
    </Button>
  );
}
