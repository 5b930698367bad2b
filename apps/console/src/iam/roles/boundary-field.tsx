import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useAwsAll } from "../../api/hooks.ts";
import { paging } from "../../api/paging.ts";
import { problemOf } from "../../api/problem.ts";
import { isAwsManaged } from "../policy-name.ts";

interface BoundaryFieldProps {
  /** Of a managed policy; empty for none. */
  readonly arn: string;
  readonly onChange: (arn: string) => void;
}

const none = { value: "", label: "No permissions boundary" };

/** Chooses the managed policy that bounds what a role may do. */
export function BoundaryField({ arn, onChange }: BoundaryFieldProps) {
  const policies = useAwsAll("iam", "ListPolicies", {}, paging.ListPolicies);
  const options = (policies.data ?? [])
    .map(({ Arn = "", PolicyName = "" }) => ({
      value: Arn,
      label: PolicyName,
      labelTag: isAwsManaged(Arn) ? "AWS managed" : "Customer managed",
    }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <FormField label="Boundary policy" description="The role may do what both its policies and this one allow.">
      <Select
        options={[none, ...options]}
        selectedOption={options.find(({ value }) => value === arn) ?? none}
        filteringType="auto"
        filteringAriaLabel="Find policies"
        filteringPlaceholder="Find policies"
        statusType={policies.data ? "finished" : policies.error ? "error" : "loading"}
        loadingText="Loading policies"
        errorText={policies.error ? problemOf(policies.error).message : ""}
        recoveryText="Try again"
        onLoadItems={() => {
          if (policies.error) void policies.refetch();
        }}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}
