import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState, type ReactNode } from "react";
import { keyOf } from "../../api/hooks.ts";
import { problemOf, type Problem } from "../../api/problem.ts";
import { useFlash } from "../../app/flash.tsx";
import { EquivalentCli } from "../../shared/equivalent-cli.tsx";
import { ProblemDetails } from "../../shared/problem-panel.tsx";

interface EditFrameProps {
  /** `Edit trust policy` */
  readonly title: string;
  readonly description?: string;
  /** Of the button: `Update policy`. */
  readonly action: string;
  readonly isValid: boolean;
  /** Called when somebody tries to save what is not valid: the fields then show their problems. */
  readonly onInvalid: () => void;
  readonly save: () => Promise<unknown>;
  /** Said when it was saved. */
  readonly done: string;
  readonly commands: readonly string[];
  readonly onClose: () => void;
  /** The children stand in frames of their own. */
  readonly bare?: boolean;
  readonly children: ReactNode;
}

/** The frame of a form about a role, user or policy: title, button, equivalent command, and what went wrong. */
export function EditFrame(props: EditFrameProps) {
  const { title, description, action, isValid, onInvalid, commands, onClose, bare, children } = props;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const element = useRef<HTMLFormElement>(null);
  const cache = useQueryClient();
  const flash = useFlash();
  const submit = async (): Promise<void> => {
    if (busy) return;
    if (!isValid) {
      onInvalid();
      requestAnimationFrame(() => element.current?.querySelector<HTMLElement>("[aria-invalid=true], .policy-problems button")?.focus());
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      await props.save();
      await cache.invalidateQueries({ queryKey: keyOf("iam") });
      flash.success("iam-edit", props.done);
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
      // A change of several parts may have been made in part.
      void cache.invalidateQueries({ queryKey: keyOf("iam") });
    }
  };
  const cli = <EquivalentCli commands={commands} />;
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
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="cancel" variant="link" formAction="none" onClick={onClose}>
              Cancel
            </Button>
            <Button key="save" variant="primary" loading={busy}>
              {action}
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {bare ? (
            <SpaceBetween key="fields" size="s">
              {children}
              <div key="cli">{cli}</div>
            </SpaceBetween>
          ) : (
            <Container
              key="fields"
              header={
                <Header variant="h2" {...(description && { description })}>
                  {title}
                </Header>
              }
              footer={cli}
            >
              {children}
            </Container>
          )}
          {problem && (
            <Alert key="problem" type="error" header="The changes were not saved">
              <ProblemDetails problem={problem} />
            </Alert>
          )}
        </SpaceBetween>
      </Form>
    </form>
  );
}
