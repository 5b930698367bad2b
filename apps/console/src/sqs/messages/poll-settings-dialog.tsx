import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { FormDialog } from "../../shared/form-dialog.tsx";
import type { PollSettings } from "./polling.ts";

interface PollSettingsDialogProps {
  readonly settings: PollSettings;
  readonly onSave: (settings: PollSettings) => void;
  readonly onClose: () => void;
}

const isWithin = (value: number, least: number, most: number): boolean => Number.isInteger(value) && value >= least && value <= most;

/** Sets how long a queue is asked, and for how many messages. */
export function PollSettingsDialog({ settings, onSave, onClose }: PollSettingsDialogProps) {
  const [seconds, setSeconds] = useState(String(settings.seconds));
  const [count, setCount] = useState(String(settings.mostMessages));
  const secondsProblem = isWithin(Number(seconds), 1, 120) ? undefined : "From 1 to 120 seconds.";
  const countProblem = isWithin(Number(count), 1, 1000) ? undefined : "From 1 to 1,000 messages.";
  return (
    <FormDialog
      title="Edit poll settings"
      action="Save"
      isValid={secondsProblem === undefined && countProblem === undefined}
      submit={() => Promise.resolve(onSave({ seconds: Number(seconds), mostMessages: Number(count) }))}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <FormField key="seconds" label="Polling duration" description="Seconds" errorText={secondsProblem}>
          <Input value={seconds} type="number" inputMode="numeric" onChange={({ detail }) => setSeconds(detail.value)} />
        </FormField>
        <FormField key="count" label="Maximum message count" errorText={countProblem}>
          <Input value={count} type="number" inputMode="numeric" onChange={({ detail }) => setCount(detail.value)} />
        </FormField>
      </SpaceBetween>
    </FormDialog>
  );
}
