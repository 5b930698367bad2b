import { ResourceSelect, type ResourceFieldProps } from "../shared/resource-select.tsx";
import { useTopics } from "./topic.ts";
import { isFifoTopic, topicNameOf } from "./topic-facts.ts";

interface TopicSelectProps extends ResourceFieldProps {
  /** Standard topics only. */
  readonly isStandard?: boolean;
  /** Of the one that is chosen; empty: none. */
  readonly arn: string;
  readonly onChange: (arn: string) => void;
}

/** Chooses among the account's topics. */
export function TopicSelect({ isStandard = false, arn, ...field }: TopicSelectProps) {
  const { data, error, refetch } = useTopics({ staleTime: 0 });
  const options = data?.filter(({ name }) => !isStandard || !isFifoTopic(name)).map(({ name, arn: value }) => ({ value, label: name }));
  return (
    <ResourceSelect
      noun="topic"
      options={{ data: options, error, refetch }}
      value={arn}
      nameOf={topicNameOf}
      empty="There is no such topic yet."
      {...field}
    />
  );
}
