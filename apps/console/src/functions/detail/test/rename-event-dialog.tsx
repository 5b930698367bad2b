import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { problemOf, type Problem } from "../../../api/problem.ts";
import { ProblemDetails } from "../../../shared/problem-panel.tsx";
import { useFocusInDialog } from "../../../shared/use-focus-in-dialog.ts";
import { eventNameRule, isEventName, type TestEvent } from "./test-events.ts";

interface RenameEventDialogProps {
  readonly event: Pick<TestEvent, "name" | "sharing">;
  /** All that are saved: their names are taken. */
  readonly events: readonly TestEvent[];
  /** Does it; the dialog stays, with the problem, if it throws. */
  readonly onRename: (to: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks for a saved event's new name. */
export function RenameEventDialog({ event, events, onRename, onClose }: RenameEventDialogProps) {
  const field = useFocusInDialog();
  const [name, setName] = useState(event.name);
  const [shown, setShown] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const problem = nameProblem(name, event, events);
  const rename = async (): Promise<void> => {
    setShown(true);
    if (busy || problem !== undefined) return;
    if (name === event.name) return onClose();
    setBusy(true);
    setError(undefined);
    try {
      await onRename(name);
      onClose();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Modal
      visible
      header={`Rename the test event ${event.name}`}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="cancel" variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button key="rename" variant="primary" loading={busy} onClick={() => void rename()}>
              Rename
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <FormField
          key="name"
          label="New name"
          constraintText={shown && problem ? undefined : eventNameRule}
          errorText={shown ? problem : undefined}
        >
          <Input
            ref={field}
            value={name}
            spellcheck={false}
            onChange={({ detail }) => setName(detail.value)}
            onKeyDown={({ detail }) => {
              if (detail.key === "Enter") void rename();
            }}
          />
        </FormField>
        {error !== undefined && <NotRenamed key="error" name={event.name} problem={problemOf(error)} />}
      </SpaceBetween>
    </Modal>
  );
}

function NotRenamed({ name, problem }: { readonly name: string; readonly problem: Problem }) {
  const header =
    problem.kind === "unreachable"
      ? "The server did not say whether it was renamed. The event is saved either way"
      : `It was not renamed. The event is still saved as ${name}`;
  return (
    <Alert type="error" header={header}>
      <ProblemDetails problem={problem} />
    </Alert>
  );
}

function nameProblem(name: string, event: Pick<TestEvent, "name" | "sharing">, events: readonly TestEvent[]): string | undefined {
  if (!isEventName(name)) return eventNameRule;
  const isTaken = name !== event.name && events.some((other) => other.name === name && other.sharing === event.sharing);
  return isTaken ? `There is an event named ${name} already.` : undefined;
}
