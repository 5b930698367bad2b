import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Form from "@cloudscape-design/components/form";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState, type ReactNode } from "react";
import { problemOf, type Problem } from "../api/problem.ts";
import { ProblemDetails } from "./problem-panel.tsx";

interface SaveFormProps {
  /** The form's name: `Create queue`. */
  readonly title: string;
  readonly header?: ReactNode;
  /** Of the button. */
  readonly action: string;
  readonly isValid: boolean;
  /** Called when somebody tries to save what is not valid: the fields then show their problems, and the first of them is gone to. */
  readonly onInvalid: () => void;
  /** Leaves the page when it is done, unless the form stays; what it throws is shown. */
  readonly save: () => Promise<unknown>;
  /** It can be sent again. */
  readonly stays?: boolean;
  /** `The queue was not saved` */
  readonly failed: string;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}

/** A form that is a page or a part of one: its buttons, one save at a time, and what went wrong. In a dialog it is FormDialog. */
export function SaveForm({ title, header, action, isValid, onInvalid, save, stays = false, failed, onCancel, children }: SaveFormProps) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const element = useRef<HTMLFormElement>(null);
  const submit = async (): Promise<void> => {
    if (isBusy) return;
    if (!isValid) {
      onInvalid();
      requestAnimationFrame(() => element.current?.querySelector<HTMLElement>("[aria-invalid=true], .policy-problems button")?.focus());
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      await save();
      if (stays) setBusy(false);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <form
      ref={element}
      aria-label={title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Form
        header={header}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="cancel" variant="link" formAction="none" onClick={onCancel}>
              Cancel
            </Button>
            <Button key="save" variant="primary" loading={isBusy}>
              {action}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {children}
          {problem && (
            <Alert key="problem" type="error" header={failed}>
              <ProblemDetails problem={problem} />
            </Alert>
          )}
        </SpaceBetween>
      </Form>
    </form>
  );
}
