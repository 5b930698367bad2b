import type { FunctionTarget, LogLine } from "@mayfly/engine";
import { AccessDenied, isFault, type CallAs, type Clock, type ServiceCall } from "@mayfly/kernel";
import type { InputLogEvent } from "@mayfly/wire/logs";
import { executionRolePrincipal } from "./execution-role.ts";
import type { LambdaLimits } from "./limits.ts";

/** Writes functions' log lines to CloudWatch Logs, as the functions' own roles. */
export interface LogDelivery {
  /** Takes lines in order; lines beyond the memory bound are dropped. Resolves when they are on disk, or were refused. */
  log(target: FunctionTarget, logStreamName: string, lines: readonly LogLine[]): Promise<void>;
  /** Resolves when what was taken so far of streams of that name is on disk, or was refused. */
  written(logStreamName: string): Promise<void>;
  /** Resolves when everything taken so far is written, or was refused. */
  flush(): Promise<void>;
}

/** What log delivery is made of. */
export interface LogDeliveryOptions {
  readonly callAs: CallAs;
  readonly clock: Clock;
  readonly limits: LambdaLimits;
  readonly onProblem: (line: string) => void;
}

interface LogEvent {
  readonly timestamp: number;
  readonly message: string;
  readonly bytes: number;
}

/** Lines of one stream that wait, and the writer that works on them. */
interface Stream {
  readonly target: FunctionTarget;
  readonly name: string;
  readonly key: string;
  waiting: LogEvent[];
  writer: Promise<void> | undefined;
}

/** One batch of a stream is under way at a time; what arrives meanwhile makes the next one. */
export function createLogDelivery(options: LogDeliveryOptions): LogDelivery {
  const { limits, onProblem } = options;
  const principalOf = executionRolePrincipal(options);
  const streams = new Map<string, Stream>();
  const made = createRecentSet(limits.logKnownStreamCount);
  let queuedBytes = 0;
  let dropped = 0;

  const enqueue = (stream: Stream, lines: readonly LogLine[]): void => {
    for (const { timestampMs, message } of lines) {
      const text = fit(message, limits.logEventBytes);
      const bytes = Buffer.byteLength(text) + limits.logEventOverheadBytes;
      if (queuedBytes + bytes > limits.logQueueBytes) {
        if (dropped++ === 0) onProblem("Log lines arrive faster than they can be written: some are dropped.");
        continue;
      }
      queuedBytes += bytes;
      stream.waiting.push({ timestamp: Math.floor(timestampMs), message: text, bytes });
    }
  };

  const call = async (stream: Stream): Promise<ServiceCall> => {
    const { accountId, region } = stream.target;
    return options.callAs({ principal: await principalOf(stream.target), accountId, region });
  };

  const writeAll = async (stream: Stream): Promise<void> => {
    while (stream.waiting.length > 0) {
      // What comes within this time shares a call and a commit.
      if (stream.waiting.length < limits.logBatchCount) await sleep(limits.logLingerMs);
      const batch = takeBatch(stream, limits);
      await writeBatch(stream, batch, { call: () => call(stream), made }, options);
      queuedBytes -= batch.reduce((sum, event) => sum + event.bytes, 0);
      if (dropped > 0 && queuedBytes < limits.logQueueBytes / 2) {
        onProblem(`${dropped} log lines were dropped.`);
        dropped = 0;
      }
    }
    streams.delete(stream.key);
  };

  return {
    log(target, logStreamName, lines) {
      const key = `${target.accountId}/${target.region}/${target.logGroupName}:${logStreamName}`;
      let stream = streams.get(key);
      if (stream === undefined) streams.set(key, (stream = { target, name: logStreamName, key, waiting: [], writer: undefined }));
      enqueue(stream, lines);
      stream.writer ??= writeAll(stream);
      return stream.writer;
    },
    async written(logStreamName) {
      const ofThatName = [...streams.values()].filter((stream) => stream.name === logStreamName);
      await Promise.all(ofThatName.map(async (stream) => stream.writer));
    },
    async flush() {
      while (streams.size > 0) await Promise.all([...streams.values()].map(async (stream) => stream.writer));
    },
  };
}

/** Names seen lately. */
interface RecentSet {
  has(name: string): boolean;
  add(name: string): void;
  delete(name: string): void;
}

function createRecentSet(mostCount: number): RecentSet {
  const names = new Set<string>();
  return {
    has: (name) => names.has(name),
    add(name) {
      if (names.add(name).size <= mostCount) return;
      for (const oldest of names) return void names.delete(oldest);
    },
    delete: (name) => void names.delete(name),
  };
}

/** The first lines that fit one PutLogEvents call, in order of time. */
function takeBatch(stream: Stream, limits: LambdaLimits): LogEvent[] {
  let bytes = 0;
  let count = 0;
  for (const event of stream.waiting) {
    if (count >= limits.logBatchCount || bytes + event.bytes > limits.logBatchBytes) break;
    bytes += event.bytes;
    count++;
  }
  const batch = stream.waiting.slice(0, count);
  stream.waiting = stream.waiting.slice(count);
  return batch.sort((a, b) => a.timestamp - b.timestamp);
}

async function writeBatch(
  stream: Stream,
  batch: readonly LogEvent[],
  { call, made }: { readonly call: () => Promise<ServiceCall>; readonly made: RecentSet },
  options: LogDeliveryOptions,
): Promise<void> {
  const { limits, onProblem } = options;
  const logEvents: InputLogEvent[] = batch.map(({ timestamp, message }) => ({ timestamp, message }));
  const { logGroupName } = stream.target;
  for (let attempt = 1; ; attempt++) {
    try {
      const logs = await call();
      if (!made.has(stream.key)) await makeStream(logs, logGroupName, stream.name);
      made.add(stream.key);
      await logs("logs", "PutLogEvents", { logGroupName, logStreamName: stream.name, logEvents });
      return;
    } catch (error) {
      // As on AWS: a role that may not write logs writes none, and nobody is told.
      if (isDenied(error)) return;
      // It may be that somebody deleted the group or the stream.
      made.delete(stream.key);
      if (attempt >= limits.logAttemptCount) {
        if (!isFault(error)) onProblem(`Log lines of ${stream.target.functionName} could not be written: ${String(error)}`);
        return;
      }
      if (!isFault(error, "ResourceNotFoundException")) await sleep(limits.logRetryMs * attempt);
    }
  }
}

/** Makes the stream, and the group if there is none, as far as the role may. */
async function makeStream(logs: ServiceCall, logGroupName: string, logStreamName: string): Promise<void> {
  const create = (): Promise<unknown> => logs("logs", "CreateLogStream", { logGroupName, logStreamName });
  try {
    await create();
  } catch (error) {
    if (!isFault(error, "ResourceNotFoundException")) return unlessThereOrDenied(error);
    await logs("logs", "CreateLogGroup", { logGroupName }).catch(unlessThereOrDenied);
    await create().catch(unlessThereOrDenied);
  }
}

// What is there already is as good as made, and what may not be made may be there: writing to it will tell.
function unlessThereOrDenied(error: unknown): void {
  if (!isFault(error, "ResourceAlreadyExistsException") && !isDenied(error)) throw error;
}

const isDenied = (error: unknown): boolean =>
  error instanceof AccessDenied || isFault(error, "AccessDeniedException") || isFault(error, "AccessDenied");

function fit(message: string, limitBytes: number): string {
  if (message.length * 3 <= limitBytes || Buffer.byteLength(message) <= limitBytes) return message === "" ? " " : message;
  const bytes = Buffer.from(message);
  let end = limitBytes;
  // Not in the midst of a character.
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.subarray(0, end).toString("utf8");
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
