import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { lazy, Suspense, useState } from "react";
import { useNavigate } from "react-router";
import { paths } from "../../app/paths.ts";
import { CopyText } from "../../shared/copy-text.tsx";
import { DeleteFunctionsDialog } from "../delete-functions-dialog.tsx";
import { useCurrentFunction } from "./function-context.ts";
import { QualifierSelect } from "./qualifiers/qualifier-select.tsx";
import { ThrottleDialog } from "./throttle-dialog.tsx";
import { isVersion } from "./versions/shares.ts";

const PublishDialog = lazy(async () => ({ default: (await import("./versions/publish-dialog.tsx")).PublishDialog }));
const DeleteVersionDialog = lazy(async () => ({ default: (await import("./versions/delete-version-dialog.tsx")).DeleteVersionDialog }));
const AliasDialog = lazy(async () => ({ default: (await import("./aliases/alias-dialog.tsx")).AliasDialog }));
const DeleteAliasDialog = lazy(async () => ({ default: (await import("./aliases/delete-alias-dialog.tsx")).DeleteAliasDialog }));

type Dialog = "throttle" | "publish" | "create-alias" | "delete" | "delete-version" | "delete-alias";
type Action = Exclude<Dialog, "throttle">;

const createAlias: { readonly id: Action; readonly text: string } = { id: "create-alias", text: "Create alias" };

/** What can be done with what is shown: $LATEST, a version or an alias. */
function actionsOf(qualifier: string | undefined): { readonly id: Action; readonly text: string }[] {
  if (qualifier === undefined)
    return [{ id: "publish", text: "Publish new version" }, createAlias, { id: "delete", text: "Delete function" }];
  return isVersion(qualifier)
    ? [createAlias, { id: "delete-version", text: "Delete version" }]
    : [{ id: "delete-alias", text: "Delete alias" }];
}

/** The function's name and ARN, which version of it is shown, and what can be done with it as a whole. */
export function FunctionHeader() {
  const { functionName, qualifier, configuration, reservedConcurrentExecutions } = useCurrentFunction();
  const [dialog, setDialog] = useState<Dialog>();
  return (
    <>
      <Header
        variant="h1"
        description={<CopyText text={configuration.FunctionArn ?? ""} label="Function ARN" />}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <QualifierSelect key="qualifier" />
            {qualifier === undefined && (
              <Button
                key="throttle"
                disabled={reservedConcurrentExecutions === 0}
                disabledReason="It is throttled already. Configuration, Concurrency lets it run again."
                onClick={() => setDialog("throttle")}
              >
                Throttle
              </Button>
            )}
            <Button key="arn" iconName="copy" onClick={() => void navigator.clipboard.writeText(configuration.FunctionArn ?? "")}>
              Copy ARN
            </Button>
            <ButtonDropdown key="actions" items={actionsOf(qualifier)} onItemClick={({ detail }) => setDialog(detail.id as Action)}>
              Actions
            </ButtonDropdown>
          </SpaceBetween>
        }
      >
        {functionName}
      </Header>
      {dialog !== undefined && (
        <Suspense fallback={null}>
          <HeaderDialog dialog={dialog} onClose={() => setDialog(undefined)} />
        </Suspense>
      )}
    </>
  );
}

function HeaderDialog({ dialog, onClose }: { readonly dialog: Dialog; readonly onClose: () => void }) {
  const { functionName, qualifier = "" } = useCurrentFunction();
  const navigate = useNavigate();
  const goTo = (path: string) => (): void => void navigate(path);
  if (dialog === "throttle") return <ThrottleDialog onClose={onClose} />;
  if (dialog === "publish") return <PublishDialog onClose={onClose} />;
  if (dialog === "create-alias") return <AliasDialog version={qualifier || undefined} onClose={onClose} />;
  if (dialog === "delete-version")
    return <DeleteVersionDialog version={qualifier} onClose={onClose} onDeleted={goTo(paths.function(functionName, "versions"))} />;
  if (dialog === "delete-alias")
    return <DeleteAliasDialog name={qualifier} onClose={onClose} onDeleted={goTo(paths.function(functionName, "aliases"))} />;
  return <DeleteFunctionsDialog functionNames={[functionName]} onClose={onClose} onDeleted={goTo(paths.functions)} />;
}
