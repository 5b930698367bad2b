import Checkbox from "@cloudscape-design/components/checkbox";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useAccountId } from "../account-id.ts";
import type { RoleFieldProps } from "./use-role-form.ts";

/** Which account's users and roles may assume the role, and whether they must know an external ID. */
export function AccountFields(props: RoleFieldProps) {
  const { form, set, problem, touch } = props;
  const own = useAccountId();
  return (
    <Container
      header={
        <Header variant="h2" description="Users and roles of the account may assume this role if their own policies allow it.">
          An AWS account
        </Header>
      }
    >
      <SpaceBetween size="l">
        <RadioGroup
          key="which"
          ariaLabel="Which account"
          value={form.account}
          onChange={({ detail }) => set({ account: detail.value === "another" ? "another" : "this" })}
          items={[
            { value: "this", label: `This account (${own})` },
            { value: "another", label: "Another AWS account" },
          ]}
        />
        {form.account === "another" && (
          <FormField key="id" label="Account ID" constraintText="12 digits" errorText={problem("accountId")}>
            <Input
              value={form.accountId}
              placeholder="123456789012"
              inputMode="numeric"
              autoComplete={false}
              ariaRequired
              onChange={({ detail }) => set({ accountId: detail.value.trim() })}
              onBlur={() => touch("accountId")}
            />
          </FormField>
        )}
        <ExternalIdField key="external" {...props} />
      </SpaceBetween>
    </Container>
  );
}

function ExternalIdField({ form, set, problem, touch }: RoleFieldProps) {
  return (
    <SpaceBetween size="s">
      <Checkbox
        key="wanted"
        checked={form.wantsExternalId}
        description="Whoever assumes the role must give it too. Use it when a third party assumes the role for you."
        onChange={({ detail }) => set({ wantsExternalId: detail.checked })}
      >
        Require external ID
      </Checkbox>
      {form.wantsExternalId && (
        <FormField
          key="id"
          label="External ID"
          constraintText="2 to 1,224 letters, numbers and +=,.@:/-_"
          errorText={problem("externalId")}
        >
          <Input
            value={form.externalId}
            autoComplete={false}
            spellcheck={false}
            ariaRequired
            onChange={({ detail }) => set({ externalId: detail.value })}
            onBlur={() => touch("externalId")}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}
