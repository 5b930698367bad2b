import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Input from "@cloudscape-design/components/input";
import type { Pair } from "./pairs.ts";

interface PairsEditorProps {
  readonly pairs: readonly Pair[];
  readonly onChange: (pairs: readonly Pair[]) => void;
  /** What is wrong with a key or a value. */
  readonly keyProblem: (pair: Pair, index: number) => string | undefined;
  readonly valueProblem?: (pair: Pair) => string | undefined;
  /** `environment variable` */
  readonly noun: string;
  readonly most?: number;
}

/** Edits keys with their values: environment variables, tags. */
export function PairsEditor({ pairs, onChange, keyProblem, valueProblem, noun, most }: PairsEditorProps) {
  const change = (index: number, facts: Partial<Pair>): void =>
    onChange(pairs.map((pair, at) => (at === index ? { ...pair, ...facts } : pair)));
  return (
    <AttributeEditor<Pair>
      items={[...pairs]}
      addButtonText={`Add ${noun}`}
      removeButtonText="Remove"
      removeButtonAriaLabel={({ key }) => `Remove ${noun} ${key}`}
      disableAddButton={most !== undefined && pairs.length >= most}
      empty={`No ${noun}s yet.`}
      onAddButtonClick={() => onChange([...pairs, { key: "", value: "" }])}
      onRemoveButtonClick={({ detail }) => onChange(pairs.filter((_, at) => at !== detail.itemIndex))}
      definition={[
        {
          label: "Key",
          control: ({ key }, index) => (
            <Input
              value={key}
              ariaLabel={`Key of ${noun} ${index + 1}`}
              spellcheck={false}
              onChange={({ detail }) => change(index, { key: detail.value })}
            />
          ),
          errorText: (pair, index) => keyProblem(pair, index),
        },
        {
          label: "Value",
          control: ({ value }, index) => (
            <Input
              value={value}
              ariaLabel={`Value of ${noun} ${index + 1}`}
              spellcheck={false}
              onChange={({ detail }) => change(index, { value: detail.value })}
            />
          ),
          errorText: (pair) => valueProblem?.(pair),
        },
      ]}
    />
  );
}
