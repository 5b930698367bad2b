import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
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
  /** When they were read; epoch milliseconds. */
  readonly readAt: number;
}

/** So many attributes are asked for at once. */
const atOnce = 16;

/** While a list or a queue is looked at its counts are renewed this often. Milliseconds. */
export const renewEveryMs = 5_000;

/** Attributes of queues that nobody looks at, which a list is sorted and filtered by, are as old as this at most. Milliseconds. */
const knownForMs = 60_000;

/** The account's queues in the region, with their attributes; the list is asked for anew, of its queues only what is new or too old. */
export function useQueues(options: { readonly refetchInterval?: number; readonly staleTime?: number } = {}): UseQueryResult<ListedQueue[]> {
  const cache = useQueryClient();
  const queryKey = [...keyOf("sqs", "ListQueues"), "attributes"];
  return useQuery({ ...options, queryKey, queryFn: ({ signal }) => readQueues(cache.getQueryData<ListedQueue[]>(queryKey) ?? [], signal) });
}

async function readQueues(before: readonly ListedQueue[], signal: AbortSignal): Promise<ListedQueue[]> {
  const known = new Map(before.filter(({ readAt }) => Date.now() - readAt < knownForMs).map((queue) => [queue.url, queue]));
  const urls: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await send("sqs", "ListQueues", { MaxResults: 1000, ...(NextToken && { NextToken }) }, signal);
    urls.push(...(page.QueueUrls ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  const unknown = urls.filter((url) => !known.has(url));
  for (let from = 0; from < unknown.length; from += atOnce)
    for (const queue of await Promise.all(unknown.slice(from, from + atOnce).map((url) => readQueue(url, signal))))
      known.set(queue.url, queue);
  return urls.flatMap((url) => known.get(url) ?? []);
}

/** A listed queue's attributes, renewed while its row is in view. */
export function useAttributes({ url, attributes, readAt }: ListedQueue): QueueAttributes | undefined {
  const { data } = useAws("sqs", "GetQueueAttributes", attributes && { QueueUrl: url, AttributeNames: ["All"] }, {
    refetchInterval: renewEveryMs,
    staleTime: renewEveryMs,
    ...(attributes && { initialData: { Attributes: { ...attributes } }, initialDataUpdatedAt: readAt }),
  });
  return attributes && (data?.Attributes ?? attributes);
}

async function readQueue(url: string, signal: AbortSignal): Promise<ListedQueue> {
  const attributes = await send("sqs", "GetQueueAttributes", { QueueUrl: url, AttributeNames: ["All"] }, signal).then(
    ({ Attributes }) => Attributes ?? {},
    (error: unknown) => {
      if (["denied", "not-found"].includes(problemOf(error).kind)) return undefined;
      throw error;
    },
  );
  return { name: queueNameOf(url), url, attributes, readAt: Date.now() };
}

/** A queue of the account by its name: its URL and attributes. */
export function useQueue(name: string): UseQueryResult<ListedQueue & { readonly attributes: QueueAttributes }> {
  const found = useAws("sqs", "GetQueueUrl", { QueueName: name });
  const url = found.data?.QueueUrl;
  const attributes = useAws("sqs", "GetQueueAttributes", url === undefined ? undefined : { QueueUrl: url, AttributeNames: ["All"] }, {
    refetchInterval: renewEveryMs,
  });
  const failed = found.error ?? attributes.error;
  const data = url !== undefined &&
    attributes.data && { name, url, attributes: attributes.data.Attributes ?? {}, readAt: attributes.dataUpdatedAt };
  const refetch = found.error ? found.refetch : attributes.refetch;
  return { ...attributes, data: data || undefined, error: failed, refetch } as unknown as ReturnType<typeof useQueue>;
}
