import type { FunctionEventInvokeConfig } from "@aws-sdk/client-lambda";
import FormField from "@cloudscape-design/components/form-field";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf, useAws } from "../../../api/hooks.ts";
import { paths } from "../../../app/paths.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { formatDuration } from "../../../shared/format.ts";
import { Loaded } from "../../../shared/loaded.tsx";
import { Moment } from "../../../shared/moment.tsx";
import { PageLink } from "../../../shared/page-link.tsx";
import { TimeoutInput } from "../../timeout-input.tsx";
import { DestinationLink } from "../destinations/destination-link.tsx";
import { changeCommand, changeEventInvokeConfig, destinationsOf, useEventInvokeConfig } from "../destinations/event-invoke-config.ts";
import { useCurrentFunction } from "../function-context.ts";
import { DeadLetterFields, useDeadLetter } from "./dead-letter.tsx";
import { EditForm } from "./edit-form.tsx";
import { limits, numberProblem } from "./limits.ts";
import { SectionView } from "./section-view.tsx";
import type { SectionViewProps } from "./section.ts";

/** While it is looked at, the queue is asked for anew this often. Milliseconds. */
const renewEveryMs = 2_000;

/** What is done with asynchronous events, and how many wait. */
export function AsynchronousView({ onEdit }: SectionViewProps) {
  const { functionName, qualifier, configuration } = useCurrentFunction();
  const deadLetterArn = configuration.DeadLetterConfig?.TargetArn;
  const query = useEventInvokeConfig();
  return (
    <SectionView
      title="Asynchronous invocation"
      description="Events that nobody waits for: queued, run, and tried again when they fail."
      onEdit={onEdit}
    >
      <Loaded query={query}>
        {(config) => (
          <KeyValuePairs
            columns={3}
            items={[
              { label: "Maximum age of event", value: ageText(config) },
              { label: "Retry attempts", value: config?.MaximumRetryAttempts ?? limits.asyncRetries.max },
              {
                label: "Destinations",
                value: (
                  <PageLink to={paths.functionConfiguration(functionName, "destinations", qualifier)}>
                    {destinationsOf(config).length || "None"}
                  </PageLink>
                ),
              },
              { label: "Dead-letter queue", value: deadLetterArn ? <DestinationLink arn={deadLetterArn} /> : "None" },
              { label: "Events in the queue", value: <QueueDepth /> },
              { label: "Oldest event", value: <OldestEvent /> },
            ]}
          />
        )}
      </Loaded>
    </SectionView>
  );
}

const ageText = (config: FunctionEventInvokeConfig | null): string => {
  const seconds = config?.MaximumEventAgeInSeconds ?? limits.asyncAgeSeconds.max;
  return seconds % 3_600 === 0 ? `${seconds / 3_600} h` : formatDuration(seconds * 1_000);
};

function useEventQueue() {
  const { functionName, qualifier } = useCurrentFunction();
  const input = { FunctionName: functionName, ...(qualifier !== undefined && { Qualifier: qualifier }) };
  return useAws("mayfly", "GetFunctionEventQueue", input, { refetchInterval: renewEveryMs });
}

function QueueDepth() {
  const { data } = useEventQueue();
  if (!data) return "-";
  return data.Complete ? data.Count : `${data.Count}, and more on disk`;
}

function OldestEvent() {
  const { data } = useEventQueue();
  return data?.OldestAcceptedAt ? <Moment time={data.OldestAcceptedAt} /> : "-";
}

/** Edits the age and the retries. */
export function AsynchronousEdit({ onDone }: { readonly onDone: () => void }) {
  const query = useEventInvokeConfig();
  return <Loaded query={query}>{(config) => <AsynchronousForm config={config} onDone={onDone} />}</Loaded>;
}

const retryOptions = [0, 1, 2].map((count) => ({ value: String(count), label: String(count) }));

function AsynchronousForm({ config, onDone }: { readonly config: FunctionEventInvokeConfig | null; readonly onDone: () => void }) {
  const { functionName, qualifier } = useCurrentFunction();
  const deadLetter = useDeadLetter();
  const age = config?.MaximumEventAgeInSeconds ?? limits.asyncAgeSeconds.max;
  const [time, setTime] = useState({ minutes: String(Math.floor(age / 60)), seconds: String(age % 60) });
  const [retries, setRetries] = useState(String(config?.MaximumRetryAttempts ?? limits.asyncRetries.max));
  const [isShown, setShown] = useState(false);
  const cache = useQueryClient();
  const seconds = Number(time.minutes) * 60 + Number(time.seconds);
  const problem = numberProblem(String(seconds), "The maximum age", limits.asyncAgeSeconds, "seconds");
  const change = { MaximumEventAgeInSeconds: seconds, MaximumRetryAttempts: Number(retries) };
  return (
    <EditForm
      title="Edit asynchronous invocation"
      isValid={problem === undefined && deadLetter.problem === undefined}
      onInvalid={() => setShown(true)}
      save={async () => {
        await deadLetter.save();
        await changeEventInvokeConfig(functionName, qualifier, config !== null, change);
        await cache.invalidateQueries({ queryKey: keyOf("lambda", "ListFunctionEventInvokeConfigs") });
      }}
      commands={[
        ...deadLetter.commands,
        cliCommand("lambda", changeCommand(config !== null), {
          "function-name": functionName,
          qualifier,
          "maximum-event-age-in-seconds": seconds,
          "maximum-retry-attempts": retries,
        }),
      ]}
      onDone={onDone}
    >
      <SpaceBetween size="l">
        <FormField
          key="age"
          label="Maximum age of event"
          description="An event that could not be run for so long is given up."
          constraintText="1 minute to 6 hours"
          errorText={isShown ? problem : undefined}
        >
          <TimeoutInput
            label="Maximum age"
            minutes={time.minutes}
            seconds={time.seconds}
            onChange={(part) => setTime((now) => ({ ...now, ...part }))}
            onBlur={() => setShown(true)}
          />
        </FormField>
        <FormField key="retries" label="Retry attempts" description="How often an event is run again after the function failed with it.">
          <Select
            selectedOption={retryOptions.find(({ value }) => value === retries) ?? null}
            options={retryOptions}
            onChange={({ detail }) => setRetries(detail.selectedOption.value ?? retries)}
          />
        </FormField>
        {qualifier === undefined && <DeadLetterFields key="dead-letter" deadLetter={deadLetter} isShown={isShown} />}
      </SpaceBetween>
    </EditForm>
  );
}
