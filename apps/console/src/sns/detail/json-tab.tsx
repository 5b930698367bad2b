import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { CliCommand } from "../../shared/cli-command.tsx";
import { EmptyState } from "../../shared/empty-state.tsx";
import { prettyJson } from "../topic-facts.ts";

interface JsonTabProps {
  readonly title: string;
  readonly description: string;
  /** What the JSON is called. */
  readonly label: string;
  /** Empty: there is none. */
  readonly json: string;
  readonly emptyTitle: string;
  readonly emptyText: string;
  readonly editPath: string;
}

/** A tab that shows a policy. */
export function JsonTab({ title, description, label, json, emptyTitle, emptyText, editPath }: JsonTabProps) {
  const follow = useFollow();
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={description}
          actions={
            <Button ariaLabel={`Edit ${title}`} href={hrefOf(editPath)} onFollow={follow}>
              Edit
            </Button>
          }
        >
          {title}
        </Header>
      }
    >
      {json === "" ? <EmptyState title={emptyTitle}>{emptyText}</EmptyState> : <CliCommand command={prettyJson(json)} label={label} />}
    </Container>
  );
}
