import StatusIndicator from "@cloudscape-design/components/status-indicator";
import { useEffect, useRef, useState } from "react";
import { ProblemPanel } from "../../../shared/problem-panel.tsx";
import { languageOf, loadMonaco } from "./monaco.ts";
import "./text-difference.css";

interface TextDifferenceProps {
  readonly path: string;
  readonly before: () => Promise<string>;
  readonly after: () => Promise<string>;
}

/** Two texts beside each other, with what differs marked. Texts are read once. */
export function TextDifference({ path, before, after }: TextDifferenceProps) {
  const host = useRef<HTMLDivElement>(null);
  const [error, setError] = useState<unknown>();
  const [isLoading, setLoading] = useState(true);
  const read = useRef({ before, after });
  useEffect(() => {
    let dispose = (): void => undefined;
    let isGone = false;
    Promise.all([loadMonaco(), read.current.before(), read.current.after()])
      .then(([monaco, original, modified]) => {
        if (isGone || !host.current) return;
        const editor = monaco.editor.createDiffEditor(host.current, {
          automaticLayout: true,
          readOnly: true,
          originalAriaLabel: `${path} as it was`,
          modifiedAriaLabel: `${path} as it would be`,
          renderSideBySide: host.current.clientWidth > 700,
          minimap: { enabled: false },
          scrollBeyondLastLine: false,
        });
        const models = {
          original: monaco.editor.createModel(original, languageOf(path)),
          modified: monaco.editor.createModel(modified, languageOf(path)),
        };
        editor.setModel(models);
        setLoading(false);
        dispose = () => {
          editor.dispose();
          models.original.dispose();
          models.modified.dispose();
        };
      })
      .catch(setError);
    return () => {
      isGone = true;
      dispose();
    };
  }, [path]);
  if (error !== undefined) return <ProblemPanel error={error} />;
  return (
    <div ref={host} className="text-difference">
      {isLoading && <StatusIndicator type="loading">Loading both texts</StatusIndicator>}
    </div>
  );
}
