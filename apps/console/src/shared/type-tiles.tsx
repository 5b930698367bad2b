import FormField from "@cloudscape-design/components/form-field";
import Tiles from "@cloudscape-design/components/tiles";

interface TypeTilesProps {
  readonly isFifo: boolean;
  /** What is true of each type. */
  readonly descriptions: { readonly standard: string; readonly fifo: string };
  readonly onChange: (change: { readonly isFifo: boolean }) => void;
}

/** Chooses between standard and FIFO, which queues and topics are from their beginning on. */
export function TypeTiles({ isFifo, descriptions, onChange }: TypeTilesProps) {
  return (
    <FormField label="Type" description="It can't be changed later.">
      <Tiles
        value={isFifo ? "fifo" : "standard"}
        items={[
          { value: "standard", label: "Standard", description: descriptions.standard },
          { value: "fifo", label: "FIFO", description: descriptions.fifo },
        ]}
        onChange={({ detail }) => onChange({ isFifo: detail.value === "fifo" })}
      />
    </FormField>
  );
}
