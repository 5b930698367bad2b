import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { keyOf, useAws } from "../api/hooks.ts";
import { problemOf } from "../api/problem.ts";
import { send } from "../api/send.ts";
import { queueNameOf, type QueueAttributes } from "./queue-facts.ts";

/** A queue as lists show it. */
export interface ListedQueue {
  readonly name: string;
  readonly url: string;
  /** Undefined: whoever is signed in may not read them, or it is gone. */
  readonly attributes: QueueAttributes | undefined;
}

/** So many attributes are asked for at once. */
const atOnce = 16;

/** While a list or a queue is looked at its counts are renewed this often. Milliseconds. */
export const renewEveryMs = 5_000;

/** The account's queues in the region, with their attributes. */
export function useQueues(options: { readonly refetchInterval?: number; readonly staleTime?: number } = {}): UseQueryResult<ListedQueue[]> {
  return useQuery({ ...options, queryKey: [...keyOf("sqs", "ListQueues"), "attributes"], queryFn: ({ signal }) => readQueues(signal) });
}

async function readQueues(signal: AbortSignal): Promise<ListedQueue[]> {
  const urls: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await send("sqs", "ListQueues", { MaxResults: 1000, ...(NextToken && { NextToken }) }, signal);
    urls.push(...(page.QueueUrls ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  const found: ListedQueue[] = [];
  for (let from = 0; from < urls.length; from += atOnce)
    found.push(...(await Promise.all(urls.slice(from, from + atOnce).map((url) => readQueue(url, signal)))));
  return found;
}

async function readQueue(url: string, signal: AbortSignal): Promise<ListedQueue> {
  const attributes = await send("sqs", "GetQueueAttributes", { QueueUrl: url, AttributeNames: ["All"] }, signal).then(
    ({ Attributes }) => Attributes ?? {},
    (error: unknown) => {
      if (["denied", "not-found"].includes(problemOf(error).kind)) return undefined;
      throw error;
    },
  );
  return { name: queueNameOf(url), url, attributes };
}

/** A queue of the account by its name: its URL and attributes. */
export function useQueue(name: string): UseQueryResult<ListedQueue & { readonly attributes: QueueAttributes }> {
  const found = useAws("sqs", "GetQueueUrl", { QueueName: name });
  const url = found.data?.QueueUrl;
  const attributes = useAws("sqs", "GetQueueAttributes", url === undefined ? undefined : { QueueUrl: url, AttributeNames: ["All"] }, {
    refetchInterval: renewEveryMs,
  });
  const failed = found.error ?? attributes.error;
  const data = url !== undefined && attributes.data && { name, url, attributes: attributes.data.Attributes ?? {} };
  const refetch = found.error ? found.refetch : attributes.refetch;
  return { ...attributes, data: data || undefined, error: failed, refetch } as unknown as ReturnType<typeof useQueue>;
}
