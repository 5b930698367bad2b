import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { variableKeyProblem } from "../detail/configuration/environment-rules.ts";
import { limits } from "../detail/configuration/limits.ts";
import { PairsEditor } from "../detail/configuration/pairs-editor.tsx";
import { TimeoutInput } from "../timeout-input.tsx";
import type { FieldProps } from "./field-props.ts";
import { tagProblem } from "./function-form.ts";
import { NotYetSettings } from "./not-yet-settings.tsx";

const fields = ["description", "memory", "timeout", "variables", "tags"] as const;

/** What can also be set later: description, memory, timeout, variables, tags. */
export function AdditionalSettings(props: FieldProps) {
  const [open, setOpen] = useState(false);
  const isWrong = fields.some((name) => props.problem(name) !== undefined);
  return (
    <ExpandableSection
      variant="container"
      headerText="Additional settings"
      headerDescription="Description, memory, timeout, environment variables and tags. All of it can be changed later."
      expanded={open || isWrong}
      onChange={({ detail }) => setOpen(detail.expanded)}
    >
      <SpaceBetween size="l">
        <SizeFields key="size" {...props} />
        <PairFields key="pairs" {...props} />
        <NotYetSettings key="not-yet" />
      </SpaceBetween>
    </ExpandableSection>
  );
}

function SizeFields({ form, set, problem, touch }: FieldProps) {
  return (
    <SpaceBetween size="l">
      <FormField
        key="description"
        label={
          <>
            Description <i>- optional</i>
          </>
        }
        constraintText={`Up to ${limits.descriptionCharacters} characters`}
        errorText={problem("description")}
      >
        <Input value={form.description} onChange={({ detail }) => set({ description: detail.value })} onBlur={() => touch("description")} />
      </FormField>
      <FormField
        key="memory"
        label="Memory (MB)"
        constraintText={`${limits.memoryMb.min} to ${limits.memoryMb.max} MB. CPU comes in proportion: ${limits.memoryMbPerCpu} MB are one vCPU.`}
        errorText={problem("memory")}
      >
        <Input
          value={form.memory}
          type="number"
          inputMode="numeric"
          onChange={({ detail }) => set({ memory: detail.value })}
          onBlur={() => touch("memory")}
        />
      </FormField>
      <FormField key="timeout" label="Timeout" constraintText="Minutes and seconds: 1 second to 15 minutes" errorText={problem("timeout")}>
        <TimeoutInput minutes={form.minutes} seconds={form.seconds} onChange={set} onBlur={() => touch("timeout")} />
      </FormField>
    </SpaceBetween>
  );
}

function PairFields({ form, set, problem }: FieldProps) {
  const showVariables = problem("variables") !== undefined;
  const showTags = problem("tags") !== undefined;
  return (
    <SpaceBetween size="l">
      <FormField
        key="variables"
        label="Environment variables"
        description="Read by the code; 4 KB in all."
        errorText={problem("variables")}
        stretch
      >
        <PairsEditor
          pairs={form.variables}
          onChange={(variables) => set({ variables })}
          noun="environment variable"
          keyProblem={(pair, index) => (showVariables || pair.key !== "" ? variableKeyProblem(pair, index, form.variables) : undefined)}
        />
      </FormField>
      <FormField
        key="tags"
        label="Tags"
        description="Labels that functions are found and told apart by."
        errorText={problem("tags")}
        stretch
      >
        <PairsEditor
          pairs={form.tags}
          onChange={(tags) => set({ tags })}
          noun="tag"
          most={limits.tags}
          keyProblem={(pair, index) => (showTags || pair.key !== "" ? tagProblem(pair, index, form.tags) : undefined)}
        />
      </FormField>
    </SpaceBetween>
  );
}
