import { formatAgo, formatClock, formatTime } from "./format.ts";

interface MomentProps {
  readonly time: Date | string | number | undefined;
}

/** How long ago something was; the exact time on pointing at it. */
export function Moment({ time }: MomentProps) {
  return <Time time={time} format={formatAgo} />;
}

/** When something was, to the second: where many lie close together. */
export function ClockTime({ time }: MomentProps) {
  return <Time time={time} format={formatClock} />;
}

function Time({ time, format }: MomentProps & { readonly format: (date: Date) => string }) {
  if (time === undefined) return <>-</>;
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return <>-</>;
  return (
    <time dateTime={date.toISOString()} title={formatTime(date)} className="nowrap">
      {format(date)}
    </time>
  );
}
