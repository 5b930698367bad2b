import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../../../api/problem.ts";
import { useFlash } from "../../../app/flash.tsx";
import { hrefOf, useFollow } from "../../../app/follow.ts";
import { paths } from "../../../app/paths.ts";
import { EventEditor } from "./event-editor.tsx";
import { eventTemplates } from "./event-templates.ts";
import { SavedEventField } from "./saved-event-field.tsx";
import { eventNameRule, isEventName, loadEvents, saveEvent, type TestEvent } from "./test-events.ts";
import { jsonProblem, useTestForm } from "./test-form.ts";
import { useTestRuns, type InvocationType } from "./test-runs.ts";
import { useRunTest } from "./use-run-test.ts";

/** Saved events of a function, from the cache. */
function useSavedEvents(functionName: string) {
  return useQuery({ queryKey: ["test-events", functionName], queryFn: () => loadEvents(functionName) });
}

interface TestPanelProps {
  readonly functionName: string;
  /** The version or alias that is tested; undefined: $LATEST. */
  readonly qualifier: string | undefined;
  /** Where the function's log can be followed. */
  readonly logGroup: string;
}

/** The form of a test: which event, how it is called, save and run. */
export function TestPanel({ functionName, qualifier, logGroup }: TestPanelProps) {
  const [form, change] = useTestForm(functionName);
  const [nameProblem, setNameProblem] = useState<string>();
  const saved = useSavedEvents(functionName);
  const running = useTestRuns(functionName, qualifier).some(({ status }) => status === "running");
  const save = useSave(functionName);
  const runTest = useRunTest(functionName);
  const onSave = async (): Promise<void> => {
    if (!isEventName(form.name)) return setNameProblem(eventNameRule);
    setNameProblem(undefined);
    if (jsonProblem(form.text) === undefined) await save(form);
  };
  const onTest = (): void => {
    if (jsonProblem(form.text) !== undefined) return;
    runTest({ eventName: form.name || form.templateId, event: form.text, invocationType: form.invocationType, qualifier });
  };
  return (
    <SpaceBetween size="m">
      <Header
        variant="h2"
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="tail" href={hrefOf(paths.liveTail([logGroup]))} onFollow={useFollow()}>
              CloudWatch Logs Live Tail
            </Button>
            <Button key="save" onClick={() => void onSave()}>
              Save
            </Button>
            <Button key="test" variant="primary" onClick={onTest} loading={running} loadingText="Running">
              Test
            </Button>
          </SpaceBetween>
        }
      >
        Test event
      </Header>
      <FormField label="Test event action">
        <SegmentedControl
          label="Test event action"
          selectedId={form.action}
          options={[
            { id: "new", text: "Create new event" },
            {
              id: "saved",
              text: "Edit saved event",
              disabled: saved.data?.length === 0,
              disabledReason: "No event has been saved for this function yet",
            },
          ]}
          onChange={({ detail }) => change({ action: detail.selectedId as "new" | "saved" })}
        />
      </FormField>
      {form.action === "new" ? (
        <NewEventFields
          functionName={functionName}
          nameProblem={nameProblem}
          onNameBlur={(name) => setNameProblem(name === "" || isEventName(name) ? undefined : eventNameRule)}
        />
      ) : (
        <SavedEventField functionName={functionName} saved={saved} />
      )}
      <EventEditor text={form.text} onChange={(text) => change({ text })} />
      <FormField label="Invocation type">
        <RadioGroup
          value={form.invocationType}
          direction="horizontal"
          items={[
            { value: "RequestResponse", label: "Synchronous", description: "Waits for the answer." },
            { value: "ResponseStream", label: "Response stream", description: "Shows the answer as it comes." },
            { value: "Event", label: "Asynchronous", description: "Queued; the log tells the rest." },
          ]}
          onChange={({ detail }) => change({ invocationType: detail.value as InvocationType })}
        />
      </FormField>
    </SpaceBetween>
  );
}

interface NewEventFieldsProps {
  readonly functionName: string;
  readonly nameProblem: string | undefined;
  readonly onNameBlur: (name: string) => void;
}

function NewEventFields({ functionName, nameProblem, onNameBlur }: NewEventFieldsProps) {
  const [form, change] = useTestForm(functionName);
  const template = eventTemplates.find(({ id }) => id === form.templateId);
  return (
    <SpaceBetween size="m">
      <FormField
        label="Event name"
        description="Needed to save the event."
        errorText={nameProblem}
        constraintText={nameProblem ? undefined : eventNameRule}
      >
        <Input
          value={form.name}
          placeholder="MyEventName"
          spellcheck={false}
          onChange={({ detail }) => change({ name: detail.value })}
          onBlur={() => onNameBlur(form.name)}
        />
      </FormField>
      <FormField label="Event sharing settings">
        <RadioGroup
          value={form.sharing}
          items={[
            { value: "private", label: "Private", description: "Only you see it. Up to 10 for a function." },
            {
              value: "shareable",
              label: "Shareable",
              description: "Kept in the EventBridge Schemas registry, where others and tools find it.",
            },
          ]}
          onChange={({ detail }) => change({ sharing: detail.value as TestEvent["sharing"] })}
        />
      </FormField>
      <FormField label="Template" description="What a source would send. Choosing one replaces the event below.">
        <Select
          selectedOption={template ? { value: template.id, label: template.label } : null}
          options={eventTemplates.map(({ id, label }) => ({ value: id, label, description: id }))}
          filteringType="auto"
          placeholder="Choose a template"
          onChange={({ detail }) => {
            const chosen = eventTemplates.find(({ id }) => id === detail.selectedOption.value);
            if (chosen) change({ templateId: chosen.id, text: chosen.text });
          }}
        />
      </FormField>
    </SpaceBetween>
  );
}

function useSave(functionName: string): (event: TestEvent) => Promise<void> {
  const flash = useFlash();
  const cache = useQueryClient();
  const [, change] = useTestForm(functionName);
  return async ({ name, sharing, text }) => {
    try {
      await saveEvent(functionName, { name, sharing, text });
      await cache.invalidateQueries({ queryKey: ["test-events", functionName] });
      change({ action: "saved", name, sharing });
      flash.success("test-event", `The test event ${name} was saved. Choose Test to invoke the function with it.`);
    } catch (error) {
      flash.error("test-event", `The test event ${name} was not saved`, problemOf(error));
    }
  };
}
