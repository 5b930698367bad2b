import DateRangePicker, { type DateRangePickerProps } from "@cloudscape-design/components/date-range-picker";
import FormField from "@cloudscape-design/components/form-field";
import Grid from "@cloudscape-design/components/grid";
import Input from "@cloudscape-design/components/input";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect, useState } from "react";
import { quickRanges, writeRange, type TimeRange } from "./time-range.ts";

interface EventFilterProps {
  readonly pattern: string;
  readonly problem: string | undefined;
  readonly onPattern: (pattern: string) => void;
  readonly range: TimeRange | undefined;
  /** As the address has it; undefined is all there is. */
  readonly onRange: (range: string | undefined) => void;
  readonly isUtc: boolean;
  readonly onUtc: (isUtc: boolean) => void;
}

/** Filter pattern and time range. */
export function EventFilter({ pattern, problem, onPattern, range, onRange, isUtc, onUtc }: EventFilterProps) {
  const [text, setText] = useState(pattern);
  // Back and forward change what the address has.
  useEffect(() => setText(pattern), [pattern]);
  return (
    <Grid gridDefinition={[{ colspan: { default: 12, s: 6 } }, { colspan: { default: 12, s: 6 } }]}>
      <FormField errorText={problem} stretch>
        <Input
          type="search"
          value={text}
          ariaLabel="Filter pattern"
          placeholder='ERROR or { $.level = "ERROR" }, then Enter'
          onChange={({ detail }) => {
            setText(detail.value);
            if (detail.value === "") onPattern("");
          }}
          onKeyDown={({ detail }) => {
            if (detail.key === "Enter") onPattern(text);
          }}
        />
      </FormField>
      <SpaceBetween direction="horizontal" size="xs">
        <DateRangePicker
          key="range"
          value={pickerValue(range)}
          placeholder="All time"
          relativeOptions={quickRanges.map(({ id, ms }) => ({ key: id, ...relativeOf(ms) }))}
          isValidRange={rangeValidity}
          {...(isUtc && { timeOffset: 0 })}
          ariaLabel="Time range"
          onChange={({ detail }) => {
            const { value } = detail;
            if (value?.type === "relative")
              onRange(writeRange({ kind: "relative", ms: toMs(value.amount, value.unit) }) ?? absolute(value.amount, value.unit));
            else if (value?.type === "absolute") onRange(`${Date.parse(value.startDate)}~${Date.parse(value.endDate)}`);
            else onRange(undefined);
          }}
        />
        <SegmentedControl
          key="zone"
          label="Time zone"
          selectedId={isUtc ? "utc" : "local"}
          options={[
            { id: "local", text: "Local" },
            { id: "utc", text: "UTC" },
          ]}
          onChange={({ detail }) => onUtc(detail.selectedId === "utc")}
        />
      </SpaceBetween>
    </Grid>
  );
}

const unitMs: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
  year: 365 * 86_400_000,
};

const toMs = (amount: number, unit: string): number => amount * (unitMs[unit] ?? 60_000);

/** A relative range that is none of the quick ones, as the moments that it means now. */
const absolute = (amount: number, unit: string): string => `${Date.now() - toMs(amount, unit)}~${Date.now()}`;

/** In the largest unit that divides it: 3 hours, not 180 minutes. */
function relativeOf(ms: number): DateRangePickerProps.RelativeValue {
  const unit = (["week", "day", "hour"] as const).find((name) => ms % toMs(1, name) === 0) ?? "minute";
  return { type: "relative", amount: ms / toMs(1, unit), unit };
}

function pickerValue(range: TimeRange | undefined) {
  if (range === undefined) return null;
  if (range.kind === "absolute")
    return { type: "absolute" as const, startDate: new Date(range.startMs).toISOString(), endDate: new Date(range.endMs).toISOString() };
  return relativeOf(range.ms);
}

function rangeValidity(value: DateRangePickerProps.Value | null): DateRangePickerProps.ValidationResult {
  const invalid = (errorMessage: string): DateRangePickerProps.ValidationResult => ({ valid: false, errorMessage });
  if (value?.type === "relative") return value.amount > 0 ? { valid: true } : invalid("Give a duration of at least 1.");
  if (value?.type !== "absolute") return { valid: true };
  const start = Date.parse(value.startDate);
  const end = Date.parse(value.endDate);
  if (Number.isNaN(start) || Number.isNaN(end)) return invalid("Choose a start and an end.");
  return start < end ? { valid: true } : invalid("The start must be before the end.");
}
