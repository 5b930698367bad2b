import type { Answer } from "../shared/answer.ts";
import { ResourceSelect, type ResourceFieldProps, type ResourceOption } from "../shared/resource-select.tsx";
import { useQueues } from "./queue.ts";
import { isFifoName, queueNameOf } from "./queue-facts.ts";

interface Which {
  /** Only FIFO queues, or only others; undefined: both. */
  readonly isFifo?: boolean | undefined;
  /** The name of the queue that can't be chosen. */
  readonly without?: string | undefined;
}

/** The account's queues to choose from, by their ARNs. */
export function useQueueOptions({ isFifo, without }: Which): Answer<ResourceOption[]> {
  const { data, error, refetch } = useQueues({ staleTime: 0 });
  const options = data
    ?.filter(({ name }) => name !== without && (isFifo === undefined || isFifoName(name) === isFifo))
    .flatMap(({ name, attributes }) => (attributes?.["QueueArn"] ? [{ value: attributes["QueueArn"], label: name }] : []));
  return { data: options, error, refetch };
}

interface QueueSelectProps extends Which, ResourceFieldProps {
  /** Of the one that is chosen; empty: none. */
  readonly arn: string;
  readonly onChange: (arn: string) => void;
}

/** Chooses among the account's queues. */
export function QueueSelect({ arn, isFifo, without, ...field }: QueueSelectProps) {
  return (
    <ResourceSelect
      noun="queue"
      options={useQueueOptions({ isFifo, without })}
      value={arn}
      nameOf={queueNameOf}
      empty="There is no such queue yet."
      {...field}
    />
  );
}
