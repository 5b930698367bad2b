import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useState } from "react";
import { formatAgo } from "../../../shared/format.ts";
import { InfoLink } from "../../../shared/info-link.tsx";
import { UploadFrom } from "../../upload/upload-from.tsx";
import type { CodeSession } from "./code-session.ts";
import type { CodeActions } from "./use-code-actions.ts";
import { canFormat } from "./monaco.ts";
import { useSessionView, useWorkspaceVersion } from "./use-code-session.ts";

interface CodeToolbarProps {
  readonly session: CodeSession;
  readonly actions: CodeActions;
  readonly onFormat: () => void;
}

/** Deploy, Test, and whether what is seen is what runs. */
export function CodeToolbar({ session, actions, onFormat }: CodeToolbarProps) {
  const view = useSessionView(session);
  useWorkspaceVersion(session);
  const isDirty = view.workspace.isDirty || view.draftState === "unsaved" || view.draftState === "saving";
  const readOnly = !view.listing.Editable;
  return (
    <Header
      variant="h2"
      info={<InfoLink topic="code" about="the code editor" />}
      description={<CodeStatus session={session} isDirty={isDirty} />}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <ButtonDropdown
            key="more"
            ariaLabel="More actions on the code"
            variant="icon"
            items={[
              { id: "new-file", text: "New file", disabled: readOnly },
              { id: "new-folder", text: "New folder", disabled: readOnly },
              { id: "upload", text: "Add files", disabled: readOnly },
              { id: "quick-open", text: "Go to file (Ctrl+P)" },
              { id: "find", text: "Find in files (Ctrl+Shift+F)" },
              {
                id: "format",
                text: "Format the file (Shift+Alt+F)",
                disabled: readOnly || !canFormat(view.activePath ?? ""),
                ...(!readOnly && { disabledReason: "Files of JavaScript, TypeScript and JSON can be formatted" }),
              },
              { id: "save", text: "Save the draft (Ctrl+S)", disabled: readOnly },
              { id: "discard", text: "Discard undeployed changes", disabled: !isDirty },
            ]}
            onItemClick={({ detail }) => {
              if (detail.id === "format") onFormat();
              else if (detail.id === "save") actions.save();
              else if (detail.id === "new-file" || detail.id === "new-folder") actions.show({ kind: detail.id, folder: "" });
              else actions.show({ kind: detail.id as "upload" | "quick-open" | "find" | "discard" });
            }}
          />
          <UploadFrom key="upload" functionName={session.functionName} onUploaded={() => void session.reload()} />
          <Button
            key="review"
            disabled={!isDirty}
            disabledReason="Nothing was changed since the last deploy"
            onClick={() => actions.show({ kind: "difference", with: "deployed" })}
          >
            Review changes
          </Button>
          <Button key="test" onClick={actions.test}>
            Test
          </Button>
          <Button
            key="deploy"
            variant="primary"
            loading={view.isDeploying}
            loadingText="Deploying"
            disabled={!isDirty || readOnly}
            disabledReason={readOnly ? (view.listing.NotEditableReason ?? "") : "Nothing was changed since the last deploy"}
            onClick={() => void actions.deploy()}
          >
            Deploy
          </Button>
        </SpaceBetween>
      }
    >
      Code source
    </Header>
  );
}

/** How often "saved ... ago" is renewed. Milliseconds. */
const renewEveryMs = 10_000;

function CodeStatus({ session, isDirty }: { readonly session: CodeSession; readonly isDirty: boolean }) {
  const { draftState, draftSavedAt, draftProblem } = useSessionView(session);
  const [, renew] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => renew((count) => count + 1), renewEveryMs);
    return () => clearInterval(timer);
  }, []);
  if (!isDirty) return <StatusIndicator type="success">Deployed: this is the code that runs</StatusIndicator>;
  const saved: Readonly<Record<typeof draftState, string>> = {
    none: "",
    unsaved: "saving soon",
    saving: "saving the draft",
    saved: draftSavedAt ? `draft saved ${formatAgo(draftSavedAt)}` : "draft saved",
    failed: `the draft could not be saved: ${draftProblem?.message ?? ""}`,
  };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <StatusIndicator key="dirty" type="warning">
        You have undeployed changes
      </StatusIndicator>
      <Box key="draft" color={draftState === "failed" ? "text-status-error" : "text-body-secondary"}>
        {saved[draftState]}
      </Box>
    </SpaceBetween>
  );
}
