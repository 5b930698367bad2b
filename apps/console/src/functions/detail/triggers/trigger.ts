import type { EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";

/** Whether a mapping is on its way to another state. */
export const isSettling = ({ State = "" }: EventSourceMappingConfiguration): boolean => State.endsWith("ing");

/** The function, or its version or alias, as mappings name it. */
export const mappedName = ({
  functionName,
  qualifier,
}: {
  readonly functionName: string;
  readonly qualifier: string | undefined;
}): string => (qualifier === undefined ? functionName : `${functionName}:${qualifier}`);

/** `orders` of a queue's ARN. */
export const sourceNameOf = (arn: string): string => arn.split(":").at(-1) ?? arn;

/** The service in an ARN: `sqs`. */
export const sourceServiceOf = (arn: string): string => arn.split(":")[2] ?? "";

/** A trigger's form as it is filled in. */
export interface TriggerDraft {
  /** ARN; empty: none is chosen. */
  readonly sourceArn: string;
  readonly isEnabled: boolean;
  readonly batchSize: string;
  readonly windowSeconds: string;
  readonly isPartial: boolean;
  /** Empty: as many as the function has. */
  readonly mostAtOnce: string;
  /** JSON patterns. */
  readonly filters: readonly string[];
}

/** What a new trigger begins as. */
export const newTrigger: TriggerDraft = {
  sourceArn: "",
  isEnabled: true,
  batchSize: "10",
  windowSeconds: "0",
  isPartial: false,
  mostAtOnce: "",
  filters: [],
};

/** The form of a trigger that is there. */
export const draftOf = (mapping: EventSourceMappingConfiguration): TriggerDraft => ({
  sourceArn: mapping.EventSourceArn ?? "",
  isEnabled: mapping.State === "Enabled" || mapping.State === "Enabling" || mapping.State === "Creating",
  batchSize: String(mapping.BatchSize ?? 10),
  windowSeconds: String(mapping.MaximumBatchingWindowInSeconds ?? 0),
  isPartial: mapping.FunctionResponseTypes?.includes("ReportBatchItemFailures") ?? false,
  mostAtOnce: String(mapping.ScalingConfig?.MaximumConcurrency ?? ""),
  filters: mapping.FilterCriteria?.Filters?.map(({ Pattern = "" }) => Pattern) ?? [],
});

export const isFifo = ({ sourceArn }: TriggerDraft): boolean => sourceArn.endsWith(".fifo");

/** What is wrong with the fields, by their names; of a filter by `filter 0`. */
export type TriggerProblems = Readonly<Record<string, string | undefined>>;

const within = (text: string, least: number, most: number): boolean => /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html */
export function problemsOf(draft: TriggerDraft): TriggerProblems {
  const mostBatch = isFifo(draft) ? 10 : 10_000;
  const found: Record<string, string | undefined> = {
    sourceArn: /^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w.-]+$/.test(draft.sourceArn) ? undefined : "Choose a queue, or type its ARN.",
    batchSize: within(draft.batchSize, 1, mostBatch) ? undefined : `From 1 to ${mostBatch.toLocaleString("en")} messages.`,
    windowSeconds: isFifo(draft) ? undefined : windowProblem(draft),
    mostAtOnce: draft.mostAtOnce === "" || within(draft.mostAtOnce, 2, 1000) ? undefined : "From 2 to 1,000, or nothing.",
  };
  draft.filters.forEach((pattern, index) => (found[`filter ${index}`] = isObject(pattern) ? undefined : "A filter is a JSON object."));
  return Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== undefined));
}

function windowProblem({ batchSize, windowSeconds }: TriggerDraft): string | undefined {
  if (!within(windowSeconds, 0, 300)) return "From 0 to 300 seconds.";
  const needsWindow = Number(batchSize) > 10 && Number(windowSeconds) < 1;
  return needsWindow ? "A batch of more than 10 messages needs a window of at least 1 second." : undefined;
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

/** The settings that CreateEventSourceMapping and UpdateEventSourceMapping both take. */
export const settingsOf = (draft: TriggerDraft) => ({
  Enabled: draft.isEnabled,
  BatchSize: Number(draft.batchSize),
  ...(!isFifo(draft) && { MaximumBatchingWindowInSeconds: Number(draft.windowSeconds) }),
  FunctionResponseTypes: draft.isPartial ? ["ReportBatchItemFailures" as const] : [],
  ScalingConfig: draft.mostAtOnce === "" ? {} : { MaximumConcurrency: Number(draft.mostAtOnce) },
  FilterCriteria: { Filters: draft.filters.map((Pattern) => ({ Pattern })) },
});

/** What a mapping is asked to become. Filters that were not touched stay: those that a key protects a list does not tell. */
export function editOf(draft: TriggerDraft, mapping: EventSourceMappingConfiguration): Partial<ReturnType<typeof settingsOf>> {
  const { FilterCriteria, ...others } = settingsOf(draft);
  const isSame = JSON.stringify(draft.filters) === JSON.stringify(draftOf(mapping).filters);
  return isSame ? others : { ...others, FilterCriteria };
}

/** What a new mapping is asked for: nothing that is not set. */
export function creationOf(draft: TriggerDraft, FunctionName: string) {
  const { FunctionResponseTypes, ScalingConfig, FilterCriteria, ...rest } = settingsOf(draft);
  return {
    FunctionName,
    EventSourceArn: draft.sourceArn,
    ...rest,
    ...(FunctionResponseTypes.length > 0 && { FunctionResponseTypes }),
    ...(draft.mostAtOnce !== "" && { ScalingConfig }),
    ...(draft.filters.length > 0 && { FilterCriteria }),
  };
}

/** The aws CLI's options of such a request. */
export const cliOptionsOf = (request: Partial<ReturnType<typeof creationOf> & ReturnType<typeof settingsOf>>) => ({
  "function-name": request.FunctionName,
  "event-source-arn": request.EventSourceArn,
  [request.Enabled === false ? "no-enabled" : "enabled"]: true,
  "batch-size": request.BatchSize,
  "maximum-batching-window-in-seconds": request.MaximumBatchingWindowInSeconds,
  "function-response-types": request.FunctionResponseTypes,
  "scaling-config": request.ScalingConfig,
  "filter-criteria": request.FilterCriteria,
});
