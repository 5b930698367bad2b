import { expect, test } from "vitest";
import { tagChanges } from "../../functions/detail/configuration/pairs.ts";
import { durationOf, durationText, secondsOf } from "./duration.ts";
import { changesOf, creationOf, draftOf, fullName, newQueue, problemsOf } from "./queue-draft.ts";

test.each([
  [0, "0 seconds"],
  [30, "30 seconds"],
  [60, "1 minute"],
  [43_200, "12 hours"],
  [345_600, "4 days"],
  [90, "90 seconds"],
])("%d s are %s", (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
  expect(secondsOf(durationOf(seconds))).toBe(seconds);
});

test("a new queue has AWS's defaults, and no policy", () => {
  expect(creationOf({ ...newQueue, name: "orders" })).toEqual({
    VisibilityTimeout: "30",
    MessageRetentionPeriod: "345600",
    DelaySeconds: "0",
    ReceiveMessageWaitTimeSeconds: "0",
    MaximumMessageSize: "1048576",
    SqsManagedSseEnabled: "true",
  });
});

test("a FIFO queue's name gets its suffix once, and high throughput is two attributes", () => {
  const draft = { ...newQueue, name: "orders", isFifo: true, isHighThroughput: true };
  expect([fullName(draft), fullName({ ...draft, name: "orders.fifo" })]).toEqual(["orders.fifo", "orders.fifo"]);
  expect(creationOf(draft)).toMatchObject({
    FifoQueue: "true",
    DeduplicationScope: "messageGroup",
    FifoThroughputLimit: "perMessageGroupId",
  });
});

test("an edit says what is other than before; what is cleared is taken away", () => {
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: "arn:aws:sqs:us-east-1:1:dead", maxReceiveCount: 3 });
  const before = draftOf("orders", { RedrivePolicy, VisibilityTimeout: "60" }, { team: "a", stage: "x" });
  expect(changesOf(before, before)).toEqual({});
  const after = { ...before, hasDeadLetter: false, delay: durationOf(5), tags: [{ key: "team", value: "b" }] };
  expect(changesOf(after, before)).toEqual({ RedrivePolicy: "", DelaySeconds: "5" });
  expect(tagChanges(after, before)).toEqual({ added: { team: "b" }, removed: ["stage"] });
});

test("fields out of their bounds say so", () => {
  const draft = { ...newQueue, name: "a b", visibility: durationOf(43_201), retention: durationOf(59), messageKib: "", policy: "{" };
  expect(Object.keys(problemsOf(draft)).sort()).toEqual(["messageKib", "name", "policy", "retention", "visibility"]);
  expect(problemsOf({ ...newQueue, name: "orders" })).toEqual({});
});
