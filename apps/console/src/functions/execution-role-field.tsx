import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Link from "@cloudscape-design/components/link";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReactNode } from "react";
import { useAwsAll } from "../api/hooks.ts";
import { paging } from "../api/paging.ts";
import { problemOf } from "../api/problem.ts";
import { hrefOf } from "../app/follow.ts";
import { paths } from "../app/paths.ts";
import { trustsLambda } from "./create/trusts-lambda.ts";

interface ExecutionRoleFieldProps {
  readonly label: string;
  /** ARN of the role that is chosen; empty: none. */
  readonly role: string;
  readonly problem: string | undefined;
  readonly onChange: (role: string) => void;
  /** The field has been left. */
  readonly onBlur?: () => void;
}

/** Chooses among the roles that Lambda may take on. */
export function ExecutionRoleField({ label, role, problem, onChange, onBlur }: ExecutionRoleFieldProps) {
  const roles = useAwsAll("iam", "ListRoles", {}, paging.ListRoles);
  const options = (roles.data ?? [])
    .filter(({ AssumeRolePolicyDocument }) => trustsLambda(AssumeRolePolicyDocument))
    .map(({ RoleName, Arn, Description }) => ({
      value: Arn ?? "",
      label: RoleName ?? "",
      ...(Description && { description: Description }),
    }));
  const selected = options.find(({ value }) => value === role);
  const status = roles.data ? "finished" : roles.error ? "error" : "loading";
  return (
    <FormField
      label={label}
      description="Roles that Lambda may take on. To write logs, the role needs the policy AWSLambdaBasicExecutionRole or its like."
      errorText={problem}
      secondaryControl={
        <Button
          iconName="refresh"
          ariaLabel="Refresh roles"
          formAction="none"
          loading={roles.isFetching}
          onClick={() => void roles.refetch()}
        />
      }
      constraintText={
        <SpaceBetween direction="horizontal" size="m">
          {selected && (
            <NewTabLink key="view" to={paths.role(selected.label)}>
              View the {selected.label} role
            </NewTabLink>
          )}
          <NewTabLink key="create" to={paths.createRole}>
            Create role
          </NewTabLink>
        </SpaceBetween>
      }
    >
      <Select
        options={options}
        // A role that has been deleted, or that Lambda may not take on any more, is shown by its name.
        selectedOption={selected ?? (role === "" ? null : { value: role, label: role.split("/").at(-1) ?? role })}
        placeholder="Choose a role"
        filteringType="auto"
        filteringAriaLabel="Find roles"
        filteringPlaceholder="Find roles"
        empty="No role lets Lambda take it on yet."
        statusType={status}
        loadingText="Loading roles"
        errorText={roles.error ? problemOf(roles.error).message : ""}
        recoveryText="Try again"
        onLoadItems={() => {
          if (roles.error) void roles.refetch();
        }}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
        {...(onBlur && { onBlur })}
      />
    </FormField>
  );
}

/** What is typed here stays; the list is asked for anew when somebody comes back to this tab. */
function NewTabLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return (
    <Link href={hrefOf(to)} external externalIconAriaLabel="Opens in a new tab">
      {children}
    </Link>
  );
}
