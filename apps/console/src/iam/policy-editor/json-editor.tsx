import { useEffect, useRef, useState, type Ref } from "react";
import { loadMonaco, type MonacoApi } from "../../functions/detail/code/monaco.ts";
import { SkeletonLines } from "../../shared/loaded.tsx";
import { ProblemPanel } from "../../shared/problem-panel.tsx";
import type { PolicyProblem } from "./policy-problem.ts";
import { useHandle, type JsonEditorHandle } from "./json-editor-handle.ts";
import "./policy-editor.css";

type Editor = ReturnType<MonacoApi["editor"]["create"]>;

interface JsonEditorProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly ariaLabel: string;
  readonly problems: readonly PolicyProblem[];
  readonly ref?: Ref<JsonEditorHandle>;
}

/** It grows with its text between these. Pixels. */
const height = { least: 160, most: 480 } as const;

const options = {
  language: "json",
  automaticLayout: true,
  minimap: { enabled: false },
  fontSize: 13,
  tabSize: 2,
  lineNumbersMinChars: 3,
  folding: true,
  padding: { top: 8, bottom: 8 },
  scrollBeyondLastLine: false,
  fixedOverflowWidgets: true,
  // The tab key leads on through the form, as in its other fields.
  tabFocusMode: true,
  scrollbar: { alwaysConsumeMouseWheel: false },
} as const;

/** JSON in the code editor, with what is wrong marked at its place. */
export function JsonEditor({ value, onChange, ariaLabel, problems, ref }: JsonEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const [monaco, setMonaco] = useState<MonacoApi>();
  const [editor, setEditor] = useState<Editor>();
  const [error, setError] = useState<unknown>();
  const latest = useRef({ value, onChange });
  useEffect(() => {
    latest.current = { value, onChange };
  });

  useEffect(() => {
    let made: Editor | undefined;
    let isGone = false;
    loadMonaco()
      .then((api) => {
        if (isGone || !host.current) return;
        made = createEditor(api, host.current, latest.current.value, (text) => {
          if (text !== latest.current.value) latest.current.onChange(text);
        });
        setMonaco(() => api);
        setEditor(made);
      })
      .catch(setError);
    return () => {
      isGone = true;
      made?.getModel()?.dispose();
      made?.dispose();
    };
  }, []);

  useEffect(() => {
    if (editor && editor.getValue() !== value) editor.setValue(value);
  }, [editor, value]);

  useEffect(() => {
    editor?.updateOptions({ ariaLabel });
  }, [editor, ariaLabel]);

  useEffect(() => {
    const model = editor?.getModel();
    if (monaco && model) monaco.editor.setModelMarkers(model, "policy", markersOf(monaco, problems));
  }, [editor, monaco, problems]);

  useHandle(ref, editor);

  if (error !== undefined) return <ProblemPanel error={error} />;
  return (
    <div ref={host} className="json-editor" style={{ minHeight: height.least }}>
      {editor === undefined && <SkeletonLines lines={6} />}
    </div>
  );
}

function createEditor(monaco: MonacoApi, host: HTMLElement, value: string, onText: (text: string) => void): Editor {
  const editor = monaco.editor.create(host, { ...options, value });
  const grow = (): void => {
    const wanted = Math.min(height.most, Math.max(height.least, editor.getContentHeight()));
    host.style.height = `${wanted}px`;
    editor.layout();
  };
  editor.onDidContentSizeChange(grow);
  grow();
  editor.onDidChangeModelContent(() => onText(editor.getValue()));
  return editor;
}

function markersOf(monaco: MonacoApi, problems: readonly PolicyProblem[]) {
  const { Error, Warning } = monaco.MarkerSeverity;
  return problems.map(({ severity, message, line, column, endLine, endColumn }) => ({
    severity: severity === "error" ? Error : Warning,
    message,
    startLineNumber: line,
    startColumn: column,
    endLineNumber: endLine,
    endColumn,
  }));
}
