import { queryOptions, type UseQueryOptions, type UseQueryResult } from "@tanstack/react-query";
import { keyOf, useAwsAll } from "../api/hooks.ts";
import { paging } from "../api/paging.ts";
import { problemOf } from "../api/problem.ts";
import type { Answer } from "../shared/answer.ts";

export { bucketArn, bucketNameOf, objectArn, s3Uri } from "./names.ts";

/** A bucket as lists show it. */
export interface ListedBucket {
  readonly name: string;
  readonly region: string;
  readonly created: Date | undefined;
}

/** Props of whatever is about one bucket. */
export interface OfBucket {
  readonly bucket: string;
}

/** The account's buckets, of every region. */
export function useBuckets(options: { readonly staleTime?: number } = {}): Answer<ListedBucket[]> & Pick<UseQueryResult, "isFetching"> {
  const { data, error, refetch, isFetching } = useAwsAll("s3", "ListBuckets", {}, paging.ListBuckets, options);
  const buckets = data?.map(({ Name = "", BucketRegion = "", CreationDate }) => ({
    name: Name,
    region: BucketRegion,
    created: CreationDate,
  }));
  return { data: buckets, error, refetch, isFetching };
}

/** For useQuery: a setting of a bucket, or null where it is not set, which is an answer here. A bucket that is not there is an error. */
export const settingQuery = <T>(
  bucket: string,
  operation: string,
  read: (signal: AbortSignal) => Promise<T>,
): UseQueryOptions<T | null, Error, T | null> =>
  queryOptions({
    queryKey: keyOf("s3", operation, { Bucket: bucket }),
    queryFn: async ({ signal }): Promise<T | null> => {
      try {
        return await read(signal);
      } catch (error) {
        const { kind, code } = problemOf(error);
        if (kind === "not-found" && code !== "NoSuchBucket") return null;
        throw error;
      }
    },
  });
