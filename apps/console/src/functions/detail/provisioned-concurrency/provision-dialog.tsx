import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf, useAws } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { FormDialog } from "../../../shared/form-dialog.tsx";
import { limits, numberProblem } from "../configuration/limits.ts";
import { useCurrentFunction } from "../function-context.ts";
import { useAliases, useVersions } from "../versions/use-versions.ts";

interface ProvisionDialogProps {
  /** Absent: to be chosen. */
  readonly qualifier?: string;
  /** How many there are. */
  readonly count?: number;
  readonly onClose: () => void;
}

/** How many environments a version or an alias has initialised ahead. */
export function ProvisionDialog({ qualifier: given, count = 1, onClose }: ProvisionDialogProps) {
  const { functionName, reservedConcurrentExecutions: reserved } = useCurrentFunction();
  const [qualifier, setQualifier] = useState(given ?? "");
  const [text, setText] = useState(String(count));
  const [isShown, setShown] = useState(false);
  const settings = useAws("lambda", "GetAccountSettings", {});
  const cache = useQueryClient();
  const flash = useFlash();
  const unreserved = settings.data?.AccountLimit?.UnreservedConcurrentExecutions ?? 1_000;
  const max = reserved ?? Math.max(unreserved - limits.unreservedConcurrency, 1);
  const problems = {
    qualifier: qualifier === "" ? "Choose a version or an alias." : undefined,
    count: numberProblem(text, "Provisioned concurrency", { min: 1, max }, "executions"),
  };
  const input = { FunctionName: functionName, Qualifier: qualifier, ProvisionedConcurrentExecutions: Number(text) };
  return (
    <FormDialog
      title={given === undefined ? "Add provisioned concurrency" : `Provisioned concurrency of ${given}`}
      action="Save"
      isValid={problems.qualifier === undefined && problems.count === undefined}
      onInvalid={() => setShown(true)}
      submit={async () => {
        await send("lambda", "PutProvisionedConcurrencyConfig", input);
        await cache.invalidateQueries({ queryKey: keyOf("lambda", "ListProvisionedConcurrencyConfigs") });
        flash.success("provisioned", `Environments of ${functionName}:${qualifier} are being initialised.`);
      }}
      commands={[
        cliCommand("lambda", "put-provisioned-concurrency-config", {
          "function-name": functionName,
          qualifier,
          "provisioned-concurrent-executions": text,
        }),
      ]}
      onClose={onClose}
    >
      <SpaceBetween size="l">
        {given === undefined && (
          <QualifierField
            key="qualifier"
            qualifier={qualifier}
            problem={isShown ? problems.qualifier : undefined}
            onChange={setQualifier}
          />
        )}
        <FormField
          key="count"
          label="Provisioned concurrency"
          description="So many environments are kept, whether they are used or not. Each takes memory on this machine."
          constraintText={`1 to ${max}`}
          errorText={isShown ? problems.count : undefined}
        >
          <Input value={text} type="number" inputMode="numeric" onChange={({ detail }) => setText(detail.value)} />
        </FormField>
      </SpaceBetween>
    </FormDialog>
  );
}

interface QualifierFieldProps {
  readonly qualifier: string;
  readonly problem: string | undefined;
  readonly onChange: (qualifier: string) => void;
}

function QualifierField({ qualifier, problem, onChange }: QualifierFieldProps) {
  const { functionName } = useCurrentFunction();
  const versions = useVersions(functionName);
  const aliases = useAliases(functionName);
  const options = [
    ...(aliases.data ?? []).map(({ Name = "" }) => ({ value: Name, label: `Alias ${Name}` })),
    ...(versions.data ?? []).map(({ Version = "" }) => ({ value: Version, label: `Version ${Version}` })),
  ];
  return (
    <FormField label="Version or alias" description="$LATEST can't have any: publish a version." errorText={problem}>
      <Select
        placeholder="Choose a version or an alias"
        empty="Nothing is published yet."
        selectedOption={options.find(({ value }) => value === qualifier) ?? null}
        options={options}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}
