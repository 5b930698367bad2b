import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { EventTrailInfo, EventTrailStep } from "@mayfly/wire/mayfly";
import { paths } from "../app/paths.ts";
import { Breakable } from "../shared/breakable.tsx";
import { ClockTime } from "../shared/moment.tsx";
import { PageLink } from "../shared/page-link.tsx";
import { isHandedOn, receiverLabel, sourceOf, stepText } from "./trail-facts.ts";

interface TrailDialogProps {
  readonly trail: EventTrailInfo;
  readonly onClose: () => void;
}

/** All that happened to one event, step by step. */
export function TrailDialog({ trail, onClose }: TrailDialogProps) {
  const { EventId, SourceArn, FunctionArn, Steps } = trail;
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
            { id: "what", header: "What happened", isRowHeader: true, cell: ({ Kind }) => stepText(Kind, trail) },
            { id: "detail", header: "Detail", cell: ({ Detail }) => (Detail === undefined ? "-" : <Breakable text={Detail} />) },
            {
              id: "request",
              header: "Request ID",
              cell: (step) => <Request step={step} trail={trail} />,
            },
          ]}
        />
      </SpaceBetween>
    </Modal>
  );
}

/** A request; that of an invocation leads to the function's own trail of it. */
function Request({ step: { Kind, RequestId }, trail }: { readonly step: EventTrailStep; readonly trail: EventTrailInfo }) {
  if (RequestId === undefined) return "-";
  if (Kind !== "delivered" || !isHandedOn(trail)) return <Breakable text={RequestId} />;
  const [name = "", qualifier] = trail.FunctionArn.split(":").slice(6);
  return (
    <PageLink to={paths.functionEvent(name, RequestId, qualifier)}>
      <Breakable text={RequestId} />
    </PageLink>
  );
}
