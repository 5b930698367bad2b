/** Which messages of a batch are to come again. */
export type ItemFailures = "all" | ReadonlySet<string>;

const none: ReadonlySet<string> = new Set();

/**
 * Reads what a function with ReportBatchItemFailures answered. No list, no answer and an empty list are successes; what can't be read, and an
 * identifier that is none of the batch's, fail it as a whole.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 */
export function itemFailures(payload: Buffer, ids: ReadonlySet<string>): ItemFailures {
  const answer = parsed(payload);
  if (answer === null || answer === "") return none;
  if (typeof answer !== "object" || Array.isArray(answer)) return Array.isArray(answer) && answer.length === 0 ? none : "all";
  const failures = (answer as { readonly batchItemFailures?: unknown }).batchItemFailures ?? [];
  if (failures === "") return none;
  if (!Array.isArray(failures)) return "all";
  const failed = new Set<string>();
  for (const failure of failures as readonly unknown[]) {
    const id = identifierOf(failure);
    if (id === undefined || !ids.has(id)) return "all";
    failed.add(id);
  }
  return failed;
}

function identifierOf(failure: unknown): string | undefined {
  if (typeof failure !== "object" || failure === null) return undefined;
  const { itemIdentifier } = failure as { readonly itemIdentifier?: unknown };
  return typeof itemIdentifier === "string" ? itemIdentifier : undefined;
}

/** undefined: no JSON. */
function parsed(payload: Buffer): unknown {
  if (payload.byteLength === 0) return null;
  try {
    return JSON.parse(payload.toString("utf8"));
  } catch {
    return undefined;
  }
}
