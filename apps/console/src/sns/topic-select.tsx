import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { problemOf } from "../api/problem.ts";
import { useTopics } from "./topic.ts";
import { isFifoTopic, topicNameOf } from "./topic-facts.ts";

interface TopicSelectProps {
  readonly label: string;
  readonly description?: string;
  /** Standard topics only. */
  readonly isStandard?: boolean;
  /** Of the one that is chosen; empty: none. */
  readonly arn: string;
  readonly problem: string | undefined;
  readonly onChange: (arn: string) => void;
}

/** Chooses among the account's topics. */
export function TopicSelect({ label, description, isStandard = false, arn, problem, onChange }: TopicSelectProps) {
  const topics = useTopics({ staleTime: 0 });
  const options = (topics.data ?? [])
    .filter(({ name }) => !isStandard || !isFifoTopic(name))
    .map(({ name, arn: value }) => ({ value, label: name }));
  const chosen = options.find(({ value }) => value === arn) ?? (arn === "" ? null : { value: arn, label: topicNameOf(arn) });
  return (
    <FormField label={label} errorText={problem} {...(description && { description })}>
      <Select
        selectedOption={chosen}
        options={options}
        placeholder="Choose a topic"
        virtualScroll={options.length > 200}
        filteringType="auto"
        filteringAriaLabel="Find a topic"
        empty="There is no such topic yet."
        statusType={topics.data ? "finished" : topics.error ? "error" : "loading"}
        loadingText="Loading topics"
        errorText={topics.error ? problemOf(topics.error).message : ""}
        recoveryText="Try again"
        onLoadItems={() => {
          if (topics.error) void topics.refetch();
        }}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? "")}
      />
    </FormField>
  );
}
