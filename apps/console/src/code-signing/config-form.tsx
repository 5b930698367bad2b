import type { CodeSigningPolicy } from "@aws-sdk/client-lambda";
import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { EquivalentCli } from "../shared/equivalent-cli.tsx";
import { InfoLink } from "../shared/info-link.tsx";
import { SaveForm } from "../shared/save-form.tsx";
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
  return (
    <SaveForm
      title={title}
      header={
        <Header variant="h1" info={<InfoLink topic="code-signing" about="code signing" />}>
          {title}
        </Header>
      }
      action={action}
      isValid={isValid(facts)}
      onInvalid={() => setShown(true)}
      save={() => save(facts)}
      failed="The configuration was not saved"
      onCancel={onCancel}
    >
      <Container
        key="fields"
        header={<Header variant="h2">Configuration</Header>}
        footer={<EquivalentCli commands={[commandOf(facts, arn)]} />}
      >
        <ConfigFields facts={facts} isShown={isShown} onChange={(change) => setFacts((now) => ({ ...now, ...change }))} />
      </Container>
    </SaveForm>
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
