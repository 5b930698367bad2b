import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import { attributeProblem, mostAttributes, type AttributeDraft } from "./message-attributes.ts";

interface AttributesEditorProps {
  readonly drafts: readonly AttributeDraft[];
  /** Those to choose from. */
  readonly types: readonly AttributeDraft["type"][];
  readonly isShown: boolean;
  readonly onChange: (drafts: readonly AttributeDraft[]) => void;
}

/** The attributes of a message. */
export function AttributesEditor({ drafts, types, isShown, onChange }: AttributesEditorProps) {
  const change = (index: number, facts: Partial<AttributeDraft>): void =>
    onChange(drafts.map((draft, at) => (at === index ? { ...draft, ...facts } : draft)));
  return (
    <AttributeEditor<AttributeDraft>
      items={[...drafts]}
      addButtonText="Add attribute"
      removeButtonText="Remove"
      removeButtonAriaLabel={({ name }) => `Remove attribute ${name}`}
      disableAddButton={drafts.length >= mostAttributes}
      empty="No attributes."
      onAddButtonClick={() => onChange([...drafts, { name: "", type: "String", value: "" }])}
      onRemoveButtonClick={({ detail }) => onChange(drafts.filter((_, at) => at !== detail.itemIndex))}
      definition={[
        {
          label: "Name",
          control: ({ name }, index) => (
            <Input
              value={name}
              ariaLabel={`Name of attribute ${index + 1}`}
              spellcheck={false}
              onChange={({ detail }) => change(index, { name: detail.value })}
            />
          ),
          errorText: (_, index) => (isShown ? attributeProblem(drafts, index) : undefined),
        },
        {
          label: "Type",
          control: ({ type }, index) => (
            <Select
              ariaLabel={`Type of attribute ${index + 1}`}
              selectedOption={{ value: type, label: type }}
              options={types.map((value) => ({ value, label: value }))}
              onChange={({ detail }) => change(index, { type: detail.selectedOption.value as AttributeDraft["type"] })}
            />
          ),
        },
        {
          label: "Value",
          control: ({ value }, index) => (
            <Input
              value={value}
              ariaLabel={`Value of attribute ${index + 1}`}
              spellcheck={false}
              onChange={({ detail }) => change(index, { value: detail.value })}
            />
          ),
        },
      ]}
    />
  );
}
