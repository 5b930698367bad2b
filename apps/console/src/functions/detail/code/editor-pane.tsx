import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useRef, useState } from "react";
import { isMissingPart, problemOf } from "../../../api/problem.ts";
import { useReloadWhenBack } from "../../../app/missing-part.ts";
import { ProblemPanel } from "../../../shared/problem-panel.tsx";
import type { CodeSession } from "./code-session.ts";
import { NotText, openModel, readAhead, readBytes } from "./models.ts";
import { loadMonaco, type MonacoApi } from "./monaco.ts";
import { saveAs } from "./save-as.ts";

type Editor = ReturnType<MonacoApi["editor"]["create"]>;
type ViewState = ReturnType<Editor["saveViewState"]>;

/** A line to be shown. */
export interface Place {
  readonly path: string;
  readonly line: number;
  /** What is wrong there: the line is then marked, too. */
  readonly message: string | undefined;
}

interface EditorPaneProps {
  readonly session: CodeSession;
  readonly path: string;
  readonly readOnly: boolean;
  /** Of the session: another one means that the text has to be opened anew. */
  readonly epoch: number;
  /** Takes the focus when it is ready. */
  readonly focus: boolean;
  readonly place: Place | undefined;
  readonly onEditor: (editor: Editor | undefined) => void;
}

const options = {
  automaticLayout: true,
  minimap: { enabled: false },
  fontSize: 13,
  scrollBeyondLastLine: false,
  fixedOverflowWidgets: true,
  tabSize: 4,
  detectIndentation: true,
  padding: { top: 8 },
  glyphMargin: true,
} as const;

/** Where each file was scrolled to and what was selected in it. */
const viewStates = new Map<string, ViewState>();

/** The editor with one file in it. What can't be edited as text is offered as a download. */
export function EditorPane({ session, path, readOnly, epoch, focus, place, onEditor }: EditorPaneProps) {
  const host = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<Editor>();
  const [monaco, setMonaco] = useState<MonacoApi>();
  const [error, setError] = useState<unknown>();
  const [shownPath, setShownPath] = useState<string>();
  const firstPath = useRef(path);
  // Without an editor nothing was typed yet that a reload could lose.
  useReloadWhenBack(isMissingPart(error));

  useEffect(() => {
    let made: Editor | undefined;
    let isGone = false;
    readAhead(session, firstPath.current);
    loadMonaco()
      .then((api) => {
        if (isGone || !host.current) return;
        made = api.editor.create(host.current, { ...options, model: null });
        setMonaco(() => api);
        setEditor(made);
        onEditor(made);
      })
      .catch(setError);
    return () => {
      isGone = true;
      onEditor(undefined);
      made?.dispose();
    };
  }, [onEditor, session]);

  useEffect(() => {
    if (!editor || !monaco) return undefined;
    let isGone = false;
    const key = `${session.folder}/${path}`;
    setError(undefined);
    openModel(monaco, session, path)
      .then((model) => {
        if (isGone) return;
        editor.setModel(model);
        editor.restoreViewState(viewStates.get(key) ?? null);
        setShownPath(path);
      })
      .catch((problem: unknown) => {
        if (isGone) return;
        editor.setModel(null);
        setError(problem);
      });
    return () => {
      isGone = true;
      if (editor.getModel()) viewStates.set(key, editor.saveViewState());
    };
  }, [editor, monaco, session, path, epoch]);

  useEffect(() => {
    editor?.updateOptions({ readOnly, ariaLabel: `${path}, ${readOnly ? "read-only" : "code editor"}` });
  }, [editor, path, readOnly]);

  const lastPath = useRef(path);
  useEffect(() => {
    if (!editor || shownPath !== path) return undefined;
    const isOtherFile = lastPath.current !== path;
    lastPath.current = path;
    if (!focus && !isOtherFile) return undefined;
    // After the dialog through which the file was opened has given the focus back.
    const frame = requestAnimationFrame(() => focusBehindNoDialog(editor));
    return () => cancelAnimationFrame(frame);
  }, [focus, editor, shownPath, path]);

  useEffect(() => {
    if (editor && monaco && place && shownPath === place.path) return showPlace(monaco, editor, place);
    return undefined;
  }, [editor, monaco, place, shownPath]);

  return (
    <div className="editor-pane">
      <div ref={host} className="editor-host" hidden={error !== undefined} />
      {shownPath !== path && error === undefined && (
        <div className="editor-wait">
          <StatusIndicator type="loading">Loading {path}</StatusIndicator>
        </div>
      )}
      {error !== undefined && <CannotEdit session={session} path={path} error={error} />}
    </div>
  );
}

/** A dialog that was opened meanwhile keeps the focus: what is typed is meant for it. */
function focusBehindNoDialog(editor: Editor): void {
  if (!document.activeElement?.closest("[role=dialog]")) editor.focus();
}

/** Shows the line; where something is wrong, marks it and says what. */
function showPlace(monaco: MonacoApi, editor: Editor, { line, message }: Place): () => void {
  const model = editor.getModel();
  if (!model) return () => undefined;
  const lineNumber = Math.min(line, model.getLineCount());
  editor.revealLineInCenter(lineNumber);
  editor.setPosition({ lineNumber, column: model.getLineFirstNonWhitespaceColumn(lineNumber) || 1 });
  focusBehindNoDialog(editor);
  if (message === undefined) return () => undefined;
  const marker = {
    severity: monaco.MarkerSeverity.Error,
    message,
    startLineNumber: lineNumber,
    startColumn: model.getLineFirstNonWhitespaceColumn(lineNumber) || 1,
    endLineNumber: lineNumber,
    endColumn: model.getLineMaxColumn(lineNumber),
  };
  monaco.editor.setModelMarkers(model, "test", [marker]);
  const change = model.onDidChangeContent(() => monaco.editor.setModelMarkers(model, "test", []));
  return () => change.dispose();
}

function CannotEdit({ session, path, error }: { readonly session: CodeSession; readonly path: string; readonly error: unknown }) {
  const isBinary = error instanceof NotText;
  if (!isBinary && problemOf(error).code !== "FileTooLargeException") return <ProblemPanel error={error} />;
  return (
    <Box textAlign="center" padding="xxl">
      <SpaceBetween size="s">
        <Box key="why">{isBinary ? `${path} is not text, so it can't be edited here.` : `${path} is too large to be edited here.`}</Box>
        {isBinary && (
          <Button
            key="download"
            iconName="download"
            onClick={() => void readBytes(session, path).then((bytes) => saveAs(path.split("/").at(-1) ?? path, bytes))}
          >
            Download
          </Button>
        )}
      </SpaceBetween>
    </Box>
  );
}
