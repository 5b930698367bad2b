import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { problemOf } from "../api/problem.ts";
import type { Answer } from "./answer.ts";

/** A resource to choose. */
export interface ResourceOption {
  /** Its ARN, or its name where that says which one it is. */
  readonly value: string;
  readonly label: string;
  readonly description?: string;
}

/** What the field of every kind of resource is given. */
export interface ResourceFieldProps {
  readonly label: string;
  readonly description?: string;
  /** What is wrong with the choice. */
  readonly problem: string | undefined;
}

interface ResourceSelectProps extends ResourceFieldProps {
  /** `queue` */
  readonly noun: string;
  readonly options: Answer<readonly ResourceOption[]>;
  /** Value of the one that is chosen; empty: none. */
  readonly value: string;
  /** The name of one that is not, or not yet, among the options. */
  readonly nameOf?: (value: string) => string;
  /** Shown where there is none to choose. */
  readonly empty: string;
  readonly onChange: (value: string) => void;
}

/** Of more options only those in view are drawn. */
const mostDrawn = 200;

/** Chooses among the account's resources of a kind. */
export function ResourceSelect({
  label,
  description,
  problem,
  noun,
  options: { data, error, refetch },
  value,
  nameOf = (name) => name,
  empty,
  onChange,
}: ResourceSelectProps) {
  const options = data ?? [];
  const chosen = options.find((option) => option.value === value) ?? (value === "" ? null : { value, label: nameOf(value) });
  return (
    <FormField label={label} errorText={problem} {...(description && { description })}>
      <Select
        selectedOption={chosen}
        options={options}
        placeholder={`Choose a ${noun}`}
        virtualScroll={options.length > mostDrawn}
        filteringType="auto"
        filteringAriaLabel={`Find a ${noun}`}
        empty={empty}
        statusType={data ? "finished" : error ? "error" : "loading"}
        loadingText={`Loading ${noun}s`}
        errorText={error ? problemOf(error).message : ""}
        recoveryText="Try again"
        onLoadItems={() => {
          if (error) void refetch();
        }}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}
