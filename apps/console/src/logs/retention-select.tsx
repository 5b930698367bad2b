import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { retentionDays, retentionText } from "./retention.ts";

const never = { value: "never", label: retentionText(undefined) };

/** How long lines are kept. */
export function RetentionSelect({
  days,
  onDays,
}: {
  readonly days: number | undefined;
  readonly onDays: (days: number | undefined) => void;
}) {
  return (
    <FormField label="Retention" description="Older lines are removed.">
      <Select
        selectedOption={days === undefined ? never : { value: String(days), label: retentionText(days) }}
        options={[never, ...retentionDays.map((count) => ({ value: String(count), label: retentionText(count) }))]}
        onChange={({ detail }) => onDays(detail.selectedOption.value === "never" ? undefined : Number(detail.selectedOption.value))}
      />
    </FormField>
  );
}
