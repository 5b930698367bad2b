import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { EventTrailInfo, EventTrailStep } from "@mayfly/wire/mayfly";
import { Breakable } from "../shared/breakable.tsx";
import { ClockTime } from "../shared/moment.tsx";
import { receiverLabel, sourceOf, stepText } from "./trail-facts.ts";

interface TrailDialogProps {
  readonly trail: EventTrailInfo;
  readonly onClose: () => void;
}

/** All that happened to one event, step by step. */
export function TrailDialog({ trail: { EventId, SourceArn, FunctionArn, Steps }, onClose }: TrailDialogProps) {
  return (
    <Modal
      visible
      size="large"
      header="What became of the event"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button onClick={onClose}>Done</Button>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <KeyValuePairs
          key="what"
          columns={3}
          items={[
            { label: "Event", value: <Breakable text={EventId} /> },
            { label: "Source", value: <Breakable text={SourceArn === FunctionArn ? sourceOf({ SourceArn }) : SourceArn} /> },
            { label: receiverLabel(FunctionArn), value: <Breakable text={FunctionArn || "-"} /> },
          ]}
        />
        <Table<EventTrailStep>
          key="steps"
          variant="embedded"
          wrapLines
          ariaLabels={{ tableLabel: "Steps" }}
          items={[...Steps]}
          columnDefinitions={[
            { id: "at", header: "Time", cell: ({ At }) => <ClockTime time={At} /> },
            { id: "what", header: "What happened", isRowHeader: true, cell: ({ Kind }) => stepText(Kind, FunctionArn) },
            { id: "detail", header: "Detail", cell: ({ Detail }) => (Detail === undefined ? "-" : <Breakable text={Detail} />) },
            {
              id: "request",
              header: "Request ID",
              cell: ({ RequestId }) => (RequestId === undefined ? "-" : <Breakable text={RequestId} />),
            },
          ]}
        />
      </SpaceBetween>
    </Modal>
  );
}
