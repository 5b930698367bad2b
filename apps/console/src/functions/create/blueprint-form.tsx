import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { saveEvent } from "../detail/test/test-events.ts";
import type { Blueprint } from "./blueprints/blueprint.ts";
import { useBlueprintRuntime } from "./blueprint-runtime.ts";
import { NameField } from "./basic-fields.tsx";
import { CodePreview } from "./code-preview.tsx";
import { CreateForm } from "./create-form.tsx";
import { requestOf } from "./function-form.ts";
import { randomLetters } from "./random-name.ts";
import { RoleField } from "./role-field.tsx";
import { useFunctionForm } from "./use-function-form.ts";

/** The name under which a blueprint's sample event is saved. */
const eventName = "sample";

interface BlueprintFormProps {
  readonly blueprint: Blueprint;
  readonly onBack: () => void;
}

/** Names what is made of a blueprint, and chooses its role. */
export function BlueprintForm({ blueprint, onBack }: BlueprintFormProps) {
  const { runtime, label } = useBlueprintRuntime(blueprint);
  const state = useFunctionForm(runtime, () => givenBy(blueprint));
  const { files, handler, event } = blueprint;
  return (
    <CreateForm
      state={state}
      request={{ ...requestOf(state.form), files, handler }}
      afterwards={{
        title: `Save test event ${eventName}`,
        run: (functionName) => saveEvent(functionName, { name: eventName, sharing: "private", text: event }),
      }}
    >
      <Container
        key="basic"
        header={
          <Header
            variant="h2"
            actions={
              <Button formAction="none" onClick={onBack}>
                Choose another blueprint
              </Button>
            }
          >
            Basic information
          </Header>
        }
      >
        <SpaceBetween size="l">
          <KeyValuePairs
            key="blueprint"
            columns={3}
            items={[
              { label: "Blueprint", value: blueprint.name },
              { label: "Runtime", value: label },
              { label: "Architecture", value: state.form.architecture },
            ]}
          />
          <Box key="description" color="text-body-secondary">
            {blueprint.description} Its sample event is saved with it, ready on the Test tab.
          </Box>
          <NameField key="name" {...state} />
        </SpaceBetween>
      </Container>
      <Container key="permissions" header={<Header variant="h2">Permissions</Header>}>
        <RoleField {...state} />
      </Container>
      <Container
        key="code"
        header={
          <Header variant="h2" description="You can change it once the function is created.">
            Code
          </Header>
        }
      >
        <CodePreview files={{ ...files, "Sample event": event }} />
      </Container>
    </CreateForm>
  );
}

const givenBy = ({ id, templates, timeoutSeconds }: Blueprint) => ({
  seconds: String(timeoutSeconds % 60),
  minutes: String(Math.floor(timeoutSeconds / 60)),
  templates,
  ...(templates.length > 0 && { roleChoice: "templates" as const, roleName: `${id}-role-${randomLetters(8)}` }),
});
