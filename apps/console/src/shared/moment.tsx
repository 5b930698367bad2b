import { formatAgo, formatTime } from "./format.ts";

/** How long ago something was; the exact time on pointing at it. */
export function Moment({ time }: { readonly time: Date | string | number | undefined }) {
  if (time === undefined) return <>-</>;
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return <>-</>;
  return (
    <time dateTime={date.toISOString()} title={formatTime(date)} className="nowrap">
      {formatAgo(date)}
    </time>
  );
}
