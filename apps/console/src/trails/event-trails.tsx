import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import Input from "@cloudscape-design/components/input";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import StatusIndicator from "@cloudscape-design/components/status-indicator";
import Table, { type TableProps } from "@cloudscape-design/components/table";
import type { EventTrailInfo } from "@mayfly/wire/mayfly";
import { useState } from "react";
import { useAws } from "../api/hooks.ts";
import { useAddressState } from "../shared/address-state.ts";
import { Breakable } from "../shared/breakable.tsx";
import { EmptyState } from "../shared/empty-state.tsx";
import { InfoLink } from "../shared/info-link.tsx";
import { Loaded } from "../shared/loaded.tsx";
import { ClockTime } from "../shared/moment.tsx";
import { outcomeOf, receiverOf, sourceOf } from "./trail-facts.ts";
import { TrailDialog } from "./trail-dialog.tsx";

interface EventTrailsProps {
  /** Of which function, or of which source. */
  readonly of: { readonly FunctionName: string; readonly Qualifier?: string | undefined } | { readonly SourceArn: string };
}

/** While the page is looked at, it is renewed this often. Milliseconds. */
const renewEveryMs = 5_000;

/** No more are shown: the last ones. */
const shownCount = 50;

/** What became of events on their way from a source to a function: why it ran, or did not. */
export function EventTrails({ of }: EventTrailsProps) {
  const [asked, setAsked] = useAddressState("event");
  const id = asked ?? "";
  const [typed, setTyped] = useState(id);
  const [shown, setShown] = useState<string>();
  const input = { ...of, ...(id !== "" && { Id: id }), MaxItems: shownCount };
  const query = useAws("mayfly", "ListEventTrails", input, { refetchInterval: renewEveryMs });
  const trails = query.data?.Trails;
  const find = (text: string): void => {
    setTyped(text);
    setAsked(text.trim() || undefined);
  };
  const opened = trails?.find((trail) => keyOf(trail) === shown);
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={trails ? `(${trails.length}${trails.length === shownCount ? "+" : ""})` : ""}
          description="Why did an event run the function, or why not? The last day's events of triggers, and asynchronous invocations."
          info={<InfoLink topic="event-trail" about="the event trail" />}
        >
          Event trail
        </Header>
      }
    >
      <SpaceBetween size="m">
        <SpaceBetween key="find" direction="horizontal" size="xs">
          <Input
            key="id"
            type="search"
            value={typed}
            ariaLabel="Message or request ID"
            clearAriaLabel="Clear the ID"
            placeholder="Message or request ID"
            spellcheck={false}
            onChange={({ detail }) => (detail.value === "" ? find("") : setTyped(detail.value))}
            onKeyDown={({ detail }) => {
              if (detail.key === "Enter") find(typed);
            }}
          />
          <Button key="go" onClick={() => find(typed)}>
            Find
          </Button>
        </SpaceBetween>
        <Loaded key="trails" query={query}>
          {({ Trails }) => (
            <Table<EventTrailInfo>
              variant="embedded"
              wrapLines
              ariaLabels={{ tableLabel: "Event trail" }}
              items={Trails}
              trackBy={keyOf}
              columnDefinitions={columns("FunctionName" in of ? "source" : "function", (trail) => setShown(keyOf(trail)))}
              empty={
                id === "" ? (
                  <EmptyState title="No events">No trigger has brought any within the last day.</EmptyState>
                ) : (
                  <EmptyState title="Nothing is known of this event">It never came here, or it is too long ago.</EmptyState>
                )
              }
            />
          )}
        </Loaded>
      </SpaceBetween>
      {opened && <TrailDialog trail={opened} onClose={() => setShown(undefined)} />}
    </Container>
  );
}

/** One event may come to several functions. */
const keyOf = ({ EventId, MappingUUID }: EventTrailInfo): string => `${EventId} ${MappingUUID}`;

const columns = (
  other: "source" | "function",
  onShow: (trail: EventTrailInfo) => void,
): readonly TableProps.ColumnDefinition<EventTrailInfo>[] => [
  {
    id: "event",
    header: "Event",
    isRowHeader: true,
    minWidth: 150,
    cell: (trail) => (
      <Link href="#" ariaLabel={`Event ${trail.EventId}`} onFollow={(event) => (event.preventDefault(), onShow(trail))}>
        <Breakable text={trail.EventId} />
      </Link>
    ),
  },
  {
    id: "other",
    header: other === "source" ? "Source" : "To",
    minWidth: 120,
    cell: ({ SourceArn, FunctionArn }) => (other === "source" ? sourceOf({ SourceArn }) : <Breakable text={receiverOf(FunctionArn)} />),
  },
  { id: "last", header: "Last", cell: ({ Steps }) => <ClockTime time={Steps.at(-1)?.At} /> },
  {
    id: "outcome",
    header: "What became of it",
    minWidth: 160,
    cell: (trail) => {
      const { type, text, why } = outcomeOf(trail);
      return (
        <StatusIndicator type={type}>
          {text}
          {why !== undefined && `: ${why}`}
        </StatusIndicator>
      );
    },
  },
];
