import CopyToClipboard from "@cloudscape-design/components/copy-to-clipboard";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { PageLink } from "../shared/page-link.tsx";
import { prettyJson, requestIdOf, severityOf, shownText } from "./event-text.ts";
import type { LogEvent } from "./read-events.ts";
import { formatEventTime } from "./time-range.ts";
import "./event-list.css";

interface EventListProps {
  readonly events: readonly LogEvent[];
  readonly isUtc: boolean;
  /** Stays at the newest line unless somebody scrolls up. */
  readonly follow?: boolean;
  /** Where an invocation's own lines are. */
  readonly invocationPath?: (requestId: string, event: LogEvent) => string;
  /** Words to be marked. */
  readonly highlight?: readonly string[];
  readonly label: string;
}

const rowHeightPx = 26;
/** This close to the end counts as being at the end. Pixels. */
const endLeewayPx = 60;

/** Lines of a log. Only those in view are drawn: 100,000 scroll as ten do. Enter spreads a line out. */
export function EventList({ events, isUtc, follow = false, invocationPath, highlight = [], label }: EventListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState(0);
  const isAtEnd = useRef(true);
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeightPx,
    getItemKey: (index) => events[index]?.id ?? index,
    overscan: 12,
  });
  useEffect(() => {
    if (follow && isAtEnd.current && events.length > 0) rows.scrollToIndex(events.length - 1, { align: "end" });
  }, [follow, events.length, rows]);
  const toggle = (id: string): void =>
    setExpanded((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  const onKeyDown = (event: KeyboardEvent): void => {
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: focused + 1,
      ArrowUp: focused - 1,
      PageDown: focused + 20,
      PageUp: focused - 20,
      Home: 0,
      End: events.length - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      event.preventDefault();
      const next = Math.max(0, Math.min(target, events.length - 1));
      setFocused(next);
      rows.scrollToIndex(next);
    }
    const current = events[focused];
    if (event.key === "Enter" && event.target === event.currentTarget && current) toggle(current.id);
  };
  return (
    <div
      ref={scroller}
      className="event-list"
      tabIndex={0}
      role="log"
      aria-label={label}
      aria-live="off"
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        isAtEnd.current = scrollTop + clientHeight > scrollHeight - endLeewayPx;
      }}
    >
      <div style={{ height: rows.getTotalSize(), position: "relative" }}>
        {rows.getVirtualItems().map((row) => {
          const event = events[row.index];
          if (!event) return null;
          return (
            <div
              key={row.key}
              ref={rows.measureElement}
              data-index={row.index}
              data-focused={row.index === focused}
              className={`event-row severity-${severityOf(event.message)}`}
              style={{ transform: `translateY(${row.start}px)` }}
            >
              <EventRow
                event={event}
                isUtc={isUtc}
                isExpanded={expanded.has(event.id)}
                highlight={highlight}
                onToggle={() => {
                  setFocused(row.index);
                  toggle(event.id);
                }}
                {...(invocationPath && { invocationPath })}
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface EventRowProps extends Pick<EventListProps, "isUtc" | "invocationPath"> {
  readonly event: LogEvent;
  readonly isExpanded: boolean;
  readonly highlight: readonly string[];
  readonly onToggle: () => void;
}

function EventRow({ event, isUtc, isExpanded, highlight, onToggle, invocationPath }: EventRowProps) {
  const text = shownText(event.message);
  const requestId = isExpanded ? requestIdOf(event.message) : undefined;
  return (
    <>
      <button type="button" className="event-line" aria-expanded={isExpanded} onClick={onToggle} tabIndex={-1}>
        <span className="event-time">{formatEventTime(event.timestamp, isUtc)}</span>
        <span className="event-message">{isExpanded ? "" : marked(text.split("\n")[0] ?? "", highlight)}</span>
      </button>
      {isExpanded && (
        <div className="event-details">
          <pre>{prettyJson(text) ?? text}</pre>
          <div className="event-facts">
            <CopyToClipboard
              variant="icon"
              textToCopy={text}
              copyButtonAriaLabel="Copy the line"
              copySuccessText="Copied"
              copyErrorText="Could not copy"
            />
            <span>{event.logStreamName}</span>
            {requestId && invocationPath && <PageLink to={invocationPath(requestId, event)}>Show this invocation</PageLink>}
          </div>
        </div>
      )}
    </>
  );
}

function marked(text: string, words: readonly string[]) {
  const wanted = words.filter((word) => word !== "").map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  if (wanted.length === 0) return text;
  return text
    .split(new RegExp(`(${wanted.join("|")})`, "gi"))
    .map((part, index) => (index % 2 === 1 ? <mark key={index}>{part}</mark> : part));
}
