import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState, type ReactNode } from "react";
import { problemOf, type Problem } from "../../../api/problem.ts";
import { useFlash } from "../../../app/flash.tsx";
import { EquivalentCli } from "../../../shared/equivalent-cli.tsx";
import { ProblemDetails } from "../../../shared/problem-panel.tsx";
import { useCurrentFunction } from "../function-context.ts";

interface EditFormProps {
  /** `Edit general configuration` */
  readonly title: string;
  /** Whether every field holds what it may; the fields say what is wrong. */
  readonly isValid: boolean;
  /** Called when somebody tries to save what is not valid: the fields then show their problems. */
  readonly onInvalid: () => void;
  readonly save: () => Promise<unknown>;
  /** What the aws CLI would be told. */
  readonly commands: readonly string[];
  readonly onDone: () => void;
  readonly children: ReactNode;
}

/** The frame of every section's form: Save and Cancel, the equivalent command, and what went wrong. */
export function EditForm({ title, isValid, onInvalid, save, commands, onDone, children }: EditFormProps) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const { functionName, refresh } = useCurrentFunction();
  const flash = useFlash();
  const form = useRef<HTMLFormElement>(null);
  const submit = async (): Promise<void> => {
    if (!isValid) {
      onInvalid();
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      await save();
      await refresh();
      flash.success("configuration", `Successfully updated the function ${functionName}.`);
      onDone();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="cancel" variant="link" formAction="none" onClick={onDone}>
              Cancel
            </Button>
            <Button key="save" variant="primary" loading={busy}>
              Save
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          <Container key="fields" header={<Header variant="h2">{title}</Header>} footer={<EquivalentCli commands={commands} />}>
            {children}
          </Container>
          {problem && <SaveProblem key="problem" problem={problem} onReload={() => void refresh().then(onDone)} />}
        </SpaceBetween>
      </Form>
    </form>
  );
}

function SaveProblem({ problem, onReload }: { readonly problem: Problem; readonly onReload: () => void }) {
  const isConflict = problem.code === "PreconditionFailedException";
  return (
    <Alert
      type="error"
      header={isConflict ? "The function was changed elsewhere in the meantime" : "The changes were not saved"}
      action={isConflict && <Button onClick={onReload}>Load what it is now</Button>}
    >
      <ProblemDetails problem={problem} />
    </Alert>
  );
}
