import Alert from "@cloudscape-design/components/alert";
import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { useSearchParams } from "react-router";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { CodeDialogs, type CodeDialog } from "./code-dialogs.tsx";
import type { CodeSession } from "./code-session.ts";
import { CodeToolbar } from "./code-toolbar.tsx";
import { ConflictBar } from "./conflict-bar.tsx";
import { EditorPane, type Place } from "./editor-pane.tsx";
import { EditorTabs } from "./editor-tabs.tsx";
import { FileTree } from "./file-tree.tsx";
import { handlerFile } from "./handler-file.ts";
import type { MonacoApi } from "./monaco.ts";
import { useCodeActions } from "./use-code-actions.ts";
import { useFileActions } from "./use-file-actions.ts";
import { useSessionView, useWorkspaceVersion } from "./use-code-session.ts";

type Editor = ReturnType<MonacoApi["editor"]["create"]>;

/** File tree, tabs, editor and what can be done with them. */
export function CodeEditor({ session }: { readonly session: CodeSession }) {
  const { configuration } = useCurrentFunction();
  const view = useSessionView(session);
  useWorkspaceVersion(session);
  const [dialog, setDialog] = useState<CodeDialog>();
  const editor = useRef<Editor>(undefined);
  useFocusAfter(dialog, editor);
  const actions = useCodeActions(session, setDialog);
  const fileActions = useFileActions(session, setDialog);
  const { place, focus } = usePlaceToOpen(session);
  const files = view.workspace.files();
  const readOnly = !view.listing.Editable;
  const active = view.activePath;

  useEffect(() => {
    const first = handlerFile(session.view.workspace.files(), configuration.Runtime, configuration.Handler);
    if (session.view.activePath === undefined && first !== undefined) session.open(first);
  }, [session, configuration.Runtime, configuration.Handler]);

  const onEditor = useCallback((made: Editor | undefined) => {
    editor.current = made;
  }, []);

  const format = (): void => void editor.current?.getAction("editor.action.formatDocument")?.run();
  const onKeyDown = (event: KeyboardEvent): void => {
    // Monaco has another key for it on each system; Linux's is taken here.
    if (event.shiftKey && event.altKey && !event.ctrlKey && event.code === "KeyF") {
      event.preventDefault();
      event.stopPropagation();
      format();
    } else actions.onKeyDown(event);
  };
  return (
    <div className="code-area" onKeyDownCapture={onKeyDown}>
      <CodeToolbar session={session} actions={actions} onFormat={format} />
      <ConflictBar session={session} onShowDifference={() => setDialog({ kind: "difference", with: "deployed" })} />
      {view.listing.NotEditableReason && <Alert type="info">{view.listing.NotEditableReason}</Alert>}
      <div className="code-editor">
        <nav className="code-sidebar" aria-label="Explorer">
          <FileTree
            files={files}
            activePath={active}
            readOnly={readOnly}
            onOpen={(path) => session.open(path)}
            onAction={fileActions.act}
            onMove={fileActions.move}
            onDropFiles={(folder, dropped) => void fileActions.addFiles(folder, dropped)}
          />
        </nav>
        <div className="code-main">
          <EditorTabs session={session} />
          {active === undefined ? (
            <EmptyState title="No file is open">Choose one in the tree, or press Ctrl+P.</EmptyState>
          ) : (
            <EditorPane
              session={session}
              path={active}
              readOnly={readOnly}
              epoch={view.epoch}
              focus={focus}
              place={place}
              onEditor={onEditor}
            />
          )}
        </div>
      </div>
      <CodeDialogs session={session} dialog={dialog} onDialog={setDialog} fileActions={fileActions} actions={actions} />
    </div>
  );
}

/** After a dialog the focus is in the editor if it is nowhere else: the keys that open the dialogs work only within the tab. */
function useFocusAfter(dialog: CodeDialog | undefined, editor: RefObject<Editor | undefined>): void {
  const wasOpen = useRef(false);
  useEffect(() => {
    const isClosed = wasOpen.current && dialog === undefined;
    wasOpen.current = dialog !== undefined;
    if (!isClosed) return undefined;
    // After the dialog has given it back to whoever had it before.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) editor.current?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, [dialog, editor]);
}

/** What the address asks for: `?open=PATH:LINE` of a stack trace, or of what was `found`, or the focus right after the function was created. */
function usePlaceToOpen(session: CodeSession): { readonly place: Place | undefined; readonly focus: boolean } {
  const [search, setSearch] = useSearchParams();
  const [place, setPlace] = useState<Place>();
  const [focus, setFocus] = useState(false);
  const open = search.get("open");
  const created = search.get("created");
  useEffect(() => {
    if (open === null && created === null) return;
    const match = /^(.+):(\d+)$/.exec(open ?? "");
    if (match?.[1] && session.view.workspace.has(match[1])) {
      session.open(match[1]);
      const message = search.get("message") ?? "The last test failed here.";
      setPlace({ path: match[1], line: Number(match[2]), message: search.has("found") ? undefined : message });
    }
    if (created !== null) setFocus(true);
    setSearch({}, { replace: true });
  }, [open, created, session, search, setSearch]);
  return { place, focus };
}
