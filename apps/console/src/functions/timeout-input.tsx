import ColumnLayout from "@cloudscape-design/components/column-layout";
import Box from "@cloudscape-design/components/box";
import Input from "@cloudscape-design/components/input";
import "./timeout-input.css";

interface TimeoutInputProps {
  readonly label?: string;
  readonly minutes: string;
  readonly seconds: string;
  readonly onChange: (change: { readonly minutes?: string; readonly seconds?: string }) => void;
  readonly onBlur: () => void;
}

/** A stretch of time, such as a function's timeout, in minutes and seconds. */
export function TimeoutInput({ label = "Timeout", minutes, seconds, onChange, onBlur }: TimeoutInputProps) {
  return (
    <ColumnLayout columns={2}>
      <div key="minutes" className="timeout-part">
        <Input
          ariaLabel={`${label}, minutes`}
          value={minutes}
          type="number"
          inputMode="numeric"
          onChange={({ detail }) => onChange({ minutes: detail.value })}
          onBlur={onBlur}
        />
        <Box color="text-body-secondary">min</Box>
      </div>
      <div key="seconds" className="timeout-part">
        <Input
          ariaLabel={`${label}, seconds`}
          value={seconds}
          type="number"
          inputMode="numeric"
          onChange={({ detail }) => onChange({ seconds: detail.value })}
          onBlur={onBlur}
        />
        <Box color="text-body-secondary">sec</Box>
      </div>
    </ColumnLayout>
  );
}
