import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { Runtime } from "@aws-sdk/client-lambda";
import { useState } from "react";
import { useAws } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { Breakable } from "../../../shared/breakable.tsx";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { EditForm } from "./edit-form.tsx";
import type { SectionViewProps } from "./section.ts";
import { SectionView } from "./section-view.tsx";

/** Runtime, handler and architecture, and what runs the runtime on this machine. */
export function RuntimeView({ onEdit }: SectionViewProps) {
  const { Runtime, Handler, Architectures } = useCurrentFunction().configuration;
  const runtimes = useAws("mayfly", "ListRuntimes", {});
  const info = runtimes.data?.Runtimes.find((candidate) => candidate.Runtime === Runtime);
  return (
    <SectionView title="Runtime settings" onEdit={onEdit}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: "Runtime", value: Runtime ?? "-" },
          { label: "Handler", value: <Breakable text={Handler ?? "-"} /> },
          { label: "Architecture", value: Architectures?.[0] ?? "x86_64" },
          { label: "Run on this machine by", value: <Breakable text={info?.Interpreter ?? info?.Note ?? "-"} /> },
          ...(info?.DeprecationDate ? [{ label: "Deprecated by AWS on", value: info.DeprecationDate }] : []),
        ]}
      />
    </SectionView>
  );
}

/** Edits runtime and handler. */
export function RuntimeEdit({ onDone }: { readonly onDone: () => void }) {
  const { functionName, configuration } = useCurrentFunction();
  const [runtime, setRuntime] = useState(configuration.Runtime ?? "");
  const [handler, setHandler] = useState(configuration.Handler ?? "");
  const [shown, setShown] = useState(false);
  const runtimes = useAws("mayfly", "ListRuntimes", {});
  const options = (runtimes.data?.Runtimes ?? []).map((info) => ({
    value: info.Runtime,
    label: info.Runtime,
    disabled: !info.Available,
    ...(info.Note && (info.Available ? { description: info.Note } : { disabledReason: info.Note })),
  }));
  const problem = /^\S{1,128}$/.test(handler)
    ? undefined
    : "The handler must have 1 to 128 characters and no spaces, for example lambda_function.lambda_handler.";
  return (
    <EditForm
      title="Edit runtime settings"
      isValid={problem === undefined}
      onInvalid={() => setShown(true)}
      save={() =>
        send("lambda", "UpdateFunctionConfiguration", {
          FunctionName: functionName,
          RevisionId: configuration.RevisionId,
          Runtime: runtime as Runtime,
          Handler: handler,
        })
      }
      commands={[cliCommand("lambda", "update-function-configuration", { "function-name": functionName, runtime, handler })]}
      onDone={onDone}
    >
      <SpaceBetween size="l">
        <FormField key="runtime" label="Runtime" description="What this machine can't run is disabled, with the reason.">
          <Select
            selectedOption={{ value: runtime, label: runtime }}
            options={options}
            statusType={runtimes.isPending ? "loading" : "finished"}
            filteringType="auto"
            onChange={({ detail }) => setRuntime(detail.selectedOption.value ?? runtime)}
          />
        </FormField>
        <FormField
          key="handler"
          label="Handler"
          description="The file and the function in it that Lambda calls."
          errorText={shown ? problem : undefined}
        >
          <Input value={handler} spellcheck={false} onChange={({ detail }) => setHandler(detail.value)} onBlur={() => setShown(true)} />
        </FormField>
      </SpaceBetween>
    </EditForm>
  );
}
