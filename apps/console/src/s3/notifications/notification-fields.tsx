import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Multiselect from "@cloudscape-design/components/multiselect";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { ReceiverKind } from "../../policies/receiver-permission.ts";
import { eventGroups, eventLabel, receiverWords, statementIdFor, type NotificationDraft } from "./notification.ts";

interface FieldsProps {
  readonly draft: NotificationDraft;
  /** What is wrong with the events. */
  readonly problem: string | undefined;
  readonly onChange: (change: Partial<NotificationDraft>) => void;
}

const options = eventGroups.map(({ label, events }) => ({
  label,
  options: events.map(([value, text]) => ({ value, label: text, description: value })),
}));

/** Of which events, and of which objects. */
export function EventFields({ draft, problem, onChange }: FieldsProps) {
  return (
    <SpaceBetween size="m">
      <FormField key="events" label="Event types" errorText={problem}>
        <Multiselect
          selectedOptions={draft.events.map((value) => ({ value, label: eventLabel(value) }))}
          options={options}
          placeholder="Choose events"
          filteringType="auto"
          filteringAriaLabel="Find an event"
          deselectAriaLabel={({ label }) => `Remove ${label}`}
          onChange={({ detail }) => onChange({ events: detail.selectedOptions.map(({ value = "" }) => value) })}
        />
      </FormField>
      <ColumnLayout key="filter" columns={2}>
        <FormField key="prefix" label="Prefix - optional" description="Only objects whose key begins with it.">
          <Input
            value={draft.prefix}
            placeholder="images/"
            spellcheck={false}
            onChange={({ detail }) => onChange({ prefix: detail.value })}
          />
        </FormField>
        <FormField key="suffix" label="Suffix - optional" description="Only objects whose key ends with it.">
          <Input value={draft.suffix} placeholder=".jpg" spellcheck={false} onChange={({ detail }) => onChange({ suffix: detail.value })} />
        </FormField>
      </ColumnLayout>
    </SpaceBetween>
  );
}

interface PermissionProps {
  readonly bucket: string;
  readonly kind: ReceiverKind;
  readonly consent: boolean;
  readonly onConsent: (consent: boolean) => void;
}

const verbs: Readonly<Record<ReceiverKind, string>> = { lambda: "run", sqs: "send to", sns: "publish to" };

/** Says which permission the receiver must give, and asks whether it is to be given. */
export function BucketPermission({ bucket, kind, consent, onConsent }: PermissionProps) {
  const [what, verb] = [receiverWords[kind], verbs[kind]];
  return (
    <FormField label="Permission" description={`S3 takes the notification only if the ${what}'s policy lets the bucket ${verb} it.`}>
      <Checkbox
        checked={consent}
        description={`Adds the statement ${bucket === "" ? "" : `${statementIdFor(bucket)} `}to its policy, unless it is there.`}
        onChange={({ detail }) => onConsent(detail.checked)}
      >
        Let the bucket {verb} the {what}
      </Checkbox>
    </FormField>
  );
}
