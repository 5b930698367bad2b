import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRuntimeChoices } from "../functions/create/runtime-choices.ts";
import { ZipFileInput } from "../functions/upload/zip-file-input.tsx";
import { layerLimits, type LayerFacts, type problemsOf } from "./layer-facts.ts";

interface LayerFieldsProps {
  readonly facts: LayerFacts;
  readonly isNameFixed: boolean;
  readonly file: File | undefined;
  readonly problems: Partial<ReturnType<typeof problemsOf> & { readonly file: string | undefined }>;
  readonly onChange: (change: Partial<LayerFacts>) => void;
  readonly onFile: (file: File | undefined) => void;
}

/** What a layer version is made of. */
export function LayerFields({ facts, isNameFixed, file, problems, onChange, onFile }: LayerFieldsProps) {
  const { choices, isLoading } = useRuntimeChoices();
  const options = choices.map(({ runtime, label }) => ({ value: runtime, label, description: runtime }));
  return (
    <SpaceBetween size="l">
      <FormField key="name" label="Name" constraintText="Up to 64 letters, numbers, hyphens and underscores" errorText={problems.name}>
        <Input
          value={facts.name}
          disabled={isNameFixed}
          autoFocus={!isNameFixed}
          spellcheck={false}
          onChange={({ detail }) => onChange({ name: detail.value })}
        />
      </FormField>
      <FormField key="description" label="Description - optional" errorText={problems.description}>
        <Input value={facts.description} onChange={({ detail }) => onChange({ description: detail.value })} />
      </FormField>
      <FormField
        key="file"
        label="Package"
        description="Its root becomes /opt: libraries go under python/, nodejs/node_modules/, lib/ or bin/."
        errorText={problems.file}
      >
        <ZipFileInput file={file} onChange={onFile} />
      </FormField>
      <FormField key="architectures" label="Compatible architectures - optional">
        <SpaceBetween direction="horizontal" size="l">
          {["x86_64", "arm64"].map((name) => (
            <Checkbox
              key={name}
              checked={facts.architectures.includes(name)}
              onChange={({ detail }) =>
                onChange({
                  architectures: detail.checked ? [...facts.architectures, name] : facts.architectures.filter((one) => one !== name),
                })
              }
            >
              {name}
            </Checkbox>
          ))}
        </SpaceBetween>
      </FormField>
      <FormField
        key="runtimes"
        label="Compatible runtimes - optional"
        constraintText={`Up to ${layerLimits.runtimes}. Whoever adds a layer is shown those that fit first.`}
        errorText={problems.runtimes}
      >
        <Multiselect
          selectedOptions={options.filter(({ value }) => facts.runtimes.includes(value))}
          options={options}
          placeholder="Choose runtimes"
          filteringType="auto"
          filteringAriaLabel="Find a runtime"
          statusType={isLoading && options.length === 0 ? "loading" : "finished"}
          deselectAriaLabel={({ label }) => `Remove ${label}`}
          onChange={({ detail }) => onChange({ runtimes: detail.selectedOptions.map(({ value = "" }) => value) })}
        />
      </FormField>
      <FormField
        key="license"
        label="License - optional"
        description="An SPDX identifier, a link or the text."
        errorText={problems.license}
      >
        <Input value={facts.license} spellcheck={false} onChange={({ detail }) => onChange({ license: detail.value })} />
      </FormField>
    </SpaceBetween>
  );
}
