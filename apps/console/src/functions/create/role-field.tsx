import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { CliCommand } from "../../shared/cli-command.tsx";
import { ExistingRoleField } from "./existing-role-field.tsx";
import type { FieldProps } from "./field-props.ts";
import { newRoleName, type RoleChoice } from "./function-form.ts";
import { policyTemplates } from "./policy-templates.ts";

/** Which role the function runs as: three choices in sight, and what the chosen one needs. */
export function RoleField(props: FieldProps) {
  const { form, set } = props;
  return (
    <SpaceBetween size="m">
      <FormField
        key="choice"
        label="Execution role"
        description="What the function may do: it gets the permissions of this role. By default a role is made that can write logs."
        stretch
      >
        <RadioGroup
          ariaRequired
          value={form.roleChoice}
          onChange={({ detail }) => set({ roleChoice: detail.value as RoleChoice })}
          items={[
            {
              value: "basic",
              label: "Create a new role with basic Lambda permissions",
              description: form.roleChoice === "basic" && <NewRoleNote {...props} />,
            },
            { value: "existing", label: "Use an existing role" },
            { value: "templates", label: "Create a new role from AWS policy templates" },
          ]}
        />
      </FormField>
      {form.roleChoice === "existing" && <ExistingRoleField key="existing" {...props} />}
      {form.roleChoice === "templates" && <TemplatesField key="templates" {...props} />}
    </SpaceBetween>
  );
}

function NewRoleNote({ form }: FieldProps) {
  return (
    <>
      A role named <strong>{form.name === "" ? `<function name>-role-${form.roleSuffix}` : newRoleName(form)}</strong> will be made. It can
      write logs.
    </>
  );
}

function TemplatesField({ form, set, problem, touch }: FieldProps) {
  const chosen = policyTemplates.filter(({ id }) => form.templates.includes(id));
  const options = policyTemplates.map(({ id, label, service, description }) => ({ value: id, label, description, labelTag: service }));
  return (
    <SpaceBetween size="m">
      <FormField key="name" label="Role name" constraintText="Up to 64 letters, numbers, and +=,.@-_" errorText={problem("roleName")}>
        <Input
          value={form.roleName}
          placeholder="myRoleName"
          spellcheck={false}
          autoComplete={false}
          onChange={({ detail }) => set({ roleName: detail.value })}
          onBlur={() => touch("roleName")}
        />
      </FormField>
      <FormField
        key="templates"
        label="Policy templates"
        description="Each becomes a policy of the role. The permission to write logs is always added."
        errorText={problem("templates")}
      >
        <Multiselect
          options={options}
          selectedOptions={options.filter(({ value }) => form.templates.includes(value))}
          placeholder="Choose policy templates"
          filteringType="auto"
          deselectAriaLabel={({ label }) => `Remove ${label ?? ""}`}
          onChange={({ detail }) => set({ templates: detail.selectedOptions.flatMap(({ value }) => value ?? []) })}
          onBlur={() => touch("templates")}
        />
      </FormField>
      {chosen.length > 0 && (
        <ExpandableSection key="preview" headerText="Policies that the role will have">
          <SpaceBetween size="s">
            {chosen.map(({ id, policyName, document }) => (
              <div key={id}>
                <Box variant="awsui-key-label">{policyName}</Box>
                <CliCommand command={JSON.stringify(document, undefined, 2)} />
              </div>
            ))}
          </SpaceBetween>
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}
