import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useAddressState } from "../../shared/address-state.ts";
import { AdditionalSettings } from "./additional-settings.tsx";
import { ArchitectureField, NameField, RuntimeField } from "./basic-fields.tsx";
import { CreateForm } from "./create-form.tsx";
import { requestOf } from "./function-form.ts";
import { RoleField } from "./role-field.tsx";
import { useRuntimeChoices, defaultRuntime } from "./runtime-choices.ts";
import { useFunctionForm } from "./use-function-form.ts";

/** Author from scratch. */
export function FromScratch() {
  const { choices } = useRuntimeChoices();
  const [roleArn] = useAddressState("role");
  const state = useFunctionForm(defaultRuntime(choices), () =>
    roleArn === undefined ? {} : { roleChoice: "existing", existingRole: roleArn },
  );
  return (
    <CreateForm state={state} request={requestOf(state.form)} isLoading={choices.length === 0}>
      <Container key="basic" header={<Header variant="h2">Basic information</Header>}>
        <SpaceBetween size="l">
          <NameField key="name" {...state} />
          <RuntimeField key="runtime" {...state} />
          <ArchitectureField key="architecture" {...state} />
        </SpaceBetween>
      </Container>
      <Container
        key="permissions"
        header={
          <Header variant="h2" description="By default, Lambda creates an execution role with permission to write logs.">
            Permissions
          </Header>
        }
      >
        <RoleField {...state} />
      </Container>
      <AdditionalSettings key="more" {...state} />
    </CreateForm>
  );
}
