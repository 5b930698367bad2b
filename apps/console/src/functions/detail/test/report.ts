/** The figures of an invocation's REPORT line. */
export interface Report {
  readonly requestId: string;
  readonly durationMs: number;
  readonly billedDurationMs: number;
  readonly memorySizeMb: number;
  readonly maxMemoryUsedMb: number;
  /** Only of an environment's first invocation. */
  readonly initDurationMs?: number;
  /** `timeout`, `error`: only where something went wrong. */
  readonly status?: string;
}

const line =
  /REPORT RequestId: (\S+)\s+Duration: ([\d.]+) ms\s+Billed Duration: (\d+) ms\s+Memory Size: (\d+) MB\s+Max Memory Used: (\d+) MB([^\n]*)/;

/** Reads a REPORT line (text format), or the `platform.report` record of JSON logs; undefined if the text holds neither. */
export function readReport(text: string): Report | undefined {
  const match = line.exec(text);
  if (!match) return readJsonReport(text);
  const [, requestId = "", duration, billed, memory, used, rest = ""] = match;
  const init = /Init Duration: ([\d.]+) ms/.exec(rest)?.[1];
  const status = /Status: (\w+)/.exec(rest)?.[1];
  return {
    requestId,
    durationMs: Number(duration),
    billedDurationMs: Number(billed),
    memorySizeMb: Number(memory),
    maxMemoryUsedMb: Number(used),
    ...(init && { initDurationMs: Number(init) }),
    ...(status && { status }),
  };
}

interface PlatformReport {
  readonly type?: string;
  readonly record?: {
    readonly requestId?: string;
    readonly status?: string;
    readonly metrics?: Readonly<Record<string, number>>;
  };
}

function readJsonReport(text: string): Report | undefined {
  const found = text.split("\n").find((candidate) => candidate.includes('"platform.report"'));
  if (found === undefined) return undefined;
  try {
    const { record } = JSON.parse(found) as PlatformReport;
    if (!record?.metrics) return undefined;
    const { durationMs = 0, billedDurationMs = 0, memorySizeMB = 0, maxMemoryUsedMB = 0, initDurationMs } = record.metrics;
    return {
      requestId: record.requestId ?? "",
      durationMs,
      billedDurationMs,
      memorySizeMb: memorySizeMB,
      maxMemoryUsedMb: maxMemoryUsedMB,
      ...(initDurationMs !== undefined && { initDurationMs }),
      ...(record.status && record.status !== "success" && { status: record.status }),
    };
  } catch {
    return undefined;
  }
}
