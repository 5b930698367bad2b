import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { PairsEditor } from "../../functions/detail/configuration/pairs-editor.tsx";
import { QueueSelect, useQueueOptions } from "../queue-select.tsx";
import { fullName, type QueueDraft, type RedrivePermission } from "./queue-draft.ts";
import type { PartProps } from "./queue-fields.tsx";

/** Who else may use the queue. */
export function PolicyPart({ draft, problems, onChange, accountId, region }: PartProps & OwnerProps) {
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Without a policy this account's users and roles use the queue, as their own policies allow."
          actions={
            <Button
              formAction="none"
              disabled={draft.policy !== ""}
              onClick={() => onChange({ policy: ownerPolicy(draft, { accountId, region }) })}
            >
              Insert an example
            </Button>
          }
        >
          Access policy - optional
        </Header>
      }
    >
      <FormField label="Policy (JSON)" errorText={problems.policy} stretch>
        <Textarea
          value={draft.policy}
          rows={draft.policy === "" ? 2 : 14}
          spellcheck={false}
          onChange={({ detail }) => onChange({ policy: detail.value })}
        />
      </FormField>
    </Container>
  );
}

interface OwnerProps {
  readonly accountId: string;
  readonly region: string;
}

function ownerPolicy(draft: QueueDraft, { accountId, region }: OwnerProps): string {
  const statement = {
    Sid: "__owner_statement",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${accountId}:root` },
    Action: "SQS:*",
    Resource: `arn:aws:sqs:${region}:${accountId}:${fullName(draft)}`,
  };
  return JSON.stringify({ Version: "2012-10-17", Id: "__default_policy_ID", Statement: [statement] }, null, 2);
}

/** Where messages go that fail again and again, and whose such queue this may be. */
export function RedrivePart({ draft, problems, onChange }: PartProps) {
  return (
    <Container header={<Header variant="h2">Dead-letter queue - optional</Header>}>
      <SpaceBetween size="l">
        <RadioGroup
          key="has"
          ariaLabel="Dead-letter queue"
          value={draft.hasDeadLetter ? "yes" : "no"}
          items={[
            { value: "no", label: "Disabled" },
            {
              value: "yes",
              label: "Enabled",
              description: "A message that was received too often goes to another queue.",
            },
          ]}
          onChange={({ detail }) => onChange({ hasDeadLetter: detail.value === "yes" })}
        />
        {draft.hasDeadLetter && (
          <SpaceBetween key="target" size="l">
            <QueueSelect
              key="queue"
              label="Queue"
              isFifo={draft.isFifo}
              without={fullName(draft)}
              arn={draft.deadLetterArn}
              problem={problems.deadLetterArn}
              onChange={(deadLetterArn) => onChange({ deadLetterArn })}
            />
            <FormField
              key="receives"
              label="Maximum receives"
              description="So often a message is received before it goes there."
              errorText={problems.maxReceives}
            >
              <Input
                value={draft.maxReceives}
                type="number"
                inputMode="numeric"
                onChange={({ detail }) => onChange({ maxReceives: detail.value })}
              />
            </FormField>
          </SpaceBetween>
        )}
        <ExpandableSection key="allow" headerText="Redrive allow policy" defaultExpanded={draft.allow !== "unset"}>
          <AllowFields draft={draft} problems={problems} onChange={onChange} />
        </ExpandableSection>
      </SpaceBetween>
    </Container>
  );
}

function AllowFields({ draft, problems, onChange }: PartProps) {
  const options = useQueueOptions({ isFifo: draft.isFifo, without: fullName(draft) });
  return (
    <SpaceBetween size="m">
      <FormField key="permission" label="Redrive permission" description="Which queues may have this one as their dead-letter queue.">
        <RadioGroup
          value={draft.allow}
          items={[
            { value: "unset", label: "Not said: all" },
            { value: "allowAll", label: "Allow all" },
            { value: "byQueue", label: "By queue" },
            { value: "denyAll", label: "Deny all" },
          ]}
          onChange={({ detail }) => onChange({ allow: detail.value as RedrivePermission })}
        />
      </FormField>
      {draft.allow === "byQueue" && (
        <FormField key="queues" label="Source queues" errorText={problems.allowedArns}>
          <Multiselect
            selectedOptions={draft.allowedArns.map((arn) => ({ value: arn, label: arn.split(":").at(-1) ?? arn }))}
            options={options.data ?? []}
            placeholder="Choose queues"
            filteringType="auto"
            deselectAriaLabel={({ label }) => `Remove ${label}`}
            onChange={({ detail }) => onChange({ allowedArns: detail.selectedOptions.map(({ value = "" }) => value) })}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}

/** The queue's tags. */
export function TagsPart({ draft, problems, onChange }: PartProps) {
  return (
    <Container header={<Header variant="h2">Tags - optional</Header>}>
      <PairsEditor
        pairs={draft.tags}
        noun="tag"
        most={50}
        keyProblem={({ key }) => (key === "" ? problems.tags : undefined)}
        onChange={(tags) => onChange({ tags })}
      />
    </Container>
  );
}
