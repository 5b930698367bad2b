import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Textarea from "@cloudscape-design/components/textarea";
import { useState } from "react";
import type { Answer } from "../../shared/answer.ts";
import { CliCommand } from "../../shared/cli-command.tsx";
import { ConfirmDialog } from "../../shared/confirm-dialog.tsx";
import { EmptyState } from "../../shared/empty-state.tsx";
import { FormDialog } from "../../shared/form-dialog.tsx";
import { Loaded } from "../../shared/loaded.tsx";

interface JsonCardProps {
  /** `Bucket policy` */
  readonly title: string;
  readonly description: string;
  /** JSON text with line breaks; null: nothing is set. */
  readonly query: Answer<string | null>;
  readonly emptyText: string;
  readonly example: string;
  /** What is wrong with a text; undefined if nothing is seen. */
  readonly problemOf: (text: string) => string | undefined;
  readonly commandOf: (text: string) => string;
  readonly save: (text: string) => Promise<unknown>;
  readonly remove: () => Promise<unknown>;
  /** What happens when it goes. */
  readonly removal: string;
}

/** A setting that is JSON: shown, edited and deleted. */
export function JsonCard(props: JsonCardProps) {
  const { title, description, query, emptyText } = props;
  const [dialog, setDialog] = useState<"edit" | "delete">();
  const name = title.toLowerCase().replace("cors", "CORS");
  const edit = (
    <Button key="edit" ariaLabel={`Edit ${name}`} disabled={query.data === undefined} onClick={() => setDialog("edit")}>
      Edit
    </Button>
  );
  const close = (): void => setDialog(undefined);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={description}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {edit}
              <Button
                key="delete"
                ariaLabel={`Delete ${name}`}
                disabled={!query.data}
                disabledReason="There is none"
                onClick={() => setDialog("delete")}
              >
                Delete
              </Button>
            </SpaceBetween>
          }
        >
          {title}
        </Header>
      }
    >
      <Loaded query={query}>
        {(text) =>
          text === null ? <EmptyState title={`No ${name}`}>{emptyText}</EmptyState> : <CliCommand command={text} label={title} />
        }
      </Loaded>
      {dialog === "edit" && <EditDialog {...props} name={name} onClose={close} />}
      {dialog === "delete" && (
        <ConfirmDialog title={`Delete the ${name}?`} action="Delete" typed="delete" onConfirm={props.remove} onClose={close}>
          {props.removal}
        </ConfirmDialog>
      )}
    </Container>
  );
}

function EditDialog({ query, title, name, example, problemOf, commandOf, save, onClose }: JsonCardProps & DialogProps) {
  const [text, setText] = useState(query.data ?? "");
  const [isShown, setShown] = useState(false);
  const problem = problemOf(text);
  return (
    <FormDialog
      title={`Edit ${name}`}
      action="Save changes"
      size="large"
      isValid={problem === undefined}
      onInvalid={() => setShown(true)}
      submit={() => save(text)}
      commands={[commandOf(text)]}
      onClose={onClose}
    >
      <FormField
        label={`${title} (JSON)`}
        errorText={isShown ? problem : undefined}
        secondaryControl={
          <Button formAction="none" disabled={text !== ""} disabledReason="There is a text already" onClick={() => setText(example)}>
            Insert an example
          </Button>
        }
        stretch
      >
        <Textarea value={text} rows={16} spellcheck={false} onChange={({ detail }) => setText(detail.value)} />
      </FormField>
    </FormDialog>
  );
}

interface DialogProps {
  readonly name: string;
  readonly onClose: () => void;
}
