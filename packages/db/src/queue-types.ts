/** A message to be put into a queue. */
export interface NewQueueMessage {
  /** What else is known of it, opaque to the store: JSON. */
  readonly meta: string;
  readonly body: string;
  readonly messageId: string;
  readonly sentAtMs: number;
  /** Not to be received before. */
  readonly visibleAtMs: number;
  /** Of a FIFO queue's message: messages of a group are received in the order in which they came. */
  readonly group?: string;
  /** Another message with it is not stored until then. */
  readonly deduplication?: { readonly key: string; readonly untilMs: number };
}

/** Which message a send made, or which it was a duplicate of. */
export interface StoredQueueMessage {
  readonly messageId: string;
  /** Grows with the order of storing. */
  readonly sequence: number;
}

/** What is asked of a queue. */
export interface QueueReceive {
  readonly queueId: number;
  readonly isFifo: boolean;
  readonly nowMs: number;
  readonly count: number;
  readonly visibilityTimeoutMs: number;
  /** Messages sent before are too old: they are removed. */
  readonly sentAfterMs: number;
  /** Messages that were received so often go there instead. */
  readonly deadLetter?: {
    readonly queueId: number;
    readonly isFifo: boolean;
    readonly maxReceiveCount: number;
    readonly sourceArn: string;
  };
  /** More messages than this may not be in flight. */
  readonly inFlightCount: number;
  /** A receive of the same name until then answers the same messages again. */
  readonly attempt?: { readonly id: string; readonly untilMs: number };
}

/** Names one receive of a message. */
export interface QueueReceipt {
  readonly id: number;
  readonly receipt: number;
}

/** A message that was received. */
export interface ReceivedQueueMessage extends QueueReceipt {
  readonly messageId: string;
  readonly meta: string;
  readonly body: string;
  readonly sentAtMs: number;
  readonly receiveCount: number;
  readonly firstReceivedAtMs: number;
  readonly deadLetterSourceArn: string | undefined;
}

/** What a receive found. */
export interface QueueReceived {
  readonly messages: readonly ReceivedQueueMessage[];
  /** There was less than was asked for, but at this time there will be more, if nothing changes. */
  readonly nextAtMs: number | undefined;
  /** As many messages are in flight as may be. */
  readonly isOverLimit?: true;
  /** Messages that went to the dead-letter queue, by their ids. */
  readonly redriven: readonly string[];
}

/** What became of a receipt: `gone` is a message that is not there any more, `stale` one received again since, `expired` one visible again. */
export type ReceiptOutcome = "done" | "gone" | "stale" | "expired" | "beyond-limit";

/** A change of one received message's visibility. */
export interface VisibilityChange extends QueueReceipt {
  readonly visibilityTimeoutMs: number;
}

/** Whose receipts they are, and when. */
export interface ReceiptScope {
  readonly queueId: number;
  readonly isFifo: boolean;
  readonly nowMs: number;
}

/** What a queue holds. */
export interface QueueCounts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

/** A message that can be moved on. */
export interface MovableQueueMessage {
  readonly id: number;
  readonly messageId: string;
  readonly deadLetterSourceArn: string | undefined;
}

/** Where a message is moved. */
export interface QueueMove {
  readonly id: number;
  readonly toQueueId: number;
  readonly isFifo: boolean;
  readonly messageId: string;
}

/** A task that moves messages from a dead-letter queue. */
export interface MoveTaskRow {
  readonly id: string;
  readonly queueId: number;
  readonly sourceArn: string;
  readonly destinationArn: string | undefined;
  readonly messagesPerSecond: number | undefined;
  readonly startedAtMs: number;
  readonly status: "RUNNING" | "COMPLETED" | "CANCELLING" | "CANCELLED" | "FAILED";
  readonly movedCount: number;
  readonly toMoveCount: number;
  /** Messages that came later are not moved. */
  readonly lastId: number;
  readonly failureReason: string | undefined;
}

/** Messages of SQS's queues. Each method is one write in the shared transaction: a receive is exclusive, and what was answered is on disk. */
export interface QueueMessageStore {
  send(queueId: number, messages: readonly NewQueueMessage[]): Promise<readonly StoredQueueMessage[]>;
  receive(wanted: QueueReceive): Promise<QueueReceived>;
  remove(scope: ReceiptScope, receipts: readonly QueueReceipt[]): Promise<readonly ReceiptOutcome[]>;
  changeVisibility(scope: ReceiptScope, changes: readonly VisibilityChange[]): Promise<readonly ReceiptOutcome[]>;
  /** Messages of a FIFO queue that were never received get the queue's new delay. */
  changeDelay(queueId: number, delayMs: number): Promise<void>;
  counts(queueId: number, nowMs: number): Promise<QueueCounts>;
  /** The newest message of all queues. */
  lastId(): Promise<number>;
  /** Removes at most so many messages of a queue up to an id; answers how many there were. */
  removeUpTo(queueId: number, lastId: number, limit: number): Promise<number>;
  /** Removes at most so many messages that are too old; answers how many there were. */
  expire(queueId: number, sentAfterMs: number, limit: number): Promise<number>;
  /** Removes what is kept of sends and receives to recognise their repetitions, where its time is over. */
  forgetRepetitions(nowMs: number, limit: number): Promise<number>;
  /** The queues that hold anything. */
  queueIds(): Promise<readonly number[]>;
  /** Visible messages of a queue, in order. */
  movable(
    queueId: number,
    isFifo: boolean,
    wanted: { readonly lastId: number; readonly nowMs: number; readonly limit: number },
  ): Promise<readonly MovableQueueMessage[]>;
  /** Moves what is still visible, as new messages, and adds to the task's count; answers how many. */
  move(taskId: string, fromQueueId: number, nowMs: number, moves: readonly QueueMove[]): Promise<number>;
  putMoveTask(task: MoveTaskRow): Promise<void>;
  /** Changes a task that is not over. */
  endMoveTask(id: string, status: MoveTaskRow["status"], failureReason: string | undefined): Promise<void>;
  /** Newest first. */
  moveTasks(sourceArn: string, limit: number): Promise<readonly MoveTaskRow[]>;
  moveTask(id: string): Promise<MoveTaskRow | undefined>;
  runningMoveTasks(): Promise<readonly MoveTaskRow[]>;
}
