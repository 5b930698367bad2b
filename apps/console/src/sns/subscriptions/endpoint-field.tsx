import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import { FunctionSelect } from "../../functions/function-select.tsx";
import { QueueSelect } from "../../sqs/queue-select.tsx";
import { isFifoTopic } from "../topic-facts.ts";
import { needsPermission } from "./endpoint-permission.ts";
import { protocols } from "./protocols.ts";
import type { SubscriptionPartProps } from "./subscription-fields.tsx";

/** Where messages go: a function or queue to choose, or a text. */
export function EndpointField(props: SubscriptionPartProps) {
  const { draft, problems, onChange } = props;
  const [isTyped, setTyped] = useState(false);
  const { endpointLabel, placeholder, isConfirmed } = protocols[draft.protocol];
  const isChosen = needsPermission(draft.protocol);
  return (
    <SpaceBetween size="s">
      {isChosen && !isTyped ? (
        <ResourceSelect key="select" {...props} />
      ) : (
        <FormField
          key="field"
          label={isChosen ? `${endpointLabel} ARN` : endpointLabel}
          errorText={problems.endpoint}
          {...(isConfirmed && { constraintText: "Nothing comes before whoever owns it has confirmed the subscription." })}
        >
          <Input
            value={draft.endpoint}
            placeholder={placeholder}
            spellcheck={false}
            onChange={({ detail }) => onChange({ endpoint: detail.value.trim() })}
          />
        </FormField>
      )}
      {isChosen && (
        <Checkbox key="typed" checked={isTyped} onChange={({ detail }) => setTyped(detail.checked)}>
          Type the ARN
        </Checkbox>
      )}
    </SpaceBetween>
  );
}

function ResourceSelect({ draft, problems, onChange }: SubscriptionPartProps) {
  const field = {
    label: protocols[draft.protocol].endpointLabel,
    arn: draft.endpoint,
    problem: problems.endpoint,
    onChange: (endpoint: string) => onChange({ endpoint }),
  };
  if (draft.protocol === "lambda") return <FunctionSelect {...field} />;
  return <QueueSelect {...field} {...(!isFifoTopic(draft.topicArn) && { isFifo: false })} />;
}
