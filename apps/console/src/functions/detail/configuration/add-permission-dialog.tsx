import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { FormDialog } from "../../../shared/form-dialog.tsx";
import { useCurrentFunction } from "../function-context.ts";
import {
  actions,
  firstPermission,
  permissionsOf,
  problemsOf,
  services,
  type PermissionFields,
  type PermissionKind,
} from "./permission-form.ts";

interface AddPermissionDialogProps {
  readonly onClose: () => void;
  readonly onAdded: () => Promise<unknown>;
}

interface FieldsProps {
  readonly fields: PermissionFields;
  readonly problems: Partial<ReturnType<typeof problemsOf>>;
  readonly onChange: (change: Partial<PermissionFields>) => void;
}

/** Lets a service, another account or callers of the function URL call what the page shows. */
export function AddPermissionDialog({ onClose, onAdded }: AddPermissionDialogProps) {
  const { functionName, qualifier } = useCurrentFunction();
  const [fields, setFields] = useState(firstPermission);
  const [isShown, setShown] = useState(false);
  const flash = useFlash();
  const set = (change: Partial<PermissionFields>): void => setFields((now) => ({ ...now, ...change }));
  const all = problemsOf(fields);
  const problems: Partial<typeof all> = isShown ? all : {};
  const target = { FunctionName: functionName, ...(qualifier !== undefined && { Qualifier: qualifier }) };
  const permissions = permissionsOf(fields);
  const add = async (): Promise<void> => {
    try {
      for (const permission of permissions) await send("lambda", "AddPermission", { ...target, ...permission });
    } finally {
      // The first of two may be there when the second is refused.
      await onAdded();
    }
    flash.success("policy", `Added the statement ${fields.statementId} to the policy of ${functionName}.`);
  };
  const props = { fields, problems, onChange: set };
  return (
    <FormDialog
      title="Add permissions"
      action="Add"
      isValid={Object.values(all).every((problem) => problem === undefined)}
      onInvalid={() => setShown(true)}
      submit={add}
      commands={permissions.map((permission) =>
        cliCommand("lambda", "add-permission", {
          "function-name": functionName,
          qualifier,
          "statement-id": permission.StatementId || "ID",
          action: permission.Action,
          principal: permission.Principal || "PRINCIPAL",
          "source-arn": permission.SourceArn,
          "source-account": permission.SourceAccount,
          "function-url-auth-type": permission.FunctionUrlAuthType,
          "invoked-via-function-url": permission.InvokedViaFunctionUrl,
        }),
      )}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <SegmentedControl
          key="kind"
          label="Who is let in"
          selectedId={fields.kind}
          options={[
            { id: "service", text: "AWS service" },
            { id: "account", text: "AWS account" },
            { id: "url", text: "Function URL" },
          ]}
          onChange={({ detail }) => set({ kind: detail.selectedId as PermissionKind })}
        />
        <FormField
          key="id"
          label="Statement ID"
          description="A name of its own, by which it is deleted again."
          errorText={problems.statementId}
        >
          <Input value={fields.statementId} spellcheck={false} onChange={({ detail }) => set({ statementId: detail.value })} />
        </FormField>
        {fields.kind === "service" && <ServiceFields key="service" {...props} />}
        {fields.kind === "account" && <AccountFields key="account" {...props} />}
        {fields.kind === "url" && <UrlFields key="url" {...props} />}
      </SpaceBetween>
    </FormDialog>
  );
}

function ServiceFields({ fields, problems, onChange }: FieldsProps) {
  const options = services.map(({ principal, label }) => ({ value: principal, label, description: principal }));
  return (
    <SpaceBetween size="m">
      <FormField key="service" label="Service">
        <Select
          selectedOption={options.find(({ value }) => value === fields.service) ?? null}
          options={options}
          onChange={({ detail }) => onChange({ service: detail.selectedOption.value ?? fields.service })}
        />
      </FormField>
      <FormField
        key="arn"
        label="Source ARN - optional"
        description="The resource that calls; without it every resource of the service, of any account."
        errorText={problems.sourceArn}
      >
        <Input
          value={fields.sourceArn}
          placeholder={services.find(({ principal }) => principal === fields.service)?.example ?? ""}
          spellcheck={false}
          onChange={({ detail }) => onChange({ sourceArn: detail.value })}
        />
      </FormField>
      <FormField key="account" label="Source account - optional" errorText={problems.sourceAccount}>
        <Input
          value={fields.sourceAccount}
          inputMode="numeric"
          placeholder="123456789012"
          onChange={({ detail }) => onChange({ sourceAccount: detail.value })}
        />
      </FormField>
    </SpaceBetween>
  );
}

function Principal({ fields, problems, onChange }: FieldsProps) {
  return (
    <FormField label="Principal" description="An account ID, or the ARN of a user or role." errorText={problems.principal}>
      <Input
        value={fields.principal}
        placeholder="123456789012"
        spellcheck={false}
        onChange={({ detail }) => onChange({ principal: detail.value })}
      />
    </FormField>
  );
}

function AccountFields(props: FieldsProps) {
  const { fields, onChange } = props;
  return (
    <SpaceBetween size="m">
      <Principal key="principal" {...props} />
      <FormField key="action" label="Action">
        <Select
          selectedOption={{ value: fields.action, label: fields.action }}
          options={actions.map((action) => ({ value: action, label: action }))}
          onChange={({ detail }) => onChange({ action: detail.selectedOption.value ?? fields.action })}
        />
      </FormField>
    </SpaceBetween>
  );
}

function UrlFields(props: FieldsProps) {
  const { fields, onChange } = props;
  return (
    <SpaceBetween size="m">
      <FormField key="auth" label="Auth type">
        <RadioGroup
          value={fields.authType}
          items={[
            { value: "AWS_IAM", label: "AWS_IAM", description: "Only who signs the request and is let in." },
            { value: "NONE", label: "NONE", description: "Everybody who knows the URL." },
          ]}
          onChange={({ detail }) => onChange({ authType: detail.value as PermissionFields["authType"] })}
        />
      </FormField>
      {fields.authType === "AWS_IAM" ? (
        <Principal key="principal" {...props} />
      ) : (
        <Alert key="public" type="warning">
          Whoever knows the URL can call the function, without signing in.
        </Alert>
      )}
    </SpaceBetween>
  );
}
