import type { Message } from "@aws-sdk/client-sqs";
import Alert from "@cloudscape-design/components/alert";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Link from "@cloudscape-design/components/link";
import ProgressBar from "@cloudscape-design/components/progress-bar";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useCallback, useState } from "react";
import { formatBytes } from "../../shared/format.ts";
import { EmptyState } from "../../shared/empty-state.tsx";
import { ClockTime } from "../../shared/moment.tsx";
import { ProblemDetails } from "../../shared/problem-panel.tsx";
import type { ShownQueue } from "../detail/shown-queue.ts";
import { DeleteMessagesDialog } from "./delete-messages-dialog.tsx";
import { MessageDialog } from "./message-dialog.tsx";
import { PollSettingsDialog } from "./poll-settings-dialog.tsx";
import { usePolling, type Polling, type PollSettings } from "./polling.ts";

interface ReceivePanelProps extends ShownQueue {
  /** The queue's counts are others now. */
  readonly onChanged: () => void;
}

/** Takes messages out of the queue for a while, to look at them and to delete some. */
export function ReceivePanel({ queue, onChanged }: ReceivePanelProps) {
  const [settings, setSettings] = useState<PollSettings>({ seconds: 30, mostMessages: 10 });
  const [isSetting, setSetting] = useState(false);
  const [selected, setSelected] = useState<readonly Message[]>([]);
  const [deleted, setDeleted] = useState<readonly Message[]>();
  const [shown, setShown] = useState<Message>();
  const changed = useCallback(onChanged, []);
  const polling = usePolling(queue.url, changed);
  const isPolling = polling.progress !== undefined;
  const forget = (ids: ReadonlySet<string>): void => {
    polling.forget(ids);
    setSelected([]);
    onChanged();
  };
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button key="settings" disabled={isPolling} onClick={() => setSetting(true)}>
                Edit poll settings
              </Button>
              <Button key="stop" disabled={!isPolling} onClick={polling.stop}>
                Stop polling
              </Button>
              <Button key="poll" disabled={isPolling} onClick={() => polling.start(settings)}>
                Poll for messages
              </Button>
            </SpaceBetween>
          }
        >
          Receive messages
        </Header>
      }
    >
      <SpaceBetween size="l">
        <PollFacts key="facts" queue={queue} settings={settings} polling={polling} />
        {polling.problem && (
          <Alert key="problem" type="error" header="The queue could not be read">
            <ProblemDetails problem={polling.problem} />
          </Alert>
        )}
        <MessageTable
          key="messages"
          messages={polling.messages}
          isPolling={isPolling}
          selected={selected}
          onSelect={setSelected}
          onShow={setShown}
          onDelete={setDeleted}
        />
      </SpaceBetween>
      {isSetting && <PollSettingsDialog settings={settings} onSave={setSettings} onClose={() => setSetting(false)} />}
      {shown && <MessageDialog message={shown} onClose={() => setShown(undefined)} />}
      {deleted && <DeleteMessagesDialog url={queue.url} messages={deleted} onDeleted={forget} onClose={() => setDeleted(undefined)} />}
    </Container>
  );
}

interface PollFactsProps extends ShownQueue {
  readonly settings: PollSettings;
  readonly polling: Polling;
}

function PollFacts({ queue: { attributes }, settings, polling: { progress, messages } }: PollFactsProps) {
  const received = `${messages.length} of at most ${settings.mostMessages} messages`;
  return (
    <KeyValuePairs
      columns={4}
      items={[
        { label: "Messages available", value: Number(attributes["ApproximateNumberOfMessages"] ?? 0).toLocaleString("en") },
        { label: "Polling duration", value: `${settings.seconds} s` },
        { label: "Maximum message count", value: String(settings.mostMessages) },
        {
          label: "Polling progress",
          value:
            progress === undefined ? (
              received
            ) : (
              <ProgressBar ariaLabel="Polling progress" value={Math.round(progress * 100)} additionalInfo={received} />
            ),
        },
      ]}
    />
  );
}

interface MessageTableProps {
  readonly messages: readonly Message[];
  readonly isPolling: boolean;
  readonly selected: readonly Message[];
  readonly onSelect: (messages: readonly Message[]) => void;
  readonly onShow: (message: Message) => void;
  readonly onDelete: (messages: readonly Message[]) => void;
}

const bytesIn = (text: string): number => new TextEncoder().encode(text).length;

const attributeOf = ({ Attributes }: Message, name: string): string | undefined => Attributes?.[name as "SentTimestamp"];

function MessageTable({ messages, isPolling, selected, onSelect, onShow, onDelete }: MessageTableProps) {
  return (
    <Table<Message>
      variant="embedded"
      selectionType="multi"
      trackBy={({ MessageId = "" }) => MessageId}
      items={[...messages]}
      selectedItems={[...selected]}
      onSelectionChange={({ detail }) => onSelect(detail.selectedItems)}
      ariaLabels={{
        tableLabel: "Messages",
        selectionGroupLabel: "Selection of messages",
        allItemsSelectionLabel: () => "Select all messages",
        itemSelectionLabel: (_, { MessageId }) => `Select ${MessageId}`,
      }}
      header={
        <Header
          variant="h3"
          counter={`(${messages.length})`}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button
                key="view"
                disabled={selected.length !== 1}
                disabledReason="Select one message"
                onClick={() => selected[0] && onShow(selected[0])}
              >
                View details
              </Button>
              <Button
                key="delete"
                disabled={selected.length === 0}
                disabledReason="Select messages first"
                onClick={() => onDelete(selected)}
              >
                Delete
              </Button>
            </SpaceBetween>
          }
        >
          Messages
        </Header>
      }
      columnDefinitions={[
        {
          id: "id",
          header: "ID",
          isRowHeader: true,
          cell: (message) => (
            <Link href="#" ariaLabel={`Message ${message.MessageId}`} onFollow={(event) => (event.preventDefault(), onShow(message))}>
              {message.MessageId}
            </Link>
          ),
        },
        { id: "body", header: "Body", cell: ({ Body = "" }) => <span className="break-all">{beginning(Body)}</span> },
        { id: "sent", header: "Sent", cell: (message) => <ClockTime time={Number(attributeOf(message, "SentTimestamp"))} /> },
        { id: "size", header: "Size", cell: ({ Body = "" }) => formatBytes(bytesIn(Body)) },
        { id: "count", header: "Receive count", cell: (message) => attributeOf(message, "ApproximateReceiveCount") ?? "-" },
      ]}
      empty={
        isPolling ? (
          <EmptyState title="Waiting for messages" />
        ) : (
          <EmptyState title="No messages">
            Poll for messages to see those that lie in the queue. While they are shown here nobody else receives them.
          </EmptyState>
        )
      }
    />
  );
}

/** As much of a body as a row has room for. Characters. */
const shownCharacters = 80;
const beginning = (body: string): string => (body.length > shownCharacters ? `${body.slice(0, shownCharacters)}…` : body);
