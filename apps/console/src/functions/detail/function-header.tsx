import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useNavigate } from "react-router";
import { paths } from "../../app/paths.ts";
import { CopyText } from "../../shared/copy-text.tsx";
import { DeleteFunctionsDialog } from "../delete-functions-dialog.tsx";
import { useCurrentFunction } from "./function-context.ts";
import { ThrottleDialog } from "./throttle-dialog.tsx";

/** The function's name and ARN, and what can be done with it as a whole. */
export function FunctionHeader() {
  const { functionName, configuration, reservedConcurrentExecutions } = useCurrentFunction();
  const [dialog, setDialog] = useState<"throttle" | "delete">();
  const navigate = useNavigate();
  const close = (): void => setDialog(undefined);
  return (
    <>
      <Header
        variant="h1"
        description={<CopyText text={configuration.FunctionArn ?? ""} label="Function ARN" />}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              key="throttle"
              disabled={reservedConcurrentExecutions === 0}
              disabledReason="It is throttled already. Configuration, Concurrency lets it run again."
              onClick={() => setDialog("throttle")}
            >
              Throttle
            </Button>
            <Button key="arn" iconName="copy" onClick={() => void navigator.clipboard.writeText(configuration.FunctionArn ?? "")}>
              Copy ARN
            </Button>
            <ButtonDropdown key="actions" items={[{ id: "delete", text: "Delete function" }]} onItemClick={() => setDialog("delete")}>
              Actions
            </ButtonDropdown>
          </SpaceBetween>
        }
      >
        {functionName}
      </Header>
      {dialog === "throttle" && <ThrottleDialog onClose={close} />}
      {dialog === "delete" && (
        <DeleteFunctionsDialog functionNames={[functionName]} onClose={close} onDeleted={() => void navigate(paths.functions)} />
      )}
    </>
  );
}
