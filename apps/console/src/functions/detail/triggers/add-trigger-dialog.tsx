import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { AddQueueTriggerDialog } from "./add-queue-trigger-dialog.tsx";
import { AddTopicTriggerDialog } from "./add-topic-trigger-dialog.tsx";

const sources = [
  { value: "sqs", label: "SQS", description: "Messages of a queue" },
  { value: "sns", label: "SNS", description: "What is published to a topic" },
  ...["S3", "DynamoDB", "Kinesis", "EventBridge (CloudWatch Events)", "API Gateway"].map((label) => ({
    value: label,
    label,
    disabled: true,
    disabledReason: "This server has no such service yet",
  })),
];

/** Lets what comes to a queue or a topic run the function. */
export function AddTriggerDialog({ onClose }: { readonly onClose: () => void }) {
  const [source, setSource] = useState("sqs");
  const Dialog = source === "sns" ? AddTopicTriggerDialog : AddQueueTriggerDialog;
  return (
    <Dialog
      sourceField={
        <FormField key="source" label="Source">
          <Select
            selectedOption={sources.find(({ value }) => value === source) ?? null}
            options={sources}
            onChange={({ detail }) => setSource(detail.selectedOption.value ?? source)}
          />
        </FormField>
      }
      onClose={onClose}
    />
  );
}
