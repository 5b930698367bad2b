import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ApplicationLogLevel, LogFormat, SystemLogLevel } from "@aws-sdk/client-lambda";
import { useState } from "react";
import { send } from "../../../api/send.ts";
import { paths } from "../../../app/paths.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { PageLink } from "../../../shared/page-link.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { EditForm } from "./edit-form.tsx";
import type { SectionViewProps } from "./section.ts";
import { SectionView } from "./section-view.tsx";

const applicationLevels: readonly ApplicationLogLevel[] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
const systemLevels: readonly SystemLogLevel[] = ["DEBUG", "INFO", "WARN"];

/** How the function logs. */
export function MonitoringView({ onEdit }: SectionViewProps) {
  const { functionName, configuration } = useCurrentFunction();
  const {
    LogFormat = "Text",
    ApplicationLogLevel,
    SystemLogLevel,
    LogGroup = `/aws/lambda/${functionName}`,
  } = configuration.LoggingConfig ?? {};
  return (
    <SectionView title="Monitoring and operations tools" onEdit={onEdit}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: "Log format", value: LogFormat },
          { label: "Application log level", value: ApplicationLogLevel ?? "-" },
          { label: "System log level", value: SystemLogLevel ?? "-" },
          { label: "Log group", value: <PageLink to={paths.logGroup(LogGroup)}>{LogGroup}</PageLink> },
          {
            label: "Active tracing (X-Ray)",
            value: configuration.TracingConfig?.Mode === "Active" ? "Kept, but there is no X-Ray here" : "Off",
          },
        ]}
      />
    </SectionView>
  );
}

/** Edits format, levels and log group. */
export function MonitoringEdit({ onDone }: { readonly onDone: () => void }) {
  const { functionName, configuration } = useCurrentFunction();
  const now = configuration.LoggingConfig ?? {};
  const [format, setFormat] = useState<LogFormat>(now.LogFormat ?? "Text");
  const [application, setApplication] = useState<ApplicationLogLevel>(now.ApplicationLogLevel ?? "INFO");
  const [system, setSystem] = useState<SystemLogLevel>(now.SystemLogLevel ?? "INFO");
  const [group, setGroup] = useState(now.LogGroup ?? `/aws/lambda/${functionName}`);
  const [shown, setShown] = useState(false);
  const problem = /^[.\-_/#A-Za-z0-9]{1,512}$/.test(group) ? undefined : "Use 1 to 512 letters, numbers and . - _ / #";
  const isJson = format === "JSON";
  const LoggingConfig = { LogFormat: format, LogGroup: group, ...(isJson && { ApplicationLogLevel: application, SystemLogLevel: system }) };
  return (
    <EditForm
      title="Edit monitoring and operations tools"
      isValid={problem === undefined}
      onInvalid={() => setShown(true)}
      save={() =>
        send("lambda", "UpdateFunctionConfiguration", { FunctionName: functionName, RevisionId: configuration.RevisionId, LoggingConfig })
      }
      commands={[cliCommand("lambda", "update-function-configuration", { "function-name": functionName, "logging-config": LoggingConfig })]}
      onDone={onDone}
    >
      <SpaceBetween size="l">
        <FormField key="format" label="Log format">
          <RadioGroup
            value={format}
            items={[
              { value: "Text", label: "Text", description: "Plain lines, as the code prints them." },
              { value: "JSON", label: "JSON", description: "Each line is a record with time, level and request id." },
            ]}
            onChange={({ detail }) => setFormat(detail.value as LogFormat)}
          />
        </FormField>
        {isJson && (
          <FormField
            key="application"
            label="Application log level"
            description="Of what the code logs, less important lines are left out."
          >
            <Select
              selectedOption={{ value: application, label: application }}
              options={applicationLevels.map((value) => ({ value, label: value }))}
              onChange={({ detail }) => setApplication(detail.selectedOption.value as ApplicationLogLevel)}
            />
          </FormField>
        )}
        {isJson && (
          <FormField key="system" label="System log level" description="Of what the platform logs, less important lines are left out.">
            <Select
              selectedOption={{ value: system, label: system }}
              options={systemLevels.map((value) => ({ value, label: value }))}
              onChange={({ detail }) => setSystem(detail.selectedOption.value as SystemLogLevel)}
            />
          </FormField>
        )}
        <FormField key="group" label="Log group" description="Several functions may share one." errorText={shown ? problem : undefined}>
          <Input value={group} spellcheck={false} onChange={({ detail }) => setGroup(detail.value)} onBlur={() => setShown(true)} />
        </FormField>
      </SpaceBetween>
    </EditForm>
  );
}
