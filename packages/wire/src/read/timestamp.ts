import type { TimestampFormat } from "../model/raw-model.ts";

/** Reads a time; undefined if the text is none in that format. */
export function readTimestamp(text: string, format: TimestampFormat): Date | undefined {
  const ms = format === "unixTimestamp" ? (/^-?\d{1,15}(\.\d+)?(E\d{1,2})?$/i.test(text) ? Number(text) * 1000 : NaN) : parseDate(text);
  const date = new Date(Math.round(ms));
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** RFC 3339, with or without fraction and offset, or an HTTP date: services read both wherever a date is text. */
function parseDate(text: string): number {
  if (/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/i.test(text)) {
    return Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text.slice(10)) || text.length === 10 ? text : `${text}Z`);
  }
  return /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(text) ? Date.parse(text) : NaN;
}

/** Writes a time: a number of seconds for `unixTimestamp`, else text. */
export function writeTimestamp(date: Date, format: TimestampFormat): string | number {
  if (format === "unixTimestamp") return date.getTime() / 1000;
  if (format === "rfc822") return date.toUTCString();
  return date.toISOString().replace(/\.000Z$/, "Z");
}
