import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { CorsDraft } from "./cors-draft.ts";

interface CorsFieldsProps {
  readonly draft: CorsDraft;
  /** By field. */
  readonly problems: Partial<Record<keyof CorsDraft, string>>;
  readonly onChange: (draft: CorsDraft) => void;
}

const fields = [
  { name: "origins", label: "Allow origin", hint: "Separated by commas; * stands for all", placeholder: "https://www.example.com" },
  { name: "methods", label: "Allow methods", hint: "Separated by commas; * stands for all", placeholder: "GET, POST" },
  { name: "headers", label: "Allow headers", hint: "That a page may send", placeholder: "content-type" },
  { name: "exposed", label: "Expose headers", hint: "That a page may read", placeholder: "x-request-id" },
  { name: "maxAge", label: "Max age", hint: "Seconds for which a browser need not ask again, up to 86,400", placeholder: "300" },
] as const;

/** The fields of a CORS configuration. */
export function CorsFields({ draft, problems, onChange }: CorsFieldsProps) {
  return (
    <SpaceBetween size="l">
      {fields.map(({ name, label, hint, placeholder }) => (
        <FormField key={name} label={label} constraintText={hint} errorText={problems[name]}>
          <Input
            value={draft[name]}
            placeholder={placeholder}
            spellcheck={false}
            onChange={({ detail }) => onChange({ ...draft, [name]: detail.value })}
          />
        </FormField>
      ))}
      <Checkbox
        key="credentials"
        checked={draft.credentials}
        description="Cookies and the like may be sent along."
        onChange={({ detail }) => onChange({ ...draft, credentials: detail.checked })}
      >
        Allow credentials
      </Checkbox>
    </SpaceBetween>
  );
}
