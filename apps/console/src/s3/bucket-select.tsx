import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { problemOf } from "../api/problem.ts";
import { useBuckets } from "./bucket.ts";

interface BucketSelectProps {
  readonly label: string;
  readonly description?: string;
  /** Name of the one that is chosen; empty: none. */
  readonly bucket: string;
  readonly problem: string | undefined;
  readonly onChange: (bucket: string) => void;
}

/** Chooses among the account's buckets. */
export function BucketSelect({ label, description, bucket, problem, onChange }: BucketSelectProps) {
  const buckets = useBuckets({ staleTime: 0 });
  const options = (buckets.data ?? []).map(({ name, region }) => ({ value: name, label: name, description: region }));
  const chosen = options.find(({ value }) => value === bucket) ?? (bucket === "" ? null : { value: bucket, label: bucket });
  return (
    <FormField label={label} errorText={problem} {...(description && { description })}>
      <Select
        selectedOption={chosen}
        options={options}
        placeholder="Choose a bucket"
        virtualScroll={options.length > 200}
        filteringType="auto"
        filteringAriaLabel="Find a bucket"
        empty="There is no bucket yet."
        statusType={buckets.data ? "finished" : buckets.error ? "error" : "loading"}
        loadingText="Loading buckets"
        errorText={buckets.error ? problemOf(buckets.error).message : ""}
        recoveryText="Try again"
        onLoadItems={() => {
          if (buckets.error) void buckets.refetch();
        }}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}
