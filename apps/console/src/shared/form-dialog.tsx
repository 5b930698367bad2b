import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Modal, { type ModalProps } from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState, type ReactNode } from "react";
import { problemOf } from "../api/problem.ts";
import { EquivalentCli } from "./equivalent-cli.tsx";
import { ProblemDetails } from "./problem-panel.tsx";

interface FormDialogProps {
  readonly title: string;
  /** `Publish` */
  readonly action: string;
  /** Whether every field holds what it may; the fields say what is wrong. */
  readonly isValid?: boolean;
  /** Called when somebody tries to send what is not valid: the fields then show their problems. */
  readonly onInvalid?: () => void;
  /** Does it. The dialog stays, with the problem, if it throws; and without one if it answers "stay". */
  readonly submit: () => Promise<unknown>;
  /** What the aws CLI would be told; none: nothing is shown of it. */
  readonly commands?: readonly string[];
  readonly onClose: () => void;
  readonly size?: ModalProps.Size;
  readonly children: ReactNode;
}

/** A form in a dialog: its fields, the equivalent command, and what went wrong. Enter in a field sends it. */
export function FormDialog({ title, action, isValid = true, onInvalid, submit, commands = [], onClose, size, children }: FormDialogProps) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const form = useRef<HTMLFormElement>(null);
  const send = async (): Promise<void> => {
    if (isBusy) return;
    if (!isValid) {
      onInvalid?.();
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      if ((await submit()) !== "stay") return onClose();
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel="Close"
      onDismiss={onClose}
      {...(size && { size })}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="cancel" variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button key="send" variant="primary" loading={isBusy} onClick={() => void send()}>
              {action}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          // A dialog over a form of the page is not part of that form.
          event.stopPropagation();
          void send();
        }}
      >
        <SpaceBetween size="m">
          <div key="fields">{children}</div>
          {commands.length > 0 && <EquivalentCli key="cli" commands={commands} />}
          {error !== undefined && (
            <Alert key="error" type="error" header="It was not done">
              <ProblemDetails problem={problemOf(error)} />
            </Alert>
          )}
        </SpaceBetween>
        {/* Enter in a field works only in a form that has such a button. */}
        <button type="submit" hidden tabIndex={-1} aria-hidden="true" />
      </form>
    </Modal>
  );
}
