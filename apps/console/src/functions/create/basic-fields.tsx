import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import type { FieldProps } from "./field-props.ts";
import type { FunctionForm } from "./function-form.ts";
import { isDeprecated, latestOf, newestFirst, useRuntimeChoices, type RuntimeChoice } from "./runtime-choices.ts";
import { editableFamilies, familyOf } from "./starter-code.ts";

/** The function's name, checked as it is typed. */
export function NameField({ form, set, problem, touch }: FieldProps) {
  return (
    <FormField
      label="Function name"
      description="Enter a name that describes the purpose of your function."
      constraintText="1 to 64 characters, unique in the Region. Use letters, numbers, hyphens, and underscores, no spaces."
      errorText={problem("name")}
    >
      <Input
        value={form.name}
        placeholder="myFunctionName"
        autoFocus
        autoComplete={false}
        spellcheck={false}
        ariaRequired
        // A field that nobody has typed into is not blamed for being empty before Create is chosen.
        onChange={({ detail }) => {
          set({ name: detail.value });
          if (detail.value !== "") touch("name");
        }}
      />
    </FormField>
  );
}

/** The runtime: what this machine runs can be chosen, the rest says why not. */
export function RuntimeField({ form, set, problem, touch }: FieldProps) {
  const { choices, isLoading, refresh } = useRuntimeChoices();
  const options = runtimeOptions(choices);
  const selected = options.flatMap((group) => group.options).find(({ value }) => value === form.runtime);
  const family = familyOf(form.runtime);
  return (
    <FormField
      label="Runtime"
      description="The language of your function. The console's code editor supports only Node.js, Python, and Ruby."
      errorText={problem("runtime")}
      warningText={
        form.runtime === "" || editableFamilies.includes(family)
          ? noteOf(choices.find(({ runtime }) => runtime === form.runtime))
          : "Its code is built elsewhere and uploaded as a .zip file."
      }
      secondaryControl={<Button iconName="refresh" ariaLabel="Refresh runtimes" formAction="none" loading={isLoading} onClick={refresh} />}
    >
      <Select
        options={options}
        selectedOption={selected ?? { value: form.runtime, label: form.runtime }}
        filteringType="auto"
        filteringAriaLabel="Find runtimes"
        filteringPlaceholder="Find runtimes"
        statusType={choices.length === 0 ? "loading" : "finished"}
        loadingText="Loading runtimes"
        ariaRequired
        onChange={({ detail }) => set({ runtime: detail.selectedOption.value ?? "" })}
        onBlur={() => touch("runtime")}
      />
    </FormField>
  );
}

function runtimeOptions(choices: readonly RuntimeChoice[]): { readonly label: string; readonly options: readonly SelectProps.Option[] }[] {
  const latest = latestOf(choices);
  const others = choices
    .filter((choice) => !latest.includes(choice))
    .toSorted((a, b) => Number(b.available) - Number(a.available) || a.family.localeCompare(b.family) || newestFirst(a, b));
  return [
    { label: "Latest supported", options: latest.map(runtimeOption) },
    { label: "Other supported", options: others.filter(({ available }) => available).map(runtimeOption) },
    { label: "Not available here", options: others.filter(({ available }) => !available).map(runtimeOption) },
  ].filter(({ options }) => options.length > 0);
}

function runtimeOption(choice: RuntimeChoice): SelectProps.Option {
  const { runtime, label, available, note } = choice;
  return {
    value: runtime,
    label,
    filteringTags: [runtime],
    ...(note && available && { description: note }),
    ...(isDeprecated(choice) && { labelTag: "Deprecated" }),
    ...(!available && { disabled: true, disabledReason: note ?? "This machine cannot run it." }),
  };
}

function noteOf(choice: RuntimeChoice | undefined): string | undefined {
  if (choice === undefined) return undefined;
  const deprecated = isDeprecated(choice) ? `AWS deprecated this runtime on ${choice.deprecatedOn}.` : undefined;
  return [deprecated, choice.note].filter((text) => text !== undefined).join(" ") || undefined;
}

/** The instruction set that the function is for. */
export function ArchitectureField({ form, set }: FieldProps) {
  return (
    <FormField
      label="Architecture"
      description="The instruction set that the function's code is for. Interpreted code runs on this machine's own processor either way."
    >
      <RadioGroup
        value={form.architecture}
        onChange={({ detail }) => set({ architecture: detail.value as FunctionForm["architecture"] })}
        items={[
          { value: "x86_64", label: "x86_64" },
          { value: "arm64", label: "arm64" },
        ]}
      />
    </FormField>
  );
}
