import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Form from "@cloudscape-design/components/form";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { useNavigate } from "react-router";
import { problemOf } from "../../api/problem.ts";
import { paths } from "../../app/paths.ts";
import { CreationFailure, CreationProgress } from "./creation-progress.tsx";
import type { CreationRequest } from "./creation-request.ts";
import { fieldOfFailure } from "./field-of-failure.ts";
import { useCreation, type Afterwards } from "./use-creation.ts";
import type { FunctionFormState } from "./use-function-form.ts";
import { WhatWillBeCreated } from "./what-will-be-created.tsx";

interface CreateFormProps {
  readonly state: FunctionFormState;
  readonly request: CreationRequest;
  readonly afterwards?: Afterwards;
  /** What the form needs is still being loaded; who submits it meanwhile waits for that. */
  readonly isLoading?: boolean;
  readonly children: ReactNode;
}

/** The frame of both ways to create: what will be created, progress, what went wrong, Cancel and Create function. */
export function CreateForm({ state, request, afterwards, isLoading = false, children }: CreateFormProps) {
  const { busy, reports, create } = useCreation();
  const navigate = useNavigate();
  const element = useRef<HTMLFormElement>(null);
  const [refusals, setRefusals] = useState(0);
  useEffect(() => {
    if (refusals > 0) element.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [refusals]);
  const [isWaiting, setWaiting] = useState(false);
  useEffect(() => {
    if (isWaiting && !isLoading) void submit();
  }, [isWaiting, isLoading]);
  const focusFirstProblem = (): void => setRefusals((count) => count + 1);
  const submit = async (): Promise<void> => {
    if (busy) return;
    setWaiting(isLoading);
    if (isLoading) return;
    if (!state.isValid) {
      state.showAll();
      focusFirstProblem();
      return;
    }
    const failed = await create(request, afterwards);
    if (!failed) return;
    const field = fieldOfFailure(failed, state.form);
    if (!field) return;
    state.refuse(field, problemOf(failed.error).message);
    focusFirstProblem();
  };
  const hasFailed = !busy && reports.some((report) => report.state === "failed");
  return (
    <form
      ref={element}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="cancel" variant="link" formAction="none" disabled={busy} onClick={() => void navigate(paths.functions)}>
              Cancel
            </Button>
            <Button key="create" variant="primary" loading={busy || isWaiting} loadingText="Creating the function">
              Create function
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {children}
          <WhatWillBeCreated key="created" request={request} />
          {busy && (
            <Alert key="progress" type="info" header={`Creating ${request.functionName}`}>
              <CreationProgress reports={reports} />
            </Alert>
          )}
          {hasFailed && <CreationFailure key="failure" reports={reports} />}
        </SpaceBetween>
      </Form>
    </form>
  );
}
