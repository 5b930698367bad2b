import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import { useState } from "react";
import { AddBucketTriggerDialog } from "./add-bucket-trigger-dialog.tsx";
import { AddQueueTriggerDialog } from "./add-queue-trigger-dialog.tsx";
import { AddTopicTriggerDialog } from "./add-topic-trigger-dialog.tsx";

const sources = [
  { value: "sqs", label: "SQS", description: "Messages of a queue" },
  { value: "sns", label: "SNS", description: "What is published to a topic" },
  { value: "s3", label: "S3", description: "What happens to objects of a bucket" },
  ...["DynamoDB", "Kinesis", "EventBridge (CloudWatch Events)", "API Gateway"].map((label) => ({
    value: label,
    label,
    disabled: true,
    disabledReason: "This server has no such service yet",
  })),
];

const dialogs = { sqs: AddQueueTriggerDialog, sns: AddTopicTriggerDialog, s3: AddBucketTriggerDialog } as const;

/** Lets what comes to a queue, a topic or a bucket run the function. */
export function AddTriggerDialog({ onClose }: { readonly onClose: () => void }) {
  const [source, setSource] = useState<keyof typeof dialogs>("sqs");
  const Dialog = dialogs[source];
  return (
    <Dialog
      sourceField={
        <FormField key="source" label="Source">
          <Select
            selectedOption={sources.find(({ value }) => value === source) ?? null}
            options={sources}
            onChange={({ detail }) => setSource(detail.selectedOption.value as keyof typeof dialogs)}
          />
        </FormField>
      }
      onClose={onClose}
    />
  );
}
