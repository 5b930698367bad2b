import {
  QueryClient,
  useMutation,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryOptions,
  type UseQueryResult,
} from "@tanstack/react-query";
import type { InputOf, OperationName, OutputOf } from "@mayfly/kernel";
import { problemOf } from "./problem.ts";
import { send, type ConsoleOperation, type ConsoleService } from "./send.ts";

/** The one cache. Answers older than this are asked for anew when a page shows them; what is at hand is shown meanwhile. Milliseconds. */
const freshForMs = 2_000;

/** Makes the page's cache of answers. */
export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: freshForMs,
        networkMode: "always",
        refetchOnWindowFocus: true,
        // Nothing but a server that is starting again is worth a second try; the banner says that it is gone.
        retry: (failures, error) => ["unreachable", "throttled"].includes(problemOf(error).kind) && failures < 30,
        retryDelay: (attempt) => Math.min(250 * 2 ** attempt, 2_000),
      },
      mutations: { networkMode: "always" },
    },
  });

/** The key of an operation's answer in the cache. A shorter one, without input or operation, stands for all below it. */
export const keyOf = (service: ConsoleService, operation?: string, input?: unknown): readonly unknown[] =>
  [service, operation, input].filter((part) => part !== undefined);

type Options<T> = Omit<UseQueryOptions<T>, "queryKey" | "queryFn">;

/** An operation's answer, kept and renewed by the cache. `input` undefined: nothing is asked. */
export function useAws<S extends ConsoleService, O extends ConsoleOperation<S> & OperationName<S>>(
  service: S,
  operation: O,
  input: InputOf<S, O> | undefined,
  options: Options<OutputOf<S, O>> = {},
): UseQueryResult<OutputOf<S, O>> {
  return useQuery<OutputOf<S, O>>({
    ...options,
    queryKey: keyOf(service, operation, input ?? null),
    queryFn: ({ signal }) => send(service, operation, input as InputOf<S, O>, signal),
    enabled: input !== undefined && options.enabled !== false,
  });
}

/** How an operation's pages are put together. */
export interface Paging<Input, Output, Item> {
  /** The input of the next page, or undefined after the last one. */
  readonly next: (output: Output, input: Input) => Input | undefined;
  readonly items: (output: Output) => readonly Item[] | undefined;
}

/** More than this is not fetched for a list. Items. */
const mostItems = 10_000;

/** All items of a paged operation. */
async function sendAll<S extends ConsoleService, O extends ConsoleOperation<S> & OperationName<S>, Item>(
  service: S,
  operation: O,
  input: InputOf<S, O>,
  paging: Paging<InputOf<S, O>, OutputOf<S, O>, Item>,
  signal?: AbortSignal,
): Promise<Item[]> {
  const items: Item[] = [];
  let next: InputOf<S, O> | undefined = input;
  while (next !== undefined && items.length < mostItems) {
    const output: OutputOf<S, O> = await send(service, operation, next, signal);
    items.push(...(paging.items(output) ?? []));
    next = paging.next(output, next);
  }
  return items;
}

/** All items of a paged operation, kept by the cache under the first page's key with `all`. */
export function useAwsAll<S extends ConsoleService, O extends ConsoleOperation<S> & OperationName<S>, Item>(
  service: S,
  operation: O,
  input: InputOf<S, O> | undefined,
  paging: Paging<InputOf<S, O>, OutputOf<S, O>, Item>,
  options: Options<Item[]> = {},
): UseQueryResult<Item[]> {
  return useQuery<Item[]>({
    ...options,
    queryKey: [...keyOf(service, operation, input ?? null), "all"],
    queryFn: ({ signal }) => sendAll(service, operation, input as InputOf<S, O>, paging, signal),
    enabled: input !== undefined && options.enabled !== false,
  });
}

/** Begins to ask for all items of a paged operation, for a page that is about to show them. */
export function prefetchAll<S extends ConsoleService, O extends ConsoleOperation<S> & OperationName<S>, Item>(
  cache: QueryClient,
  service: S,
  operation: O,
  input: InputOf<S, O>,
  paging: Paging<InputOf<S, O>, OutputOf<S, O>, Item>,
): Promise<void> {
  return cache.prefetchQuery({
    queryKey: [...keyOf(service, operation, input), "all"],
    queryFn: ({ signal }) => sendAll(service, operation, input, paging, signal),
  });
}

/** An operation that changes something. When it succeeded, the answers under `invalidates` are asked for anew. */
export function useAwsMutation<S extends ConsoleService, O extends ConsoleOperation<S> & OperationName<S>>(
  service: S,
  operation: O,
  invalidates: readonly (readonly unknown[])[] = [keyOf(service)],
): UseMutationResult<OutputOf<S, O>, Error, InputOf<S, O>> {
  const cache = useQueryClient();
  return useMutation<OutputOf<S, O>, Error, InputOf<S, O>>({
    mutationFn: (input) => send(service, operation, input),
    onSuccess: async () => {
      await Promise.all(invalidates.map((queryKey) => cache.invalidateQueries({ queryKey })));
    },
  });
}
