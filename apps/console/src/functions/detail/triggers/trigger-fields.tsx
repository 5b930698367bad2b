import AttributeEditor from "@cloudscape-design/components/attribute-editor";
import Checkbox from "@cloudscape-design/components/checkbox";
import ColumnLayout from "@cloudscape-design/components/column-layout";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { isFifo, type TriggerDraft, type TriggerProblems } from "./trigger.ts";

interface TriggerFieldsProps {
  readonly draft: TriggerDraft;
  readonly problems: TriggerProblems;
  readonly onChange: (change: Partial<TriggerDraft>) => void;
}

/** How a queue's messages come to the function. */
export function TriggerFields({ draft, problems, onChange }: TriggerFieldsProps) {
  return (
    <SpaceBetween size="m">
      <Checkbox key="enabled" checked={draft.isEnabled} onChange={({ detail }) => onChange({ isEnabled: detail.checked })}>
        Activate trigger
      </Checkbox>
      <ColumnLayout key="batch" columns={2}>
        <FormField key="size" label="Batch size" description="Messages in one event at most." errorText={problems["batchSize"]}>
          <Input
            value={draft.batchSize}
            type="number"
            inputMode="numeric"
            onChange={({ detail }) => onChange({ batchSize: detail.value })}
          />
        </FormField>
        <FormField
          key="window"
          label="Batch window - optional"
          description={isFifo(draft) ? "FIFO queues have none." : "Seconds to gather messages for an event."}
          errorText={problems["windowSeconds"]}
        >
          <Input
            value={isFifo(draft) ? "0" : draft.windowSeconds}
            type="number"
            inputMode="numeric"
            disabled={isFifo(draft)}
            onChange={({ detail }) => onChange({ windowSeconds: detail.value })}
          />
        </FormField>
        <FormField
          key="most"
          label="Maximum concurrency - optional"
          description="So many invocations for this queue at once, 2 to 1,000."
          errorText={problems["mostAtOnce"]}
        >
          <Input
            value={draft.mostAtOnce}
            type="number"
            inputMode="numeric"
            onChange={({ detail }) => onChange({ mostAtOnce: detail.value })}
          />
        </FormField>
      </ColumnLayout>
      <Checkbox
        key="partial"
        checked={draft.isPartial}
        description="The function answers which messages failed; only these come again."
        onChange={({ detail }) => onChange({ isPartial: detail.checked })}
      >
        Report batch item failures
      </Checkbox>
      <ExpandableSection key="filters" headerText="Filter criteria - optional" defaultExpanded={draft.filters.length > 0}>
        <AttributeEditor<string>
          items={[...draft.filters]}
          addButtonText="Add filter"
          removeButtonText="Remove"
          disableAddButton={draft.filters.length >= 5}
          empty="No filters: every message comes to the function. A message that no filter matches is deleted."
          onAddButtonClick={() => onChange({ filters: [...draft.filters, ""] })}
          onRemoveButtonClick={({ detail }) => onChange({ filters: draft.filters.filter((_, at) => at !== detail.itemIndex) })}
          definition={[
            {
              label: "Pattern (JSON)",
              control: (pattern, index) => (
                <Input
                  value={pattern}
                  ariaLabel={`Pattern of filter ${index + 1}`}
                  spellcheck={false}
                  placeholder='{"body": {"kind": ["order"]}}'
                  onChange={({ detail }) => onChange({ filters: draft.filters.map((one, at) => (at === index ? detail.value : one)) })}
                />
              ),
              errorText: (_, index) => problems[`filter ${index}`],
            },
          ]}
        />
      </ExpandableSection>
    </SpaceBetween>
  );
}
