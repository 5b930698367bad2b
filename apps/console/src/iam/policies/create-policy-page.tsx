import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useMemo, useState, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { useAwsMutation } from "../../api/hooks.ts";
import { useFlash } from "../../app/flash.tsx";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { cliCommand, EquivalentCli } from "../../shared/equivalent-cli.tsx";
import { InfoLink } from "../../shared/info-link.tsx";
import { SaveForm } from "../../shared/save-form.tsx";
import { compactJson } from "../json-text.ts";
import { PolicyEditor } from "../policy-editor/policy-editor.tsx";
import { hasErrors } from "../policy-editor/policy-problem.ts";
import { policyProblems } from "../policy-editor/policy-problems.ts";
import { firstDocument, startingPoints } from "./starting-points.ts";

/** Makes a managed policy. */
export function CreatePolicyPage() {
  usePage({
    title: "Create policy",
    help: "create-policy",
    contentType: "form",
    breadcrumbs: [
      { text: "IAM", href: paths.roles },
      { text: "Policies", href: paths.policies },
      { text: "Create policy", href: paths.createPolicy },
    ],
  });
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const [text, setText] = useState(firstDocument);
  const [shown, setShown] = useState(false);
  const problems = useMemo(() => policyProblems(text, "identity"), [text]);
  const nameProblem = problemOfName(name);
  const descriptionProblem = description.length > 1_000 ? "Maximum 1000 characters." : undefined;
  const isWrong = hasErrors(problems);
  const input = { PolicyName: name, PolicyDocument: text, ...(description !== "" && { Description: description }) };
  const command = cliCommand("iam", "create-policy", {
    "policy-name": name || "NAME",
    "policy-document": compactJson(text),
    description: description || undefined,
  });
  return (
    <CreateForm input={input} isValid={!isWrong && !nameProblem && !descriptionProblem} onInvalid={() => setShown(true)} command={command}>
      <Container key="document" header={<Header variant="h2">Permissions</Header>}>
        <SpaceBetween size="m">
          <StartingPointField key="start" onChoose={setText} />
          <FormField
            key="editor"
            label="Policy document"
            stretch
            errorText={shown && isWrong ? "Correct the errors in the policy." : undefined}
          >
            <PolicyEditor value={text} onChange={setText} ariaLabel="Policy document" kind="identity" problems={problems} />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container key="name" header={<Header variant="h2">Name</Header>}>
        <SpaceBetween size="m">
          <FormField
            key="name"
            label="Policy name"
            constraintText="Maximum 128 characters. Use alphanumeric and '+=,.@-_' characters."
            errorText={shown || name !== "" ? nameProblem : undefined}
          >
            <Input value={name} spellcheck={false} autoComplete={false} ariaRequired onChange={({ detail }) => setName(detail.value)} />
          </FormField>
          <FormField
            key="description"
            label={
              <>
                Description <i>- optional</i>
              </>
            }
            constraintText="Maximum 1000 characters. It can't be changed later."
            errorText={descriptionProblem}
          >
            <Input value={description} onChange={({ detail }) => setDescription(detail.value)} />
          </FormField>
        </SpaceBetween>
      </Container>
    </CreateForm>
  );
}

function problemOfName(name: string): string | undefined {
  if (name === "") return "Policy name is required.";
  if (!/^[\w+=,.@-]+$/.test(name)) return "Policy name is invalid. Use alphanumeric and '+=,.@-_' characters.";
  return name.length > 128 ? `Maximum 128 characters; this name has ${name.length}.` : undefined;
}

function StartingPointField({ onChoose }: { readonly onChoose: (document: string) => void }) {
  return (
    <FormField label="Starting point" description="What is often needed. Choosing one replaces the document below.">
      <Select
        selectedOption={null}
        placeholder="Choose a starting point"
        filteringType="auto"
        options={startingPoints.map(({ id, label, description }) => ({ value: id, label, description }))}
        onChange={({ detail }) => {
          const chosen = startingPoints.find(({ id }) => id === detail.selectedOption.value);
          if (chosen) onChoose(chosen.document);
        }}
      />
    </FormField>
  );
}

interface CreateFormProps {
  readonly input: { readonly PolicyName: string; readonly PolicyDocument: string; readonly Description?: string };
  readonly isValid: boolean;
  readonly onInvalid: () => void;
  readonly command: string;
  readonly children: ReactNode;
}

function CreateForm({ input, isValid, onInvalid, command, children }: CreateFormProps) {
  const create = useAwsMutation("iam", "CreatePolicy");
  const flash = useFlash();
  const navigate = useNavigate();
  const save = async (): Promise<void> => {
    const { Policy } = await create.mutateAsync(input);
    const arn = Policy?.Arn ?? "";
    flash.success("policy-created", `Policy ${input.PolicyName} created. Attach it to a role or user to give them its permissions.`, {
      label: "View policy",
      onClick: () => void navigate(paths.policy(arn)),
    });
    void navigate(paths.policies);
  };
  return (
    <SaveForm
      title="Create policy"
      header={
        <Header variant="h1" info={<InfoLink topic="create-policy" about="creating a policy" />}>
          Create policy
        </Header>
      }
      action="Create policy"
      isValid={isValid}
      onInvalid={onInvalid}
      save={save}
      failed="The policy was not created"
      onCancel={() => void navigate(paths.policies)}
    >
      {children}
      <EquivalentCli key="cli" commands={[command]} />
    </SaveForm>
  );
}
