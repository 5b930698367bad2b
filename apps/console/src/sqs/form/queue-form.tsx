import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Form from "@cloudscape-design/components/form";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef, useState } from "react";
import { problemOf, type Problem } from "../../api/problem.ts";
import { currentRegion } from "../../api/send.ts";
import { useAccountId } from "../../iam/account-id.ts";
import { EquivalentCli } from "../../shared/equivalent-cli.tsx";
import { InfoLink } from "../../shared/info-link.tsx";
import { ProblemDetails } from "../../shared/problem-panel.tsx";
import { PolicyPart, RedrivePart, TagsPart } from "./policy-fields.tsx";
import { problemsOf, type QueueDraft } from "./queue-draft.ts";
import { ConfigurationPart, DetailsPart } from "./queue-fields.tsx";

interface QueueFormProps {
  readonly title: string;
  /** `Create queue` */
  readonly action: string;
  readonly isNew: boolean;
  readonly initial: QueueDraft;
  readonly commands: (draft: QueueDraft) => readonly string[];
  readonly save: (draft: QueueDraft) => Promise<unknown>;
  readonly onCancel: () => void;
}

/** The form of a queue, to make one or to change it. */
export function QueueForm({ title, action, isNew, initial, commands, save, onCancel }: QueueFormProps) {
  const [draft, setDraft] = useState(initial);
  const [isShown, setShown] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const form = useRef<HTMLFormElement>(null);
  const accountId = useAccountId();
  const problems = problemsOf(draft);
  const submit = async (): Promise<void> => {
    setShown(true);
    if (Object.keys(problems).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
      return;
    }
    setBusy(true);
    setProblem(undefined);
    try {
      await save(draft);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  const part = {
    draft,
    problems: isShown ? problems : {},
    onChange: (change: Partial<QueueDraft>) => setDraft((now) => ({ ...now, ...change })),
  };
  return (
    <form
      ref={form}
      aria-label={title}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Form
        header={
          <Header variant="h1" info={<InfoLink topic="queues" about="queues" />}>
            {title}
          </Header>
        }
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
          <DetailsPart key="details" {...part} isNew={isNew} />
          <ConfigurationPart key="configuration" {...part} />
          <PolicyPart key="policy" {...part} accountId={accountId} region={currentRegion()} />
          <RedrivePart key="redrive" {...part} />
          <TagsPart key="tags" {...part} />
          <EquivalentCli key="cli" commands={commands(draft)} />
          {problem && (
            <Alert key="problem" type="error" header="The queue was not saved">
              <ProblemDetails problem={problem} />
            </Alert>
          )}
        </SpaceBetween>
      </Form>
    </form>
  );
}
