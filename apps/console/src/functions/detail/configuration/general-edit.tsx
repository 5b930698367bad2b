import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { send } from "../../../api/send.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { TimeoutInput } from "../../timeout-input.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { EditForm } from "./edit-form.tsx";
import { cpuShare } from "./general-view.tsx";
import { limits, numberProblem } from "./limits.ts";

interface Fields {
  readonly description: string;
  readonly memory: string;
  readonly storage: string;
  readonly minutes: string;
  readonly seconds: string;
}

/** Edits description, memory, storage and timeout. */
export function GeneralEdit({ onDone }: { readonly onDone: () => void }) {
  const { functionName, configuration } = useCurrentFunction();
  const { Description = "", MemorySize = 128, EphemeralStorage, Timeout = 3, RevisionId } = configuration;
  const [shown, setShown] = useState(false);
  const [fields, setFields] = useState<Fields>({
    description: Description,
    memory: String(MemorySize),
    storage: String(EphemeralStorage?.Size ?? 512),
    minutes: String(Math.floor(Timeout / 60)),
    seconds: String(Timeout % 60),
  });
  const problems = problemsOf(fields);
  const set = (change: Partial<Fields>): void => setFields((now) => ({ ...now, ...change }));
  const problem = (name: keyof typeof problems): string | undefined => (shown ? problems[name] : undefined);
  const settings = {
    Description: fields.description,
    MemorySize: Number(fields.memory),
    EphemeralStorage: { Size: Number(fields.storage) },
    Timeout: timeoutSeconds(fields),
  };
  return (
    <EditForm
      title="Edit general configuration"
      isValid={Object.values(problems).every((text) => text === undefined)}
      onInvalid={() => setShown(true)}
      save={() => send("lambda", "UpdateFunctionConfiguration", { FunctionName: functionName, RevisionId, ...settings })}
      commands={[
        cliCommand("lambda", "update-function-configuration", {
          "function-name": functionName,
          description: fields.description === "" && Description === "" ? undefined : fields.description,
          "memory-size": fields.memory,
          "ephemeral-storage": `Size=${fields.storage}`,
          timeout: timeoutSeconds(fields),
        }),
      ]}
      onDone={onDone}
    >
      <SpaceBetween size="l">
        <FormField
          key="description"
          label="Description"
          constraintText={`Up to ${limits.descriptionCharacters} characters`}
          errorText={problem("description")}
        >
          <Input value={fields.description} onChange={({ detail }) => set({ description: detail.value })} onBlur={() => setShown(true)} />
        </FormField>
        <FormField
          key="memory"
          label="Memory (MB)"
          description={`CPU comes in proportion: ${cpuShare(Number(fields.memory) || 0)}. ${limits.memoryMbPerCpu} MB are one vCPU.`}
          constraintText={`${limits.memoryMb.min} to ${limits.memoryMb.max} MB`}
          errorText={problem("memory")}
        >
          <Input
            value={fields.memory}
            type="number"
            inputMode="numeric"
            onChange={({ detail }) => set({ memory: detail.value })}
            onBlur={() => setShown(true)}
          />
        </FormField>
        <FormField
          key="storage"
          label="Ephemeral storage (MB)"
          description="The size of /tmp."
          constraintText={`${limits.ephemeralStorageMb.min} to ${limits.ephemeralStorageMb.max} MB`}
          errorText={problem("storage")}
        >
          <Input
            value={fields.storage}
            type="number"
            inputMode="numeric"
            onChange={({ detail }) => set({ storage: detail.value })}
            onBlur={() => setShown(true)}
          />
        </FormField>
        <FormField key="timeout" label="Timeout" constraintText="1 second to 15 minutes" errorText={problem("timeout")}>
          <TimeoutInput minutes={fields.minutes} seconds={fields.seconds} onChange={set} onBlur={() => setShown(true)} />
        </FormField>
      </SpaceBetween>
    </EditForm>
  );
}

const timeoutSeconds = ({ minutes, seconds }: Fields): number => Number(minutes) * 60 + Number(seconds);

function problemsOf(fields: Fields) {
  const timeout = timeoutSeconds(fields);
  return {
    description:
      fields.description.length > limits.descriptionCharacters ? `Use at most ${limits.descriptionCharacters} characters.` : undefined,
    memory: numberProblem(fields.memory, "Memory", limits.memoryMb, "MB"),
    storage: numberProblem(fields.storage, "Ephemeral storage", limits.ephemeralStorageMb, "MB"),
    timeout: numberProblem(String(timeout), "Timeout", limits.timeoutSeconds, "seconds"),
  };
}
