import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { keyOf, useAws } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { Loaded } from "../../../shared/loaded.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { ProvisionedTable } from "../provisioned-concurrency/provisioned-table.tsx";
import { EditForm } from "./edit-form.tsx";
import { limits, numberProblem } from "./limits.ts";
import type { SectionViewProps } from "./section.ts";
import { SectionView } from "./section-view.tsx";

const loopTexts: Readonly<Record<"Allow" | "Terminate", string>> = {
  Terminate: "Terminate: a circle of calls is stopped after 16 turns",
  Allow: "Allow: circles go on",
};

/** How many environments may run at once. */
export function ConcurrencyView({ onEdit }: SectionViewProps) {
  const { functionName, reservedConcurrentExecutions: reserved } = useCurrentFunction();
  const settings = useAws("lambda", "GetAccountSettings", {});
  const recursion = useAws("lambda", "GetFunctionRecursionConfig", { FunctionName: functionName });
  const { ConcurrentExecutions = 0, UnreservedConcurrentExecutions = 0 } = settings.data?.AccountLimit ?? {};
  return (
    <SpaceBetween size="l">
      <SectionView key="reserved" title="Concurrency" onEdit={onEdit}>
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
            { label: "Recursive loop detection", value: recursion.data ? loopTexts[recursion.data.RecursiveLoop ?? "Terminate"] : "-" },
          ]}
        />
      </SectionView>
      <ProvisionedTable key="provisioned" />
    </SpaceBetween>
  );
}

/** Edits the reservation, and whether circles are stopped. */
export function ConcurrencyEdit({ onDone }: { readonly onDone: () => void }) {
  const { functionName } = useCurrentFunction();
  const recursion = useAws("lambda", "GetFunctionRecursionConfig", { FunctionName: functionName });
  return (
    <Loaded query={recursion}>
      {({ RecursiveLoop = "Terminate" }) => <ConcurrencyForm recursiveLoop={RecursiveLoop} onDone={onDone} />}
    </Loaded>
  );
}

type RecursiveLoop = keyof typeof loopTexts;

function ConcurrencyForm({ recursiveLoop, onDone }: { readonly recursiveLoop: RecursiveLoop; readonly onDone: () => void }) {
  const { functionName, reservedConcurrentExecutions: reserved } = useCurrentFunction();
  const settings = useAws("lambda", "GetAccountSettings", {});
  const [kind, setKind] = useState(reserved === undefined ? "unreserved" : "reserved");
  const [text, setText] = useState(String(reserved ?? 10));
  const [loop, setLoop] = useState(recursiveLoop);
  const [shown, setShown] = useState(false);
  const cache = useQueryClient();
  const free = (settings.data?.AccountLimit?.UnreservedConcurrentExecutions ?? 1_000) + (reserved ?? 0) - limits.unreservedConcurrency;
  const problem =
    kind === "reserved" ? numberProblem(text, "Reserved concurrency", { min: 0, max: Math.max(free, 0) }, "executions") : undefined;
  return (
    <EditForm
      title="Edit concurrency"
      isValid={problem === undefined}
      onInvalid={() => setShown(true)}
      save={async () => {
        if (kind === "reserved") {
          await send("lambda", "PutFunctionConcurrency", { FunctionName: functionName, ReservedConcurrentExecutions: Number(text) });
        } else await send("lambda", "DeleteFunctionConcurrency", { FunctionName: functionName });
        if (loop === recursiveLoop) return;
        await send("lambda", "PutFunctionRecursionConfig", { FunctionName: functionName, RecursiveLoop: loop });
        await cache.invalidateQueries({ queryKey: keyOf("lambda", "GetFunctionRecursionConfig") });
      }}
      commands={[
        kind === "reserved"
          ? cliCommand("lambda", "put-function-concurrency", { "function-name": functionName, "reserved-concurrent-executions": text })
          : cliCommand("lambda", "delete-function-concurrency", { "function-name": functionName }),
        ...(loop === recursiveLoop
          ? []
          : [cliCommand("lambda", "put-function-recursion-config", { "function-name": functionName, "recursive-loop": loop })]),
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
        <FormField key="loop" label="Recursive loop detection">
          <RadioGroup
            value={loop}
            items={(["Terminate", "Allow"] as const).map((value) => ({ value, label: loopTexts[value] }))}
            onChange={({ detail }) => setLoop(detail.value as RecursiveLoop)}
          />
        </FormField>
      </SpaceBetween>
    </EditForm>
  );
}
