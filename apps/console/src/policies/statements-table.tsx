import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useState } from "react";
import type { Answer } from "../shared/answer.ts";
import { Breakable } from "../shared/breakable.tsx";
import { CliCommand } from "../shared/cli-command.tsx";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";
import { EmptyState } from "../shared/empty-state.tsx";
import { Loaded } from "../shared/loaded.tsx";
import { conditionTexts, principalText, statementsOf, type Statement } from "./statements.ts";

interface StatementsTableProps {
  readonly description: string;
  /** The policy's text; null: there is none. */
  readonly query: Answer<string | null>;
  /** What the statements are for, where there are none. */
  readonly emptyText: string;
  /** Why nothing can be added. */
  readonly fixedReason?: string | undefined;
  readonly onAdd: () => void;
  /** Removes one; throws if it can't. */
  readonly onRemove: (statementId: string) => Promise<unknown>;
}

/** The statements of a resource-based policy: listed, added to and removed; and the policy as JSON. */
export function StatementsTable({ description, query, emptyText, fixedReason, onAdd, onRemove }: StatementsTableProps) {
  const [removed, setRemoved] = useState<Statement>();
  const [isViewing, setViewing] = useState(false);
  const statements = statementsOf(query.data ?? undefined);
  const add = (
    <Button
      key="add"
      disabled={query.data === undefined || fixedReason !== undefined}
      {...(fixedReason && { disabledReason: fixedReason })}
      onClick={onAdd}
    >
      Add permissions
    </Button>
  );
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={query.data === undefined ? "" : `(${statements.length})`}
          description={description}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button key="view" disabled={statements.length === 0} disabledReason="There is no policy" onClick={() => setViewing(true)}>
                View policy
              </Button>
              {add}
            </SpaceBetween>
          }
        >
          Resource-based policy statements
        </Header>
      }
    >
      <Loaded query={query}>
        {() => (
          <Table<Statement>
            variant="embedded"
            wrapLines
            ariaLabels={{ tableLabel: "Policy statements" }}
            items={statements}
            trackBy={({ Sid = "" }) => Sid}
            columnDefinitions={[
              { id: "id", header: "Statement ID", cell: ({ Sid = "-" }) => <Breakable text={Sid} />, isRowHeader: true, minWidth: 130 },
              { id: "principal", header: "Principal", cell: (statement) => <Breakable text={principalText(statement)} />, minWidth: 170 },
              { id: "action", header: "Action", cell: ({ Action }) => <Breakable text={Action} />, minWidth: 150 },
              { id: "conditions", header: "Conditions", cell: (statement) => <Conditions statement={statement} /> },
              {
                id: "remove",
                header: "Actions",
                cell: (statement) => (
                  <Button
                    variant="inline-link"
                    ariaLabel={`Delete ${statement.Sid}`}
                    disabled={fixedReason !== undefined}
                    onClick={() => setRemoved(statement)}
                  >
                    Delete
                  </Button>
                ),
              },
            ]}
            empty={
              <EmptyState title="No statements" actions={fixedReason === undefined && add}>
                {emptyText}
              </EmptyState>
            }
          />
        )}
      </Loaded>
      {isViewing && <PolicyDialog policy={query.data ?? ""} onClose={() => setViewing(false)} />}
      {removed && (
        <ConfirmDialog
          title={`Delete the statement ${removed.Sid}?`}
          action="Delete"
          onConfirm={() => onRemove(removed.Sid ?? "")}
          onClose={() => setRemoved(undefined)}
        >
          {principalText(removed)} may not {removed.Action} any more, unless another statement allows it.
        </ConfirmDialog>
      )}
    </Container>
  );
}

function Conditions({ statement }: { readonly statement: Statement }) {
  const texts = conditionTexts(statement);
  if (texts.length === 0) return "-";
  return texts.map((text) => (
    <div key={text}>
      <Breakable text={text} />
    </div>
  ));
}

function PolicyDialog({ policy, onClose }: { readonly policy: string; readonly onClose: () => void }) {
  return (
    <Modal visible size="large" header="Resource-based policy" closeAriaLabel="Close" onDismiss={onClose}>
      <CliCommand command={JSON.stringify(JSON.parse(policy), null, 2)} label="Policy" />
    </Modal>
  );
}
