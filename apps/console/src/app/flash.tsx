import Button from "@cloudscape-design/components/button";
import Flashbar, { type FlashbarProps } from "@cloudscape-design/components/flashbar";
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from "react";
import type { Problem } from "../api/problem.ts";

/** What a message may offer to do next. */
interface FlashAction {
  readonly label: string;
  readonly onClick: () => void;
}

/** One of several things that were to be done, and was not. */
export interface Failure {
  /** Of the function, the role, ... */
  readonly name: string;
  readonly problem: Problem;
  /** What was done before that: `detached ReadOnlyAccess`. */
  readonly done?: readonly string[];
}

/** More than this are counted, not named. */
const mostFailuresNamed = 10;

/** Says what is being done and what was done, at the top of the page. A message with the id of an earlier one takes its place. */
export interface Flash {
  progress(id: string, content: ReactNode): void;
  /** Goes by itself only when somebody dismisses it; names the next action where there is one. */
  success(id: string, content: ReactNode, action?: FlashAction): void;
  /** Code, message and request id of what went wrong, and one next action. */
  error(id: string, header: string, problem: Problem, action?: FlashAction): void;
  /** Which of several things failed, each with its reason. */
  failures(id: string, header: string, failures: readonly Failure[]): void;
  dismiss(id: string): void;
}

const FlashContext = createContext<Flash | undefined>(undefined);
const ItemsContext = createContext<readonly FlashbarProps.MessageDefinition[]>([]);

/** Keeps the messages. They outlive a change of page. */
export function FlashProvider({ children }: { readonly children: ReactNode }) {
  const [items, setItems] = useState<readonly FlashbarProps.MessageDefinition[]>([]);
  const dismiss = useCallback((id: string) => setItems((all) => all.filter((item) => item.id !== id)), []);
  const put = useCallback(
    (item: FlashbarProps.MessageDefinition & { readonly id: string }) => {
      const full = { dismissible: item.type !== "in-progress", dismissLabel: "Dismiss", onDismiss: () => dismiss(item.id), ...item };
      setItems((all) => [full, ...all.filter(({ id }) => id !== item.id)]);
    },
    [dismiss],
  );
  const flash = useMemo<Flash>(
    () => ({
      progress: (id, content) => put({ id, type: "in-progress", loading: true, content }),
      success: (id, content, action) => put({ id, type: "success", content, ...withAction(action) }),
      error: (id, header, problem, action) =>
        put({ id, type: "error", header, content: <ProblemText problem={problem} />, ...withAction(action) }),
      failures: (id, header, failures) => put({ id, type: "error", header, content: <FailureList failures={failures} /> }),
      dismiss,
    }),
    [put, dismiss],
  );
  return (
    <FlashContext value={flash}>
      <ItemsContext value={items}>{children}</ItemsContext>
    </FlashContext>
  );
}

function withAction(action: FlashAction | undefined): Pick<FlashbarProps.MessageDefinition, "action"> {
  return action ? { action: <Button onClick={action.onClick}>{action.label}</Button> } : {};
}

/** A problem's message with its code and request id, for errors inside a message. */
function ProblemText({ problem }: { readonly problem: Problem }) {
  return (
    <>
      <div>
        {problem.code}: {problem.message}
      </div>
      {problem.requestId && <div>Request ID: {problem.requestId}</div>}
    </>
  );
}

function FailureList({ failures }: { readonly failures: readonly Failure[] }) {
  return (
    <ul>
      {failures.slice(0, mostFailuresNamed).map(({ name, problem, done = [] }) => (
        <li key={name}>
          <strong>{name}</strong>
          {done.length > 0 && ` (before that: ${done.join(", ")})`}
          <ProblemText problem={problem} />
        </li>
      ))}
      {failures.length > mostFailuresNamed && <li>and {failures.length - mostFailuresNamed} more</li>}
    </ul>
  );
}

/** The messages' place in the layout. */
export function Flashes() {
  return <Flashbar items={[...useContext(ItemsContext)]} stackItems />;
}

/** Shows messages. */
export function useFlash(): Flash {
  const flash = useContext(FlashContext);
  if (!flash) throw new Error("useFlash needs a FlashProvider above it.");
  return flash;
}
