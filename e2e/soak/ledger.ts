import { paginateFilterLogEvents, ResourceNotFoundException, type CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { tasks, type Task } from "./programs.ts";

/** What was sent, and what is known of it. */
export interface Entry {
  readonly id: string;
  readonly functionName: string;
  readonly task: Task;
  readonly kind: "sync" | "async";
  /** `answered`: by the function, rightly; `accepted`: with 202; `refused`: with an error that says that it did not run. */
  outcome: "sent" | "answered" | "accepted" | "refused";
  readonly sentAtMs: number;
  /** The server's. */
  requestId: string;
}

/** Every invocation by its id, and when functions were deleted. */
export class Ledger {
  readonly entries = new Map<string, Entry>();
  readonly #deletedAtMs = new Map<string, number>();
  readonly problems: string[] = [];

  add(entry: Entry): Entry {
    this.entries.set(entry.id, entry);
    return entry;
  }

  noteDeletion(functionName: string): void {
    this.#deletedAtMs.set(functionName, performance.now());
  }

  /** Events that wait for a function go with it. */
  mayBeDropped({ kind, functionName, sentAtMs }: Entry): boolean {
    return kind === "async" && (this.#deletedAtMs.get(functionName) ?? 0) >= sentAtMs;
  }

  /** How an invocation's number of runs is wrong, if it is. AWS runs an event again whose function failed, twice at most. */
  wrongRuns(entry: Entry, { starts, handled, timedOut }: Runs): string | undefined {
    const mayRetry = entry.kind === "async" && (tasks[entry.task].errors.length > 0 || timedOut.has(entry.requestId));
    const least = entry.outcome === "refused" || this.mayBeDropped(entry) ? 0 : 1;
    const most = entry.outcome === "refused" ? 0 : mayRetry ? 3 : 1;
    const started = starts.get(entry.requestId) ?? 0;
    const ran = handled.get(entry.id) ?? 0;
    const isHandled = ran === started || (timedOut.has(entry.requestId) && ran < started);
    if (started >= least && started <= most && isHandled) return undefined;
    return `${entry.kind} ${entry.task} ${entry.id} of ${entry.functionName} (${entry.requestId}), ${entry.outcome}, was started ${started} times and ran ${ran} times`;
  }
}

/** What the functions' logs tell. */
export interface Runs {
  /** How often the platform says that it started each request, by the request's id. */
  readonly starts: ReadonlyMap<string, number>;
  /** How often the handler says that it ran for each event, by the event's own id. */
  readonly handled: ReadonlyMap<string, number>;
  /** Requests that ran out of time, perhaps before the handler's first line. */
  readonly timedOut: ReadonlySet<string>;
}

/** Reads the functions' logs. */
export async function readRuns(logs: CloudWatchLogsClient, functionNames: Iterable<string>): Promise<Runs> {
  const starts = new Map<string, number>();
  const handled = new Map<string, number>();
  const timedOut = new Set<string>();
  const count = (counts: Map<string, number>, id: string | undefined): void => {
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  };
  for (const functionName of functionNames) {
    for (const message of await messagesOf(logs, functionName)) {
      count(starts, /^START RequestId: (\S+)/.exec(message)?.[1]);
      count(handled, /\bran (i\d+)/.exec(message)?.[1]);
      const late = /(\S+) Task timed out/.exec(message)?.[1];
      if (late !== undefined) timedOut.add(late);
    }
  }
  return { starts, handled, timedOut };
}

async function messagesOf(logs: CloudWatchLogsClient, functionName: string): Promise<readonly string[]> {
  const messages: string[] = [];
  try {
    const filterPattern = '?START ?ran ?"timed out"';
    const pages = paginateFilterLogEvents({ client: logs }, { logGroupName: `/aws/lambda/${functionName}`, filterPattern });
    for await (const page of pages) messages.push(...(page.events ?? []).map(({ message }) => message ?? ""));
  } catch (error) {
    // It never ran.
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return messages;
}
