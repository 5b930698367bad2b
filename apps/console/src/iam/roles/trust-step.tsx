import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tiles from "@cloudscape-design/components/tiles";
import { useMemo } from "react";
import { PolicyEditor } from "../policy-editor/policy-editor.tsx";
import { policyProblems } from "../policy-editor/policy-problems.ts";
import { AccountFields } from "./account-fields.tsx";
import type { TrustChoice } from "./role-form.ts";
import { trustedServices } from "./trusted-services.ts";
import type { RoleFieldProps } from "./use-role-form.ts";

/** The wizard's first step: who may assume the role. */
export function TrustStep(props: RoleFieldProps) {
  const { form, set } = props;
  return (
    <SpaceBetween size="l">
      <Container key="kind" header={<Header variant="h2">Trusted entity type</Header>}>
        <Tiles
          ariaLabel="Trusted entity type"
          columns={3}
          value={form.trust}
          onChange={({ detail }) => set({ trust: detail.value as TrustChoice })}
          items={[
            {
              value: "service",
              label: "AWS service",
              description: "Allow AWS services like Lambda, EventBridge or others to perform actions in this account.",
            },
            {
              value: "account",
              label: "AWS account",
              description: "Allow users and roles of this or another account to perform actions in this account.",
            },
            { value: "custom", label: "Custom trust policy", description: "Write a trust policy that says who may assume the role." },
          ]}
        />
      </Container>
      {form.trust === "service" && <ServiceField key="service" {...props} />}
      {form.trust === "account" && <AccountFields key="account" {...props} />}
      {form.trust === "custom" && <CustomTrustField key="custom" {...props} />}
    </SpaceBetween>
  );
}

const options = trustedServices.map(({ principal, label, description }) => ({
  value: principal,
  label,
  description,
  filteringTags: [principal],
  labelTag: principal,
}));

function ServiceField({ form, set, problem, touch }: RoleFieldProps) {
  return (
    <Container
      header={
        <Header variant="h2" description="The role can be passed to this service, which then acts with its permissions.">
          Use case
        </Header>
      }
    >
      <FormField label="Service or use case" errorText={problem("service")}>
        <Select
          options={options}
          selectedOption={options.find(({ value }) => value === form.service) ?? null}
          filteringType="auto"
          filteringAriaLabel="Find services"
          filteringPlaceholder="Find services"
          empty="No service matches. With a custom trust policy any service can be named."
          triggerVariant="option"
          onChange={({ detail }) => set({ service: detail.selectedOption.value ?? "" })}
          onBlur={() => touch("service")}
        />
      </FormField>
    </Container>
  );
}

function CustomTrustField({ form, set, problem }: RoleFieldProps) {
  const problems = useMemo(() => policyProblems(form.customTrust, "trust"), [form.customTrust]);
  return (
    <Container
      header={
        <Header variant="h2" description="Who may assume the role, and under which conditions.">
          Custom trust policy
        </Header>
      }
    >
      <FormField errorText={problem("customTrust")} stretch>
        <PolicyEditor
          value={form.customTrust}
          onChange={(customTrust) => set({ customTrust })}
          ariaLabel="Trust policy"
          kind="trust"
          problems={problems}
        />
      </FormField>
    </Container>
  );
}
