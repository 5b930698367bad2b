import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useAws } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { EditForm } from "./edit-form.tsx";
import { limits, numberProblem } from "./limits.ts";
import type { SectionViewProps } from "./section.ts";
import { SectionView } from "./section-view.tsx";

/** How many environments may run at once. */
export function ConcurrencyView({ onEdit }: SectionViewProps) {
  const { reservedConcurrentExecutions: reserved } = useCurrentFunction();
  const settings = useAws("lambda", "GetAccountSettings", {});
  const { ConcurrentExecutions = 0, UnreservedConcurrentExecutions = 0 } = settings.data?.AccountLimit ?? {};
  return (
    <SectionView title="Concurrency" onEdit={onEdit}>
      <KeyValuePairs
        columns={3}
        items={[
          {
            label: "Function concurrency",
            value:
              reserved === undefined
                ? "Use unreserved account concurrency"
                : `Reserved: ${reserved}${reserved === 0 ? " (throttled)" : ""}`,
          },
          { label: "Unreserved account concurrency", value: settings.data ? UnreservedConcurrentExecutions : "-" },
          { label: "Account concurrency", value: settings.data ? ConcurrentExecutions : "-" },
          { label: "Provisioned concurrency", value: "Not built yet" },
          { label: "Recursive loop detection", value: "Not built yet" },
        ]}
      />
    </SectionView>
  );
}

/** Edits the reservation. */
export function ConcurrencyEdit({ onDone }: { readonly onDone: () => void }) {
  const { functionName, reservedConcurrentExecutions: reserved } = useCurrentFunction();
  const settings = useAws("lambda", "GetAccountSettings", {});
  const [kind, setKind] = useState(reserved === undefined ? "unreserved" : "reserved");
  const [text, setText] = useState(String(reserved ?? 10));
  const [shown, setShown] = useState(false);
  const free = (settings.data?.AccountLimit?.UnreservedConcurrentExecutions ?? 1_000) + (reserved ?? 0) - limits.unreservedConcurrency;
  const problem =
    kind === "reserved" ? numberProblem(text, "Reserved concurrency", { min: 0, max: Math.max(free, 0) }, "executions") : undefined;
  return (
    <EditForm
      title="Edit concurrency"
      isValid={problem === undefined}
      onInvalid={() => setShown(true)}
      save={() =>
        kind === "reserved"
          ? send("lambda", "PutFunctionConcurrency", { FunctionName: functionName, ReservedConcurrentExecutions: Number(text) })
          : send("lambda", "DeleteFunctionConcurrency", { FunctionName: functionName })
      }
      commands={[
        kind === "reserved"
          ? cliCommand("lambda", "put-function-concurrency", { "function-name": functionName, "reserved-concurrent-executions": text })
          : cliCommand("lambda", "delete-function-concurrency", { "function-name": functionName }),
      ]}
      onDone={onDone}
    >
      <SpaceBetween size="l">
        <FormField key="kind" label="Concurrency">
          <RadioGroup
            value={kind}
            items={[
              { value: "unreserved", label: "Use unreserved account concurrency", description: "Shares what no function has reserved." },
              {
                value: "reserved",
                label: "Reserve concurrency",
                description: "At most this many run at once, and as many are kept for this function. 0 stops it.",
              },
            ]}
            onChange={({ detail }) => setKind(detail.value)}
          />
        </FormField>
        {kind === "reserved" && (
          <FormField
            key="count"
            label="Reserved concurrency"
            constraintText={`0 to ${free}; ${limits.unreservedConcurrency} must stay for all others.`}
            errorText={shown ? problem : undefined}
          >
            <Input
              value={text}
              type="number"
              inputMode="numeric"
              onChange={({ detail }) => setText(detail.value)}
              onBlur={() => setShown(true)}
            />
          </FormField>
        )}
      </SpaceBetween>
    </EditForm>
  );
}
