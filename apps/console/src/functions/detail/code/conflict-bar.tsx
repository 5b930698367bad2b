import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { problemOf } from "../../../api/problem.ts";
import { useFlash } from "../../../app/flash.tsx";
import type { CodeSession } from "./code-session.ts";
import type { Conflict } from "./session-view.ts";
import { useSessionView } from "./use-code-session.ts";

const texts: Readonly<Record<Conflict, { readonly header: string; readonly text: string }>> = {
  "deployed-elsewhere": {
    header: "Other code was deployed in the meantime",
    text: "Your changes are based on what ran before. Nothing of either is lost until you choose.",
  },
  "draft-elsewhere": {
    header: "The draft was saved in another window",
    text: "It holds other changes than this window. Nothing of either is lost until you choose.",
  },
};

interface ConflictBarProps {
  readonly session: CodeSession;
  readonly onShowDifference: () => void;
}

/** Says that somebody else changed the function, and lets one choose: see, keep mine, take theirs. */
export function ConflictBar({ session, onShowDifference }: ConflictBarProps) {
  const { conflict } = useSessionView(session);
  const flash = useFlash();
  if (conflict === undefined) return null;
  const { header, text } = texts[conflict];
  const run = (work: Promise<void>): void =>
    void work.catch((error: unknown) => flash.error("conflict", "That did not work", problemOf(error)));
  return (
    <Alert
      type="warning"
      header={header}
      action={
        <SpaceBetween direction="horizontal" size="xs">
          <Button key="show" onClick={onShowDifference}>
            Show the difference
          </Button>
          <Button key="mine" onClick={() => run(session.keepMine())}>
            Keep mine
          </Button>
          <Button key="theirs" onClick={() => run(session.reload())}>
            Take theirs
          </Button>
        </SpaceBetween>
      }
    >
      {text}
    </Alert>
  );
}
