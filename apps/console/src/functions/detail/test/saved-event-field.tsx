import Button from "@cloudscape-design/components/button";
import FormField from "@cloudscape-design/components/form-field";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { problemOf } from "../../../api/problem.ts";
import { useFlash } from "../../../app/flash.tsx";
import { ConfirmDialog } from "../../../shared/confirm-dialog.tsx";
import { RenameEventDialog } from "./rename-event-dialog.tsx";
import { deleteEvent, renameEvent, type TestEvent } from "./test-events.ts";
import { useTestForm } from "./test-form.ts";

interface SavedEventFieldProps {
  readonly functionName: string;
  readonly saved: UseQueryResult<TestEvent[]>;
}

const keyOf = ({ name, sharing }: Pick<TestEvent, "name" | "sharing">): string => `${sharing}/${name}`;

/** Chooses among the saved events, and deletes one. */
export function SavedEventField({ functionName, saved }: SavedEventFieldProps) {
  const [form, change] = useTestForm(functionName);
  const [dialog, setDialog] = useState<"rename" | "delete">();
  const close = (): void => setDialog(undefined);
  const flash = useFlash();
  const cache = useQueryClient();
  const events = saved.data ?? [];
  const chosen = events.find((event) => keyOf(event) === keyOf(form));
  const options = (sharing: TestEvent["sharing"]) =>
    events.filter((event) => event.sharing === sharing).map((event) => ({ value: keyOf(event), label: event.name }));
  const remove = async (): Promise<void> => {
    await deleteEvent(functionName, form);
    await cache.invalidateQueries({ queryKey: ["test-events", functionName] });
    change({ action: "new", name: "" });
    flash.success("test-event", `The test event ${form.name} was deleted.`);
  };
  const rename = async (to: string): Promise<void> => {
    const queryKey = ["test-events", functionName];
    try {
      await renameEvent(functionName, form, to);
    } catch (error) {
      // What there is now, the dialog should know at the next try.
      void cache.invalidateQueries({ queryKey });
      throw error;
    }
    await cache.invalidateQueries({ queryKey });
    change({ name: to });
    flash.success("test-event", `The test event ${form.name} is now called ${to}.`);
  };
  return (
    <FormField
      label="Event name"
      secondaryControl={
        <SpaceBetween direction="horizontal" size="xs">
          <Button key="rename" disabled={!chosen} disabledReason="Choose an event first" onClick={() => setDialog("rename")}>
            Rename
          </Button>
          <Button key="delete" disabled={!chosen} disabledReason="Choose an event first" onClick={() => setDialog("delete")}>
            Delete
          </Button>
        </SpaceBetween>
      }
    >
      <Select
        selectedOption={chosen ? { value: keyOf(chosen), label: chosen.name } : null}
        placeholder="Choose an event"
        filteringType="auto"
        statusType={saved.isPending ? "loading" : saved.error ? "error" : "finished"}
        loadingText="Loading events"
        errorText={saved.error ? problemOf(saved.error).message : ""}
        recoveryText="Try again"
        onLoadItems={() => {
          if (saved.error) void saved.refetch();
        }}
        options={[
          { label: "Private", options: options("private") },
          { label: "Shareable", options: options("shareable") },
        ].filter((group) => group.options.length > 0)}
        onChange={({ detail }) => {
          const event = events.find((candidate) => keyOf(candidate) === detail.selectedOption.value);
          if (event) change({ name: event.name, sharing: event.sharing, text: event.text });
        }}
      />
      {dialog === "rename" && <RenameEventDialog event={form} events={events} onRename={rename} onClose={close} />}
      {dialog === "delete" && (
        <ConfirmDialog title={`Delete the test event ${form.name}?`} action="Delete" onConfirm={remove} onClose={close}>
          {form.sharing === "shareable" ? "Others who use this event lose it too." : "The event is removed for good."}
        </ConfirmDialog>
      )}
    </FormField>
  );
}
