import Header from "@cloudscape-design/components/header";
import { useState } from "react";
import { currentRegion } from "../../api/send.ts";
import { useAccountId } from "../../iam/account-id.ts";
import { EquivalentCli } from "../../shared/equivalent-cli.tsx";
import { InfoLink } from "../../shared/info-link.tsx";
import { SaveForm } from "../../shared/save-form.tsx";
import { useDraft } from "../../shared/use-draft.ts";
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
  const [draft, onChange] = useDraft(initial);
  const [isShown, setShown] = useState(false);
  const accountId = useAccountId();
  const problems = problemsOf(draft);
  const part = {
    draft,
    problems: isShown ? problems : {},
    onChange,
  };
  return (
    <SaveForm
      title={title}
      header={
        <Header variant="h1" info={<InfoLink topic="queues" about="queues" />}>
          {title}
        </Header>
      }
      action={action}
      isValid={Object.keys(problems).length === 0}
      onInvalid={() => setShown(true)}
      save={() => save(draft)}
      failed="The queue was not saved"
      onCancel={onCancel}
    >
      <DetailsPart key="details" {...part} isNew={isNew} />
      <ConfigurationPart key="configuration" {...part} />
      <PolicyPart key="policy" {...part} accountId={accountId} region={currentRegion()} />
      <RedrivePart key="redrive" {...part} />
      <TagsPart key="tags" {...part} />
      <EquivalentCli key="cli" commands={commands(draft)} />
    </SaveForm>
  );
}
