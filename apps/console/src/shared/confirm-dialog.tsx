import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState, type ReactNode } from "react";
import { problemOf } from "../api/problem.ts";
import { ProblemDetails } from "./problem-panel.tsx";
import { useFocusInDialog } from "./use-focus-in-dialog.ts";

interface ConfirmDialogProps {
  /** `Delete function HelloWorld?` */
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  /** Must be typed before the button works; absent: one click confirms. */
  readonly typed?: string;
  /** `Delete` */
  readonly action: string;
  /** Does it. The dialog stays, with the problem, if it throws. */
  readonly onConfirm: () => Promise<unknown>;
  readonly onClose: () => void;
}

/** Asks before something is done that can't be undone. */
export function ConfirmDialog({ title, children, typed, action, onConfirm, onClose }: ConfirmDialogProps) {
  const field = useFocusInDialog();
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const ready = typed === undefined || text === typed;
  const confirm = async (): Promise<void> => {
    if (!ready || busy) return;
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              onClick={() => void confirm()}
              loading={busy}
              disabled={!ready}
              {...(typed && { disabledReason: `Type "${typed}" first` })}
            >
              {action}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <div key="what">{children}</div>
        {typed !== undefined && (
          <FormField key="typed" label={`To confirm, type "${typed}"`}>
            <Input
              value={text}
              placeholder={typed}
              ref={field}
              autoComplete={false}
              spellcheck={false}
              onChange={({ detail }) => setText(detail.value)}
              onKeyDown={({ detail }) => {
                if (detail.key === "Enter") void confirm();
              }}
            />
          </FormField>
        )}
        {error !== undefined && (
          <Alert key="error" type="error" header="It was not done">
            <ProblemDetails problem={problemOf(error)} />
          </Alert>
        )}
      </SpaceBetween>
    </Modal>
  );
}
