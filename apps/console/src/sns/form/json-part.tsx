import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Textarea from "@cloudscape-design/components/textarea";

interface JsonFieldProps {
  /** `Policy` */
  readonly label: string;
  readonly value: string;
  readonly problem: string | undefined;
  readonly placeholder?: string;
  readonly onChange: (value: string) => void;
}

/** JSON to type. */
export function JsonField({ label, value, problem, placeholder = "", onChange }: JsonFieldProps) {
  return (
    <FormField label={`${label} (JSON)`} errorText={problem} stretch>
      <Textarea
        value={value}
        rows={value === "" ? 2 : Math.min(20, value.split("\n").length + 1)}
        placeholder={placeholder}
        spellcheck={false}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  );
}

interface JsonPartProps extends JsonFieldProps {
  readonly title: string;
  readonly description: string;
  readonly example: () => unknown;
}

/** A part of a form that is JSON; an example can be put in. */
export function JsonPart({ title, description, example, ...field }: JsonPartProps) {
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={description}
          actions={
            <Button
              formAction="none"
              ariaLabel={`Insert an example: ${title}`}
              disabled={field.value !== ""}
              onClick={() => field.onChange(JSON.stringify(example(), null, 2))}
            >
              Insert an example
            </Button>
          }
        >
          {title} - optional
        </Header>
      }
    >
      <JsonField {...field} />
    </Container>
  );
}
