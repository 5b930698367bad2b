import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { send } from "../../api/send.ts";
import { useFlash } from "../../app/flash.tsx";
import { cliCommand } from "../../shared/equivalent-cli.tsx";
import { FormDialog } from "../../shared/form-dialog.tsx";
import type { ShownQueue } from "../detail/shown-queue.ts";
import { isFifoName, queueNameOf } from "../queue-facts.ts";
import { QueueSelect } from "../queue-select.tsx";

interface StartRedriveDialogProps extends ShownQueue {
  /** URLs of the queues whose dead-letter queue it is. */
  readonly sources: readonly string[];
  readonly keyToRenew: readonly unknown[];
  readonly onClose: () => void;
}

/** Starts to move a dead-letter queue's messages. */
export function StartRedriveDialog({ queue, sources, keyToRenew, onClose }: StartRedriveDialogProps) {
  const [isCustom, setCustom] = useState(false);
  const [arn, setArn] = useState("");
  const [isBounded, setBounded] = useState(false);
  const [velocity, setVelocity] = useState("10");
  const [isShown, setShown] = useState(false);
  const cache = useQueryClient();
  const flash = useFlash();
  const perSecond = Number(velocity);
  const arnProblem = isCustom && arn === "" ? "Choose a queue." : undefined;
  const velocityProblem =
    isBounded && !(Number.isInteger(perSecond) && perSecond >= 1 && perSecond <= 500) ? "From 1 to 500 messages a second." : undefined;
  const SourceArn = queue.attributes["QueueArn"] ?? "";
  const start = async (): Promise<void> => {
    await send("sqs", "StartMessageMoveTask", {
      SourceArn,
      ...(isCustom && { DestinationArn: arn }),
      ...(isBounded && { MaxNumberOfMessagesPerSecond: perSecond }),
    });
    await cache.invalidateQueries({ queryKey: keyToRenew });
    flash.success("redrive", `The messages of ${queue.name} are being moved to ${isCustom ? queueNameOf(arn) : "where they came from"}.`);
  };
  return (
    <FormDialog
      title="Start dead-letter queue redrive"
      action="Start"
      isValid={arnProblem === undefined && velocityProblem === undefined}
      onInvalid={() => setShown(true)}
      submit={start}
      commands={[
        cliCommand("sqs", "start-message-move-task", {
          "source-arn": SourceArn,
          "destination-arn": isCustom ? arn || "ARN" : undefined,
          "max-number-of-messages-per-second": isBounded ? perSecond : undefined,
        }),
      ]}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <FormField key="destination" label="Message destination">
          <RadioGroup
            value={isCustom ? "custom" : "source"}
            items={[
              {
                value: "source",
                label: "Redrive to source queues",
                description: `Each message goes back to where it came from: ${sources.map(queueNameOf).join(", ")}.`,
              },
              { value: "custom", label: "Redrive to a custom destination" },
            ]}
            onChange={({ detail }) => setCustom(detail.value === "custom")}
          />
        </FormField>
        {isCustom && (
          <QueueSelect
            key="queue"
            label="Destination queue"
            isFifo={isFifoName(queue.name)}
            without={queue.name}
            arn={arn}
            problem={isShown ? arnProblem : undefined}
            onChange={setArn}
          />
        )}
        <FormField key="velocity" label="Velocity control">
          <RadioGroup
            value={isBounded ? "bounded" : "optimized"}
            items={[
              { value: "optimized", label: "System optimized", description: "As fast as it goes." },
              { value: "bounded", label: "Custom max velocity" },
            ]}
            onChange={({ detail }) => setBounded(detail.value === "bounded")}
          />
        </FormField>
        {isBounded && (
          <FormField key="most" label="Messages per second" errorText={isShown ? velocityProblem : undefined}>
            <Input value={velocity} type="number" inputMode="numeric" onChange={({ detail }) => setVelocity(detail.value)} />
          </FormField>
        )}
      </SpaceBetween>
    </FormDialog>
  );
}
