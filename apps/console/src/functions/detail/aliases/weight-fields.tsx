import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import Slider from "@cloudscape-design/components/slider";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { sharesOfFields, type AliasFields, type problemsOf } from "./alias-form.ts";
import { TrafficBar } from "./traffic-bar.tsx";
import "./weight-fields.css";

interface WeightFieldsProps {
  readonly fields: AliasFields;
  /** The versions that may take a part. */
  readonly options: readonly SelectProps.Option[];
  readonly problems: ReturnType<typeof problemsOf>;
  readonly onChange: (change: Partial<AliasFields>) => void;
}

/** Which second version takes how much of the alias's traffic. */
export function WeightFields({ fields, options, problems, onChange }: WeightFieldsProps) {
  const { additionalVersion, percent } = fields;
  const none = { value: "", label: "None: all goes to the version above" };
  return (
    <SpaceBetween size="m">
      <FormField
        key="version"
        label="Additional version - optional"
        description="Takes a part of the traffic, for example to try it before all callers have it."
        errorText={problems.additionalVersion}
      >
        <Select
          selectedOption={options.find(({ value }) => value === additionalVersion) ?? none}
          options={[none, ...options]}
          filteringType="auto"
          filteringAriaLabel="Find a version"
          empty="There is no other version yet."
          onChange={({ detail }) => onChange({ additionalVersion: detail.selectedOption.value ?? "" })}
        />
      </FormField>
      {additionalVersion !== "" && (
        <FormField key="percent" label="Weight" errorText={problems.percent}>
          <div className="weight-fields">
            <div className="weight-slider">
              <Slider
                ariaLabel={`Weight of version ${additionalVersion}`}
                value={problems.percent ? 0 : Math.round(Number(percent))}
                min={0}
                max={100}
                valueFormatter={(value) => `${value}%`}
                referenceValues={[25, 50, 75]}
                onChange={({ detail }) => onChange({ percent: String(detail.value) })}
              />
            </div>
            <div className="weight-number">
              <Input
                type="number"
                inputMode="decimal"
                step="any"
                ariaLabel={`Weight of version ${additionalVersion} in percent`}
                value={percent}
                onChange={({ detail }) => onChange({ percent: detail.value })}
              />
              <span>%</span>
            </div>
          </div>
        </FormField>
      )}
      {additionalVersion !== "" && <TrafficBar key="traffic" label="Traffic as it would be" shares={sharesOfFields(fields)} />}
    </SpaceBetween>
  );
}
