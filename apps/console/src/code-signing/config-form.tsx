import type { CodeSigningPolicy } from "@aws-sdk/client-lambda";
import Alert from "@cloudscape-design/components/alert";
import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState } from "react";
import { problemOf, type Problem } from "../api/problem.ts";
import { EquivalentCli } from "../shared/equivalent-cli.tsx";
import { InfoLink } from "../shared/info-link.tsx";
import { ProblemDetails } from "../shared/problem-panel.tsx";
import { commandOf, isValid, mostProfiles, profileProblem, type ConfigFacts } from "./config-facts.ts";

interface ConfigFormProps {
  readonly title: string;
  /** `Create configuration` */
  readonly action: string;
  readonly initial: ConfigFacts;
  /** Of what is changed; undefined: one is made. */
  readonly arn: string | undefined;
  readonly save: (facts: ConfigFacts) => Promise<unknown>;
  readonly onCancel: () => void;
}

/** The form of a configuration, to make one or to change it. */
export function ConfigForm({ title, action, initial, arn, save, onCancel }: ConfigFormProps) {
  const [facts, setFacts] = useState(initial);
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const form = useRef<HTMLFormElement>(null);
  const submit = async (): Promise<void> => {
    setShown(true);
    if (!isValid(facts)) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      await save(facts);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <form
      ref={form}
      aria-label={title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Form
        header={
          <Header variant="h1" info={<InfoLink topic="code-signing" about="code signing" />}>
            {title}
          </Header>
        }
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="cancel" variant="link" formAction="none" onClick={onCancel}>
              Cancel
            </Button>
            <Button key="save" variant="primary" loading={isBusy}>
              {action}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          <Container
            key="fields"
            header={<Header variant="h2">Configuration</Header>}
            footer={<EquivalentCli commands={[commandOf(facts, arn)]} />}
          >
            <ConfigFields facts={facts} isShown={isShown} onChange={(change) => setFacts((now) => ({ ...now, ...change }))} />
          </Container>
          {problem && (
            <Alert key="problem" type="error" header="The configuration was not saved">
              <ProblemDetails problem={problem} />
            </Alert>
          )}
        </SpaceBetween>
      </Form>
    </form>
  );
}

interface ConfigFieldsProps {
  readonly facts: ConfigFacts;
  readonly isShown: boolean;
  readonly onChange: (change: Partial<ConfigFacts>) => void;
}

function ConfigFields({ facts, isShown, onChange }: ConfigFieldsProps) {
  const { description, profiles, policy } = facts;
  return (
    <SpaceBetween size="l">
      <FormField
        key="description"
        label="Description - optional"
        errorText={description.length > 256 ? "A description has at most 256 characters." : undefined}
      >
        <Input value={description} onChange={({ detail }) => onChange({ description: detail.value })} />
      </FormField>
      <FormField
        key="profiles"
        label="Signing profiles"
        description="AWS Signer's profiles whose signatures are trusted. This server has no Signer: it takes their ARNs as they are."
      >
        <AttributeEditor<string>
          items={[...profiles]}
          addButtonText="Add signing profile"
          removeButtonText="Remove"
          removeButtonAriaLabel={(arn) => `Remove signing profile ${arn}`}
          disableAddButton={profiles.length >= mostProfiles}
          empty="At least one is needed."
          onAddButtonClick={() => onChange({ profiles: [...profiles, ""] })}
          onRemoveButtonClick={({ detail }) => onChange({ profiles: profiles.filter((_, at) => at !== detail.itemIndex) })}
          definition={[
            {
              label: "Signing profile version ARN",
              control: (arn, index) => (
                <Input
                  value={arn}
                  ariaLabel={`ARN of signing profile ${index + 1}`}
                  spellcheck={false}
                  placeholder="arn:aws:signer:us-east-1:123456789012:/signing-profiles/NAME"
                  onChange={({ detail }) => onChange({ profiles: profiles.map((one, at) => (at === index ? detail.value.trim() : one)) })}
                />
              ),
              errorText: (_, index) => (isShown ? profileProblem(profiles, index) : undefined),
            },
          ]}
        />
      </FormField>
      <FormField
        key="policy"
        label="Signature validation policy"
        description="What is done with code whose signature is missing or not valid."
      >
        <RadioGroup
          value={policy}
          items={[
            { value: "Warn", label: "Warn", description: "It is deployed, and a warning is written to the log." },
            { value: "Enforce", label: "Enforce", description: "It is refused. Nothing here is signed by Signer: every upload is." },
          ]}
          onChange={({ detail }) => onChange({ policy: detail.value as CodeSigningPolicy })}
        />
      </FormField>
    </SpaceBetween>
  );
}
