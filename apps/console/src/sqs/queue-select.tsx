import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { problemOf } from "../api/problem.ts";
import type { Answer } from "../shared/answer.ts";
import { useQueues } from "./queue.ts";
import { isFifoName, queueNameOf } from "./queue-facts.ts";

interface Which {
  /** Only FIFO queues, or only others; undefined: both. */
  readonly isFifo?: boolean | undefined;
  /** The name of the queue that can't be chosen. */
  readonly without?: string | undefined;
}

/** A queue to choose. */
interface QueueOption {
  /** ARN. */
  readonly value: string;
  readonly label: string;
}

/** The account's queues to choose from, by their ARNs. */
export function useQueueOptions({ isFifo, without }: Which): Answer<QueueOption[]> {
  const { data, error, refetch } = useQueues({ staleTime: 0 });
  const options = data
    ?.filter(({ name }) => name !== without && (isFifo === undefined || isFifoName(name) === isFifo))
    .flatMap(({ name, attributes }) => (attributes?.["QueueArn"] ? [{ value: attributes["QueueArn"], label: name }] : []));
  return { data: options, error, refetch };
}

interface QueueSelectProps extends Which {
  readonly label: string;
  readonly description?: string;
  /** Of the one that is chosen; empty: none. */
  readonly arn: string;
  readonly problem: string | undefined;
  readonly onChange: (arn: string) => void;
}

/** Chooses among the account's queues. */
export function QueueSelect({ label, description, arn, problem, onChange, ...which }: QueueSelectProps) {
  const queues = useQueueOptions(which);
  const options = queues.data ?? [];
  const chosen = options.find(({ value }) => value === arn) ?? (arn === "" ? null : { value: arn, label: queueNameOf(arn) });
  return (
    <FormField label={label} errorText={problem} {...(description && { description })}>
      <Select
        selectedOption={chosen}
        options={options}
        placeholder="Choose a queue"
        virtualScroll={options.length > 200}
        filteringType="auto"
        filteringAriaLabel="Find a queue"
        empty="There is no such queue yet."
        statusType={queues.data ? "finished" : queues.error ? "error" : "loading"}
        loadingText="Loading queues"
        errorText={queues.error ? problemOf(queues.error).message : ""}
        recoveryText="Try again"
        onLoadItems={() => {
          if (queues.error) void queues.refetch();
        }}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}
