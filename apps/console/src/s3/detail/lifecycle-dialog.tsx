import type { LifecycleRule } from "@aws-sdk/client-s3";
import Alert from "@cloudscape-design/components/alert";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { cliCommand } from "../../shared/equivalent-cli.tsx";
import { FormDialog } from "../../shared/form-dialog.tsx";
import { useDraft } from "../../shared/use-draft.ts";
import type { OfBucket } from "../bucket.ts";
import { draftOf, newRule, problemsOf, ruleOf, type LifecycleDraft } from "./lifecycle-draft.ts";

interface LifecycleDialogProps extends OfBucket {
  /** The rule to change; absent: a new one. */
  readonly before?: LifecycleRule | undefined;
  readonly others: readonly LifecycleRule[];
  readonly save: (rules: readonly LifecycleRule[]) => Promise<unknown>;
  readonly onClose: () => void;
}

const dayFields = [
  { name: "expireDays", label: "Expire current versions of objects after (days)" },
  { name: "noncurrentDays", label: "Permanently delete noncurrent versions of objects after (days)" },
  { name: "abortDays", label: "Delete incomplete multipart uploads after (days)" },
] as const;

/** Makes or changes a lifecycle rule. */
export function LifecycleDialog({ bucket, before, others, save, onClose }: LifecycleDialogProps) {
  const [draft, change] = useDraft<LifecycleDraft>(() => (before ? draftOf(before) : newRule));
  const [isShown, setShown] = useState(false);
  const problems = problemsOf(draft, others);
  const shown = isShown ? problems : {};
  const Rules = [...others, ruleOf(draft)];
  return (
    <FormDialog
      title={before ? `Edit lifecycle rule ${before.ID}` : "Create lifecycle rule"}
      action={before ? "Save" : "Create rule"}
      isValid={Object.keys(problems).length === 0}
      onInvalid={() => setShown(true)}
      submit={() => save(Rules)}
      commands={[cliCommand("s3api", "put-bucket-lifecycle-configuration", { bucket, "lifecycle-configuration": { Rules } })]}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <FormField key="id" label="Lifecycle rule name" errorText={shown["id"]}>
          <Input value={draft.id} spellcheck={false} onChange={({ detail }) => change({ id: detail.value })} />
        </FormField>
        <Checkbox key="enabled" checked={draft.isEnabled} onChange={({ detail }) => change({ isEnabled: detail.checked })}>
          Enabled
        </Checkbox>
        <FormField key="prefix" label="Prefix - optional" description="Only objects whose key begins with it; nothing: all.">
          <Input value={draft.prefix} placeholder="logs/" spellcheck={false} onChange={({ detail }) => change({ prefix: detail.value })} />
        </FormField>
        {dayFields.map(({ name, label }) => (
          <FormField key={name} label={label} errorText={shown[name]}>
            <Input value={draft[name]} type="number" inputMode="numeric" onChange={({ detail }) => change({ [name]: detail.value })} />
          </FormField>
        ))}
        <FormField key="markers" errorText={shown["removesMarkers"]}>
          <Checkbox checked={draft.removesMarkers} onChange={({ detail }) => change({ removesMarkers: detail.checked })}>
            Delete expired object delete markers
          </Checkbox>
        </FormField>
        {shown["actions"] && (
          <Alert key="nothing" type="error">
            {shown["actions"]}
          </Alert>
        )}
      </SpaceBetween>
    </FormDialog>
  );
}
