import { useQuery } from "@tanstack/react-query";
import { keyOf } from "../../../api/hooks.ts";
import { problemOf } from "../../../api/problem.ts";
import { send } from "../../../api/send.ts";
import { letsIn, sourcesOf } from "../../../policies/lets-in.ts";
import { statementsOf, type Statement } from "../../../policies/statements.ts";
import { bucketArn, bucketNameOf } from "../../../s3/bucket.ts";
import { readNotifications } from "../../../s3/notifications/change-notifications.ts";
import type { BucketNotification } from "../../../s3/notifications/notification.ts";
import type { Answer } from "../../../shared/answer.ts";
import { useCurrentFunction } from "../function-context.ts";
import { useFunctionPolicy } from "../function-policy.ts";

/** A bucket that is to run the function. */
export interface BucketTrigger {
  readonly bucket: string;
  readonly notification: BucketNotification;
  /** Whether the function's policy lets it. */
  readonly isPermitted: boolean;
}

/** What a bucket's trigger is at, in a word. */
export const bucketStateText = ({ isPermitted }: BucketTrigger): string => (isPermitted ? "Enabled" : "No permission");

/** More buckets than this are not asked whether they mean the function. */
const mostAsked = 100;

/**
 * The buckets whose notifications run what the page shows. Those that the function's policy lets in are asked.
 * @param asksAll asks the account's others too: a permission may be missing
 */
export function useBucketTriggers(asksAll = false): Answer<BucketTrigger[]> {
  const { FunctionArn = "" } = useCurrentFunction().configuration;
  const policy = useFunctionPolicy();
  const statements = statementsOf(policy.data ?? undefined);
  const named = bucketsIn(statements);
  const { data, error, refetch } = useQuery({
    queryKey: [...keyOf("s3", "FunctionTriggers", FunctionArn), named, asksAll],
    queryFn: async ({ signal }) => {
      const others = asksAll ? await someBuckets(signal) : [];
      const lists = await Promise.all([...new Set([...named, ...others])].map((bucket) => notificationsTo(bucket, FunctionArn, signal)));
      return lists.flat();
    },
    enabled: policy.data !== undefined,
  });
  const triggers = data?.map((each) => ({
    ...each,
    isPermitted: statements.some((statement) => letsIn(statement, "s3.amazonaws.com", bucketArn(each.bucket))),
  }));
  return { data: triggers, error: error ?? policy.error, refetch };
}

/** The buckets that statements for S3 name. */
function bucketsIn(statements: readonly Statement[]): string[] {
  const sources = statements.filter(({ Principal }) => JSON.stringify(Principal).includes("s3.amazonaws.com")).flatMap(sourcesOf);
  return [...new Set(sources.map(bucketNameOf))].filter((name) => !name.includes("*")).sort();
}

async function someBuckets(signal: AbortSignal): Promise<string[]> {
  try {
    const { Buckets = [] } = await send("s3", "ListBuckets", { MaxBuckets: mostAsked }, signal);
    return Buckets.map(({ Name = "" }) => Name);
  } catch (error) {
    // Who may not see the buckets sees those that the policy names.
    if (problemOf(error).kind === "denied") return [];
    throw error;
  }
}

async function notificationsTo(bucket: string, functionArn: string, signal: AbortSignal) {
  try {
    const all = await readNotifications(bucket, signal);
    return all.filter(({ arn }) => arn === functionArn).map((notification) => ({ bucket, notification }));
  } catch (error) {
    if (["denied", "not-found"].includes(problemOf(error).kind)) return [];
    throw error;
  }
}
