import type { Message } from "@aws-sdk/client-sqs";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Modal from "@cloudscape-design/components/modal";
import Table from "@cloudscape-design/components/table";
import Tabs from "@cloudscape-design/components/tabs";
import { Breakable } from "../../shared/breakable.tsx";
import { CliCommand } from "../../shared/cli-command.tsx";
import { EmptyState } from "../../shared/empty-state.tsx";
import { ClockTime } from "../../shared/moment.tsx";
import { valueText } from "./message-attributes.ts";

interface MessageDialogProps {
  readonly message: Message;
  readonly onClose: () => void;
}

/** A message: its body, its attributes, and what the service says of it. */
export function MessageDialog({ message, onClose }: MessageDialogProps) {
  return (
    <Modal
      visible
      size="large"
      header="Message"
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button onClick={onClose}>Done</Button>
        </Box>
      }
    >
      <Tabs
        ariaLabel="Message"
        tabs={[
          { id: "body", label: "Body", content: <CliCommand command={message.Body ?? ""} label="Message body" /> },
          { id: "attributes", label: "Attributes", content: <Attributes message={message} /> },
          { id: "details", label: "Details", content: <Details message={message} /> },
        ]}
      />
    </Modal>
  );
}

const times: ReadonlySet<string> = new Set(["SentTimestamp", "ApproximateFirstReceiveTimestamp"]);

function Details({ message: { MessageId = "", MD5OfBody = "", Attributes = {} } }: { readonly message: Message }) {
  return (
    <KeyValuePairs
      columns={2}
      items={[
        { label: "ID", value: <Breakable text={MessageId} /> },
        { label: "MD5 of body", value: <span className="break-all">{MD5OfBody}</span> },
        ...Object.entries(Attributes).map(([name, value]) => ({
          label: name,
          value: times.has(name) ? <ClockTime time={Number(value)} /> : <span className="break-all">{value}</span>,
        })),
      ]}
    />
  );
}

function Attributes({ message: { MessageAttributes = {} } }: { readonly message: Message }) {
  const items = Object.entries(MessageAttributes).map(([name, value]) => ({ name, type: value.DataType ?? "", text: valueText(value) }));
  return (
    <Table
      variant="embedded"
      wrapLines
      ariaLabels={{ tableLabel: "Message attributes" }}
      items={items}
      columnDefinitions={[
        { id: "name", header: "Name", cell: ({ name }) => name, isRowHeader: true },
        { id: "type", header: "Type", cell: ({ type }) => type },
        { id: "value", header: "Value", cell: ({ text }) => <span className="break-all">{text}</span> },
      ]}
      empty={<EmptyState title="No attributes" />}
    />
  );
}
