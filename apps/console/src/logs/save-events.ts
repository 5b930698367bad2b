import { saveAs } from "../functions/detail/code/save-as.ts";
import { shownText } from "./event-text.ts";
import type { LogEvent } from "./read-events.ts";

/** Saves lines as a text file: time, a space, the line. */
export function saveEvents(groupName: string, events: readonly LogEvent[]): void {
  const text = events.map(({ timestamp, message }) => `${new Date(timestamp).toISOString()} ${shownText(message)}\n`).join("");
  saveAs(`${groupName.replaceAll(/[^\w.-]+/g, "-").replace(/^-/, "")}.log`, new TextEncoder().encode(text), "text/plain");
}
