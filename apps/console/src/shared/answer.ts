/** What a list or a page needs of a query: its data, or why there is none, and how to ask again. Every useQuery result is one. */
export interface Answer<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => Promise<unknown>;
}
