import { compileEventPattern, firstMismatch } from "@mayfly/kernel";
import type { FilterCriteria } from "@mayfly/wire/lambda";
import type { QueueRecord } from "./event-record.ts";

/** Which of a queue's messages a mapping is for. */
export interface MessageFilter {
  passes(record: QueueRecord): boolean;
  /** What each filter asked for in vain. */
  why(record: QueueRecord): readonly string[];
}

type JsonObject = Readonly<Record<string, unknown>>;

/** A body is data if it is an object or a list; else it is text, as a lone number is. */
type Body = { readonly isData: boolean; readonly value: unknown };

/**
 * Any of the filters suffices. A filter on data is never one for a plain text, nor the reverse: such messages match nothing.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 * @returns undefined if all messages pass
 */
export function compileFilters(criteria: FilterCriteria | undefined): MessageFilter | undefined {
  const filters = (criteria?.Filters ?? []).map(({ Pattern = "{}" }) => compileFilter(Pattern));
  if (filters.length === 0) return undefined;
  return {
    passes(record) {
      const body = bodyOf(record);
      return filters.some((filter) => filter.passes(record, body));
    },
    why(record) {
      const body = bodyOf(record);
      return filters.map((filter, index) => `filter ${index + 1}: ${filter.why(record, body)}`);
    },
  };
}

interface Filter {
  passes(record: QueueRecord, body: Body): boolean;
  why(record: QueueRecord, body: Body): string;
}

function compileFilter(text: string): Filter {
  const pattern = JSON.parse(text) as JsonObject;
  const asksForData = pattern["body"] !== undefined && !Array.isArray(pattern["body"]);
  const asksForText = Array.isArray(pattern["body"]);
  const { matches } = compileEventPattern(text);
  const isOfOtherKind = (body: Body): boolean => (asksForData && !body.isData) || (asksForText && body.isData);
  return {
    passes: (record, body) => !isOfOtherKind(body) && matches({ ...record, body: body.value }),
    why(record, body) {
      if (isOfOtherKind(body)) return asksForData ? "the body is no JSON" : "the body is JSON, the filter is for plain text";
      return firstMismatch(pattern, { ...record, body: body.value });
    },
  };
}

function bodyOf({ body }: QueueRecord): Body {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null) return { isData: true, value };
  } catch {
    // A plain text.
  }
  return { isData: false, value: body };
}
