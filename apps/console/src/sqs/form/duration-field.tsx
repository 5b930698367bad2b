import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { unitSeconds, type Duration, type DurationUnit } from "./duration.ts";

interface DurationFieldProps {
  readonly label: string;
  readonly description: string;
  readonly value: Duration;
  readonly problem: string | undefined;
  readonly onChange: (value: Duration) => void;
}

const units = (Object.keys(unitSeconds) as DurationUnit[]).map((unit) => ({ value: unit, label: unit }));

/** A stretch of time: a number and its unit. */
export function DurationField({ label, description, value, problem, onChange }: DurationFieldProps) {
  return (
    <FormField label={label} description={description} errorText={problem}>
      <div className="duration-field">
        <Input
          ariaLabel={label}
          value={value.amount}
          type="number"
          inputMode="numeric"
          onChange={({ detail }) => onChange({ ...value, amount: detail.value })}
        />
        <Select
          ariaLabel={`${label}, unit`}
          selectedOption={{ value: value.unit, label: value.unit }}
          options={units}
          onChange={({ detail }) => onChange({ ...value, unit: detail.selectedOption.value as DurationUnit })}
        />
      </div>
    </FormField>
  );
}
