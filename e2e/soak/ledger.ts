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
  sentAtMs: number;
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
  wrongRuns(entry: Entry, runs: number): string | undefined {
    const retried = entry.kind === "async" && tasks[entry.task].errors.length > 0;
    const least = entry.outcome === "refused" || this.mayBeDropped(entry) ? 0 : 1;
    const most = entry.outcome === "refused" ? 0 : retried ? 3 : 1;
    if (runs >= least && runs <= most) return undefined;
    return `${entry.kind} ${entry.task} ${entry.id} of ${entry.functionName}, ${entry.outcome}, ran ${runs} times`;
  }
}

/** How often each invocation of the functions ran, by what they wrote to their logs. */
export async function countRuns(logs: CloudWatchLogsClient, functionNames: Iterable<string>): Promise<ReadonlyMap<string, number>> {
  const runs = new Map<string, number>();
  for (const functionName of functionNames) {
    for (const message of await messagesOf(logs, functionName)) {
      const id = /\bran (\S+)/.exec(message)?.[1];
      if (id !== undefined) runs.set(id, (runs.get(id) ?? 0) + 1);
    }
  }
  return runs;
}

async function messagesOf(logs: CloudWatchLogsClient, functionName: string): Promise<readonly string[]> {
  const messages: string[] = [];
  try {
    const pages = paginateFilterLogEvents({ client: logs }, { logGroupName: `/aws/lambda/${functionName}`, filterPattern: "ran" });
    for await (const page of pages) messages.push(...(page.events ?? []).map(({ message }) => message ?? ""));
  } catch (error) {
    // It never ran.
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  return messages;
}
