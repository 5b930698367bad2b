import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import { statementIdFor } from "./endpoint-permission.ts";

interface PermissionFieldProps {
  readonly topicArn: string;
  readonly protocol: string;
  readonly consent: boolean;
  readonly onConsent: (consent: boolean) => void;
}

const words: Readonly<Record<string, readonly [label: string, need: string]>> = {
  lambda: ["Let the topic run the function", "SNS runs the function only if the function's policy lets the topic do it."],
  sqs: ["Let the topic send to the queue", "SNS sends to the queue only if the queue's policy lets the topic do it."],
};

/** Says which permission the endpoint must give, and asks whether it is to be given. */
export function PermissionField({ topicArn, protocol, consent, onConsent }: PermissionFieldProps) {
  const [label, need] = words[protocol] ?? [];
  return (
    <FormField label="Permission" description={need}>
      <Checkbox
        checked={consent}
        description={`Adds the statement ${topicArn === "" ? "" : `${statementIdFor(topicArn)} `}to its policy, unless it is there.`}
        onChange={({ detail }) => onConsent(detail.checked)}
      >
        {label}
      </Checkbox>
    </FormField>
  );
}
