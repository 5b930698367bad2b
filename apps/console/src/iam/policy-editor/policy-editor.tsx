import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useRef } from "react";
import { formattedJson } from "../json-text.ts";
import type { JsonEditorHandle } from "./json-editor-handle.ts";
import { JsonEditor } from "./json-editor.tsx";
import { ProblemList } from "./problem-list.tsx";
import type { PolicyKind, PolicyProblem } from "./policy-problem.ts";
import { PolicyWords } from "./policy-words.tsx";

interface PolicyEditorProps {
  /** The document as JSON text. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** `Policy document` */
  readonly ariaLabel: string;
  readonly kind: PolicyKind;
  /** What `policyProblems` found in the value. */
  readonly problems: readonly PolicyProblem[];
}

/** Edits a policy document: what is wrong with it is marked and listed as one types, what it means is said under it. */
export function PolicyEditor({ value, onChange, ariaLabel, kind, problems }: PolicyEditorProps) {
  const editor = useRef<JsonEditorHandle>(null);
  const formatted = formattedJson(value);
  return (
    <SpaceBetween size="xs">
      <JsonEditor key="editor" ref={editor} value={value} onChange={onChange} ariaLabel={ariaLabel} problems={problems} />
      <ProblemList
        key="problems"
        problems={problems}
        onGoTo={({ line, column }) => editor.current?.goTo(line, column)}
        actions={
          <Button
            variant="inline-link"
            formAction="none"
            disabled={formatted === undefined}
            disabledReason="The document is not valid JSON"
            onClick={() => onChange(formatted ?? value)}
          >
            Format JSON
          </Button>
        }
      />
      <Box key="words" fontSize="body-s" color="text-body-secondary">
        <PolicyWords document={value} kind={kind} />
      </Box>
    </SpaceBetween>
  );
}
