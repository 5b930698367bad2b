import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Textarea from "@cloudscape-design/components/textarea";
import { jsonProblem } from "./test-form.ts";
import "./event-editor.css";

interface EventEditorProps {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly rows?: number;
}

/** An event's JSON, checked as one types. */
export function EventEditor({ text, onChange, rows = 10 }: EventEditorProps) {
  const problem = jsonProblem(text);
  return (
    <FormField
      label="Event JSON"
      stretch
      errorText={problem}
      secondaryControl={
        <Button disabled={problem !== undefined} disabledReason="The event is not valid JSON" onClick={() => onChange(formatted(text))}>
          Format JSON
        </Button>
      }
    >
      <div className="event-editor">
        <Textarea value={text} rows={rows} spellcheck={false} autoComplete={false} onChange={({ detail }) => onChange(detail.value)} />
      </div>
    </FormField>
  );
}

const formatted = (text: string): string => JSON.stringify(JSON.parse(text), null, 2);
