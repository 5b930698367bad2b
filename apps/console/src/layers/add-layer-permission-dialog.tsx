import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
import { statementIdProblem } from "../policies/statement-id.ts";
import { cliCommand } from "../shared/equivalent-cli.tsx";
import { FormDialog } from "../shared/form-dialog.tsx";
import { useFocusInDialog } from "../shared/use-focus-in-dialog.ts";

interface AddLayerPermissionDialogProps {
  readonly layerName: string;
  readonly version: number;
  readonly onClose: () => void;
  readonly onAdded: () => Promise<unknown>;
}

/** Lets another account, or everybody, use a version of a layer. */
export function AddLayerPermissionDialog({ layerName, version, onClose, onAdded }: AddLayerPermissionDialogProps) {
  const [statementId, setStatementId] = useState("");
  const [kind, setKind] = useState<"account" | "everybody">("account");
  const [accountId, setAccountId] = useState("");
  const [isShown, setShown] = useState(false);
  const field = useFocusInDialog();
  const flash = useFlash();
  const idProblem = statementIdProblem(statementId);
  const accountProblem = kind === "account" && !/^\d{12}$/.test(accountId) ? "An account ID has 12 digits." : undefined;
  const principal = kind === "account" ? accountId : "*";
  const add = async (): Promise<void> => {
    await send("lambda", "AddLayerVersionPermission", {
      LayerName: layerName,
      VersionNumber: version,
      StatementId: statementId,
      Action: "lambda:GetLayerVersion",
      Principal: principal,
    });
    await onAdded();
    flash.success(
      "layer-policy",
      `${kind === "account" ? `The account ${accountId}` : "Everybody"} may use version ${version} of ${layerName}.`,
    );
  };
  return (
    <FormDialog
      title="Add permissions"
      action="Add"
      isValid={idProblem === undefined && accountProblem === undefined}
      onInvalid={() => setShown(true)}
      submit={add}
      commands={[
        cliCommand("lambda", "add-layer-version-permission", {
          "layer-name": layerName,
          "version-number": version,
          "statement-id": statementId || "ID",
          action: "lambda:GetLayerVersion",
          principal: principal || "ACCOUNT",
        }),
      ]}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <FormField key="id" label="Statement ID" errorText={isShown ? idProblem : undefined}>
          <Input ref={field} value={statementId} spellcheck={false} onChange={({ detail }) => setStatementId(detail.value)} />
        </FormField>
        <FormField key="kind" label="Principal">
          <RadioGroup
            value={kind}
            items={[
              { value: "account", label: "An AWS account" },
              { value: "everybody", label: "Everybody", description: "Any account can use the layer and download its package." },
            ]}
            onChange={({ detail }) => setKind(detail.value as "account" | "everybody")}
          />
        </FormField>
        {kind === "account" && (
          <FormField key="account" label="Account ID" errorText={isShown ? accountProblem : undefined}>
            <Input value={accountId} inputMode="numeric" placeholder="123456789012" onChange={({ detail }) => setAccountId(detail.value)} />
          </FormField>
        )}
      </SpaceBetween>
    </FormDialog>
  );
}
