import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import Textarea from "@cloudscape-design/components/textarea";
import { tagProblem } from "../../functions/create/function-form.ts";
import { PairsEditor } from "../../functions/detail/configuration/pairs-editor.tsx";
import { EmptyState } from "../../shared/empty-state.tsx";
import { EquivalentCli } from "../../shared/equivalent-cli.tsx";
import { useAccountId } from "../account-id.ts";
import { PolicyDocument } from "../policy-editor/policy-document.tsx";
import { isAwsManaged, policyNameOf } from "../policy-name.ts";
import { roleCreationCommands } from "./role-creation.ts";
import { roleLimits, trustPolicyOf } from "./role-form.ts";
import type { RoleFieldProps } from "./use-role-form.ts";

interface ReviewStepProps extends RoleFieldProps {
  readonly onEditStep: (step: number) => void;
  readonly onSubmit: () => void;
}

/** The wizard's last step: the name, and everything that will be made. */
export function ReviewStep(props: ReviewStepProps) {
  const accountId = useAccountId();
  const { form, set, problem, onEditStep } = props;
  return (
    <SpaceBetween size="l">
      <RoleDetails key="details" {...props} />
      <Container
        key="trust"
        header={<StepHeader title="Step 1: Select trusted entities" about="trusted entities" onEdit={() => onEditStep(0)} />}
      >
        <PolicyDocument document={trustPolicyOf(form, accountId)} kind="trust" ariaLabel="Trust policy" />
      </Container>
      <Container key="policies" header={<StepHeader title="Step 2: Add permissions" about="permissions" onEdit={() => onEditStep(1)} />}>
        <ChosenPolicies {...props} />
      </Container>
      <Container
        key="tags"
        header={
          <Header variant="h2" description="Labels that roles are found and told apart by, and that conditions of policies can speak of.">
            Step 3: Add tags
          </Header>
        }
        footer={<EquivalentCli commands={roleCreationCommands(form, accountId)} />}
      >
        <FormField errorText={problem("tags")} stretch>
          <PairsEditor
            pairs={form.tags}
            onChange={(tags) => set({ tags })}
            noun="tag"
            most={roleLimits.tags}
            keyProblem={(pair, index) =>
              problem("tags") !== undefined || pair.key !== "" ? tagProblem(pair, index, form.tags) : undefined
            }
          />
        </FormField>
      </Container>
    </SpaceBetween>
  );
}

function RoleDetails({ form, set, problem, touch, onSubmit }: ReviewStepProps) {
  return (
    <Container header={<Header variant="h2">Role details</Header>}>
      <SpaceBetween size="l">
        <FormField
          key="name"
          label="Role name"
          description="Enter a meaningful name to identify this role."
          constraintText="Maximum 64 characters. Use alphanumeric and '+=,.@-_' characters."
          errorText={problem("name")}
        >
          <Input
            value={form.name}
            autoComplete={false}
            spellcheck={false}
            ariaRequired
            onChange={({ detail }) => {
              set({ name: detail.value });
              if (detail.value !== "") touch("name");
            }}
            onBlur={() => touch("name")}
            onKeyDown={({ detail }) => {
              if (detail.key === "Enter" && !detail.isComposing) onSubmit();
            }}
          />
        </FormField>
        <FormField
          key="description"
          label={
            <>
              Description <i>- optional</i>
            </>
          }
          description="Add a short explanation for this role."
          constraintText="Maximum 1,000 characters."
          errorText={problem("description")}
        >
          <Textarea
            value={form.description}
            rows={2}
            onChange={({ detail }) => set({ description: detail.value })}
            onBlur={() => touch("description")}
          />
        </FormField>
      </SpaceBetween>
    </Container>
  );
}

function ChosenPolicies({ form }: ReviewStepProps) {
  const rows = [
    ...form.policyArns.map((arn) => ({ arn, use: "Permissions policy" })),
    ...(form.boundaryArn === "" ? [] : [{ arn: form.boundaryArn, use: "Permissions boundary" }]),
  ];
  return (
    <Table
      variant="embedded"
      ariaLabels={{ tableLabel: "Permissions policy summary" }}
      items={rows}
      columnDefinitions={[
        { id: "name", header: "Policy name", isRowHeader: true, cell: ({ arn }) => policyNameOf(arn) },
        { id: "type", header: "Type", cell: ({ arn }) => (isAwsManaged(arn) ? "AWS managed" : "Customer managed") },
        { id: "use", header: "Attached as", cell: ({ use }) => use },
      ]}
      empty={<EmptyState title="No policies">The role may do nothing until a policy is attached to it. That can be done later.</EmptyState>}
    />
  );
}

function StepHeader({ title, about, onEdit }: { readonly title: string; readonly about: string; readonly onEdit: () => void }) {
  return (
    <Header
      variant="h2"
      actions={
        <Button formAction="none" ariaLabel={`Edit ${about}`} onClick={onEdit}>
          Edit
        </Button>
      }
    >
      {title}
    </Header>
  );
}
