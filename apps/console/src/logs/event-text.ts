// What terminals read as colours and the like.
const ansi = new RegExp(String.raw`\u001b\[[0-9;?]*[ -/]*[@-~]`, "g");

/** A line as it is shown: without colours of terminals and without the line's end. */
export const shownText = (message: string): string => message.replace(ansi, "").replace(/\r?\n$/, "");

/** A line that is JSON, over several lines; undefined if it is none. */
export function prettyJson(message: string): string | undefined {
  const text = message.trim();
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return undefined;
  }
}

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const requestIds: readonly RegExp[] = [
  new RegExp(`RequestId: (${uuid})`),
  new RegExp(`"(?:requestId|AWSRequestId|awsRequestId)"\\s*:\\s*"(${uuid})"`),
  // Node.js and Python write it between tabs, after the time.
  new RegExp(`\\t(${uuid})\\t`),
];

/** The invocation that a line names; undefined if it names none. */
export function requestIdOf(message: string): string | undefined {
  for (const pattern of requestIds) {
    const id = pattern.exec(message)?.[1];
    if (id) return id;
  }
  return undefined;
}

/** How much a line matters. */
export type Severity = "error" | "warning" | "report" | "none";

const severities: readonly (readonly [Severity, RegExp])[] = [
  ["error", /\bERROR\b|\[ERROR\]|"level"\s*:\s*"(ERROR|FATAL)"|Task timed out|Traceback|Runtime\.\w+/],
  ["warning", /\bWARN(ING)?\b|"level"\s*:\s*"WARN"/],
  ["report", /^(START|END|REPORT) RequestId|^INIT_START|"type"\s*:\s*"platform\./],
];

/** Read off the words that runtimes and loggers use. */
export const severityOf = (message: string): Severity => severities.find(([, pattern]) => pattern.test(message))?.[0] ?? "none";

/** Whether a line is the first of its invocation. */
export const isStart = (message: string): boolean => /^START |"platform.start"/.test(message);
/** Whether a line is the last of its invocation. */
export const isReport = (message: string): boolean => /^REPORT |"platform.report"/.test(message);

interface Line {
  readonly message: string;
  readonly logStreamName: string;
}

interface Segment<T> {
  readonly lines: T[];
  isOver: boolean;
}

/** What an environment said from one invocation's REPORT to the next one's; those that began, in that order. */
function segmentsOf<T extends Line>(events: readonly T[]): Segment<T>[] {
  const latest = new Map<string, Segment<T>>();
  const begun: Segment<T>[] = [];
  for (const event of events) {
    const before = latest.get(event.logStreamName);
    const segment: Segment<T> = before === undefined || before.isOver ? { lines: [], isOver: false } : before;
    latest.set(event.logStreamName, segment);
    segment.lines.push(event);
    if (isStart(event.message) && !begun.includes(segment)) begun.push(segment);
    if (isReport(event.message)) segment.isOver = true;
  }
  return begun;
}

/**
 * The lines of an invocation that has not been answered, and whose id therefore nobody knows: those of the first that began and is not over.
 * `isUnsure`: others began, too.
 */
export function linesOfUnanswered<T extends Line>(events: readonly T[]): { readonly lines: readonly T[]; readonly isUnsure: boolean } {
  const begun = segmentsOf(events);
  const own = begun.find(({ isOver }) => !isOver) ?? begun.at(-1);
  const lines = own?.lines ?? events.filter(({ message }) => message.startsWith("INIT_START") || message.includes('"platform.initStart"'));
  return { lines, isUnsure: begun.length > 1 };
}

/** The lines of one invocation among those of its stream: from its START to its REPORT, and every other that names it. */
export function linesOfInvocation<T extends Line>(events: readonly T[], requestId: string): T[] {
  let insideStream: string | undefined;
  return events.filter((event) => {
    const isNamed = event.message.includes(requestId);
    if (isNamed && isStart(event.message)) insideStream = event.logStreamName;
    const isInside = insideStream === event.logStreamName;
    if (isNamed && isReport(event.message)) insideStream = undefined;
    return isNamed || isInside;
  });
}
