import type { LayersListItem } from "@aws-sdk/client-lambda";
import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { problemOf } from "../../../api/problem.ts";
import { isCompatible } from "../../../layers/layer-facts.ts";
import { useLayers, useLayerVersions } from "../../../layers/use-layers.ts";
import { FormDialog } from "../../../shared/form-dialog.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { layersCommand, useSaveLayers } from "./use-save-layers.ts";

interface AddLayerDialogProps {
  /** Those that the function has. */
  readonly arns: readonly string[];
  readonly onClose: () => void;
}

type Source = "own" | "arn";

const arnRule = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:layer:[\w-]+:\d+$/;

/** Adds a layer of the account's own, those that fit first, or any by its ARN. It comes last in the order. */
export function AddLayerDialog({ arns, onClose }: AddLayerDialogProps) {
  const { functionName } = useCurrentFunction();
  const [source, setSource] = useState<Source>("own");
  const [own, setOwn] = useState("");
  const [typed, setTyped] = useState("");
  const [isShown, setShown] = useState(false);
  const save = useSaveLayers();
  const arn = source === "own" ? own : typed.trim();
  const next = [...arns, arn || "ARN"];
  const problem = problemOfArn(arn, source, arns);
  return (
    <FormDialog
      title="Add a layer"
      action="Add"
      isValid={problem === undefined}
      onInvalid={() => setShown(true)}
      submit={() => save(next)}
      commands={[layersCommand(functionName, next)]}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <FormField key="source" label="Layer source">
          <RadioGroup
            value={source}
            items={[
              { value: "own", label: "Custom layers", description: "Those of this account." },
              { value: "arn", label: "Specify an ARN", description: "Another account's, if it lets this one use it." },
            ]}
            onChange={({ detail }) => setSource(detail.value as Source)}
          />
        </FormField>
        {source === "own" ? (
          <OwnLayer key="own" arn={own} problem={isShown ? problem : undefined} onChange={setOwn} />
        ) : (
          <FormField key="arn" label="Layer version ARN" errorText={isShown ? problem : undefined}>
            <Input
              value={typed}
              placeholder="arn:aws:lambda:us-east-1:123456789012:layer:NAME:1"
              spellcheck={false}
              onChange={({ detail }) => setTyped(detail.value)}
            />
          </FormField>
        )}
      </SpaceBetween>
    </FormDialog>
  );
}

function problemOfArn(arn: string, source: Source, arns: readonly string[]): string | undefined {
  if (source === "own" && arn === "") return "Choose a layer and its version.";
  if (!arnRule.test(arn)) return "A layer version's ARN ends with :layer:NAME:VERSION.";
  const layer = arn.replace(/:\d+$/, "");
  return arns.some((has) => has.replace(/:\d+$/, "") === layer) ? "The function has this layer already. Remove it first." : undefined;
}

interface OwnLayerProps {
  /** Of the version that is chosen; empty: none. */
  readonly arn: string;
  readonly problem: string | undefined;
  readonly onChange: (arn: string) => void;
}

function OwnLayer({ arn, problem, onChange }: OwnLayerProps) {
  const { configuration } = useCurrentFunction();
  const layers = useLayers();
  const [name, setName] = useState<string>();
  const versions = useLayerVersions(name);
  const version = versions.data?.find(({ LayerVersionArn }) => LayerVersionArn === arn);
  const fits = (layer: LayersListItem): boolean => isCompatible(layer.LatestMatchingVersion ?? {}, configuration);
  const all = layers.data ?? [];
  return (
    <SpaceBetween size="m">
      <FormField key="layer" label="Layer" errorText={problem}>
        <Select
          selectedOption={name === undefined ? null : { value: name, label: name }}
          options={[
            ...groupOf("Made for this function's runtime and architecture", all.filter(fits)),
            ...groupOf(
              "Others",
              all.filter((layer) => !fits(layer)),
            ),
          ]}
          placeholder="Choose a layer"
          filteringType="auto"
          filteringAriaLabel="Find a layer"
          empty="There is no layer yet: create one under Layers."
          statusType={layers.data ? "finished" : layers.error ? "error" : "loading"}
          loadingText="Loading layers"
          errorText={layers.error ? problemOf(layers.error).message : ""}
          recoveryText="Try again"
          onLoadItems={() => {
            if (layers.error) void layers.refetch();
          }}
          onChange={({ detail }) => {
            setName(detail.selectedOption.value);
            const chosen = all.find(({ LayerName }) => LayerName === detail.selectedOption.value);
            onChange(chosen?.LatestMatchingVersion?.LayerVersionArn ?? "");
          }}
        />
      </FormField>
      {name !== undefined && (
        <FormField key="version" label="Version">
          <Select
            selectedOption={{ value: arn, label: arn.split(":").at(-1) ?? "" }}
            options={(versions.data ?? []).map(({ Version, LayerVersionArn = "", Description }) => ({
              value: LayerVersionArn,
              label: String(Version),
              ...(Description && { description: Description }),
            }))}
            statusType={versions.data ? "finished" : "loading"}
            loadingText="Loading versions"
            onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
          />
        </FormField>
      )}
      {version && !isCompatible(version, configuration) && (
        <Alert key="unfit" type="warning">
          It says that it was made for {[...(version.CompatibleRuntimes ?? []), ...(version.CompatibleArchitectures ?? [])].join(", ")}.
          Lambda adds it all the same.
        </Alert>
      )}
    </SpaceBetween>
  );
}

function groupOf(label: string, layers: readonly LayersListItem[]): SelectProps.OptionGroup[] {
  const options = layers.map(({ LayerName = "", LatestMatchingVersion }) => ({
    value: LayerName,
    label: LayerName,
    description: [LatestMatchingVersion?.Description, LatestMatchingVersion?.CompatibleRuntimes?.join(", ")].filter(Boolean).join("; "),
  }));
  return options.length === 0 ? [] : [{ label, options }];
}
