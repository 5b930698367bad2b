import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useAwsAll } from "../api/hooks.ts";
import { paging } from "../api/paging.ts";
import { problemOf } from "../api/problem.ts";

interface FunctionSelectProps {
  readonly label: string;
  readonly description?: string;
  /** The function that can't be chosen. */
  readonly without?: string;
  /** ARN of the one that is chosen; empty: none. */
  readonly arn: string;
  readonly problem: string | undefined;
  readonly onChange: (arn: string) => void;
}

/** Of more options only those in view are drawn. */
const mostDrawn = 200;

/** Chooses among the account's functions. */
export function FunctionSelect({ label, description, without, arn, problem, onChange }: FunctionSelectProps) {
  const functions = useAwsAll("lambda", "ListFunctions", {}, paging.ListFunctions);
  const options = (functions.data ?? [])
    .filter(({ FunctionName }) => FunctionName !== without)
    .map(({ FunctionName = "", FunctionArn = "", Description }) => ({
      value: FunctionArn,
      label: FunctionName,
      ...(Description && { description: Description }),
    }));
  return (
    <FormField label={label} errorText={problem} {...(description && { description })}>
      <Select
        selectedOption={options.find(({ value }) => value === arn) ?? null}
        options={options}
        placeholder="Choose a function"
        virtualScroll={options.length > mostDrawn}
        filteringType="auto"
        filteringAriaLabel="Find a function"
        empty="There is no other function yet."
        statusType={functions.data ? "finished" : functions.error ? "error" : "loading"}
        loadingText="Loading functions"
        errorText={functions.error ? problemOf(functions.error).message : ""}
        recoveryText="Try again"
        onLoadItems={() => {
          if (functions.error) void functions.refetch();
        }}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}
