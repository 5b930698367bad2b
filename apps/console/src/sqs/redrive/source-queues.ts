import type { UseQueryResult } from "@tanstack/react-query";
import { useAwsAll } from "../../api/hooks.ts";
import { paging } from "../../api/paging.ts";

/** URLs of the queues whose dead-letter queue this one is. */
export const useSourceQueues = (url: string): UseQueryResult<string[]> =>
  useAwsAll("sqs", "ListDeadLetterSourceQueues", { QueueUrl: url }, paging.ListDeadLetterSourceQueues);
