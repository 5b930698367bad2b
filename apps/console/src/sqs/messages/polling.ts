import type { Message } from "@aws-sdk/client-sqs";
import { useCallback, useEffect, useRef, useState } from "react";
import { problemOf, type Problem } from "../../api/problem.ts";
import { send } from "../../api/send.ts";

/** How long and for how many messages a queue is asked. */
export interface PollSettings {
  readonly seconds: number;
  readonly mostMessages: number;
}

/** What a poll has come to. */
export interface Polling {
  readonly messages: readonly Message[];
  /** From 0 to 1 while it runs: the larger part of time and count; undefined: none runs. */
  readonly progress: number | undefined;
  readonly problem: Problem | undefined;
  readonly start: (settings: PollSettings) => void;
  readonly stop: () => void;
  /** Forgets messages: they were deleted. */
  readonly forget: (messageIds: ReadonlySet<string>) => void;
}

/** One request waits so long for messages, and gives so many. */
const waitSeconds = 2;
const mostAtOnce = 10;
/** How often the bar moves. Milliseconds. */
const tickMs = 250;

/** Asks a queue for messages until time or count is up, or somebody stops it. */
export function usePolling(url: string, onReceived: () => void): Polling {
  const [messages, setMessages] = useState<readonly Message[]>([]);
  const [progress, setProgress] = useState<number>();
  const [problem, setProblem] = useState<Problem>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);
  const stop = useCallback(() => running.current?.abort(), []);
  const start = useCallback(
    (settings: PollSettings) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      setMessages([]);
      setProblem(undefined);
      setProgress(0);
      const startedAt = Date.now();
      let count = 0;
      const timer = setInterval(
        () => setProgress(Math.min(1, Math.max((Date.now() - startedAt) / (settings.seconds * 1000), count / settings.mostMessages))),
        tickMs,
      );
      const take = (received: readonly Message[]): void => {
        count += received.length;
        // A message comes again if its visibility timeout is over: its newest receipt counts.
        setMessages((known) => [...new Map([...known, ...received].map((message) => [message.MessageId, message])).values()]);
        onReceived();
      };
      void poll({ url, settings, startedAt, signal: controller.signal, count: () => count, take })
        .catch((error: unknown) => {
          if (!controller.signal.aborted) setProblem(problemOf(error));
        })
        .finally(() => {
          clearInterval(timer);
          if (running.current === controller) setProgress(undefined);
        });
    },
    [url, onReceived],
  );
  const forget = useCallback(
    (ids: ReadonlySet<string>) => setMessages((known) => known.filter(({ MessageId = "" }) => !ids.has(MessageId))),
    [],
  );
  return { messages, progress, problem, start, stop, forget };
}

interface Poll {
  readonly url: string;
  readonly settings: PollSettings;
  readonly startedAt: number;
  readonly signal: AbortSignal;
  readonly count: () => number;
  readonly take: (messages: readonly Message[]) => void;
}

async function poll({ url, settings, startedAt, signal, count, take }: Poll): Promise<void> {
  const endsAt = startedAt + settings.seconds * 1000;
  for (;;) {
    const leftSeconds = (endsAt - Date.now()) / 1000;
    const leftMessages = settings.mostMessages - count();
    if (leftSeconds <= 0 || leftMessages <= 0 || signal.aborted) return;
    const input = {
      QueueUrl: url,
      MaxNumberOfMessages: Math.min(mostAtOnce, leftMessages),
      WaitTimeSeconds: Math.min(waitSeconds, Math.ceil(leftSeconds)),
      // What is shown here nobody else gets while this goes on.
      VisibilityTimeout: Math.ceil(leftSeconds) + 1,
      MessageAttributeNames: ["All"],
      MessageSystemAttributeNames: ["All" as const],
    };
    const { Messages = [] } = await send("sqs", "ReceiveMessage", input, signal);
    if (Messages.length > 0) take(Messages);
  }
}
