import Badge from "@cloudscape-design/components/badge";
import Button from "@cloudscape-design/components/button";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import type { ConsoleSession } from "@mayfly/wire/mayfly";
import { useState } from "react";
import { keyOf, useAws, useAwsMutation } from "../api/hooks.ts";
import { useFlash } from "../app/flash.tsx";
import { Breakable } from "../shared/breakable.tsx";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";
import { Loaded } from "../shared/loaded.tsx";
import { Moment } from "../shared/moment.tsx";
import { browserOf } from "./browser-of.ts";

/** The browsers that are signed in, and a way to end each. */
export function Sessions() {
  const sessions = useAws("mayfly", "ListConsoleSessions", {});
  const [ending, setEnding] = useState<ConsoleSession>();
  const end = useAwsMutation("mayfly", "DeleteConsoleSession", [keyOf("mayfly", "ListConsoleSessions")]);
  const flash = useFlash();
  return (
    <Loaded query={sessions}>
      {({ Sessions: items }) => (
        <>
          <Table<ConsoleSession>
            header={
              <Header
                variant="h2"
                counter={`(${items.length})`}
                description="Browsers that are signed in to this console. Each lasts 12 hours."
              >
                Console sessions
              </Header>
            }
            ariaLabels={{ tableLabel: "Console sessions" }}
            items={items}
            trackBy="SessionId"
            stickyColumns={{ last: 1 }}
            columnDefinitions={[
              {
                id: "principal",
                header: "Signed in as",
                isRowHeader: true,
                minWidth: 160,
                cell: ({ Principal }) => <Breakable text={Principal} />,
              },
              {
                id: "from",
                header: "From",
                minWidth: 124,
                cell: ({ SourceIp, Current }) => (
                  <span className="nowrap">{Current ? <Badge color="green">This browser</Badge> : SourceIp}</span>
                ),
              },
              { id: "agent", header: "Browser", cell: ({ UserAgent }) => <span title={UserAgent}>{browserOf(UserAgent)}</span> },
              { id: "created", header: "Signed in", cell: ({ CreatedAt }) => <Moment time={CreatedAt} /> },
              { id: "used", header: "Last used", cell: ({ LastUsedAt }) => <Moment time={LastUsedAt} /> },
              {
                id: "end",
                header: "Actions",
                cell: (session) => (
                  <Button
                    variant="inline-link"
                    wrapText={false}
                    ariaLabel={`End session of ${session.Principal}`}
                    onClick={() => setEnding(session)}
                  >
                    End session
                  </Button>
                ),
              },
            ]}
            empty="No sessions."
            wrapLines
          />
          {ending && (
            <ConfirmDialog
              title="End this session?"
              action="End session"
              onClose={() => setEnding(undefined)}
              onConfirm={async () => {
                await end.mutateAsync({ SessionId: ending.SessionId });
                flash.success(
                  "session",
                  "The session was ended. It gets no further credentials; those that it holds expire within 15 minutes.",
                );
              }}
            >
              {ending.Current
                ? "It is the session of this browser: you will have to sign in again."
                : `${ending.Principal} will have to sign in again.`}
            </ConfirmDialog>
          )}
        </>
      )}
    </Loaded>
  );
}
