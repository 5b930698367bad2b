import { expect, test } from "vitest";
import { outcomeOf, receiverOf, sourceOf, stepText } from "./trail-facts.ts";

const At = new Date(0);
const trail = (...kinds: readonly (string | readonly [string, string])[]) => ({
  Steps: kinds.map((kind) => (typeof kind === "string" ? { At, Kind: kind } : { At, Kind: kind[0], Detail: kind[1] })),
});

test.each([
  [trail("received", "delivered", "deleted"), "Handled", undefined],
  [trail("produced", "received", "delivered", "deleted", "repeated", "repeated"), "Handled", undefined],
  [trail("received", "delivered", "failed", "left", "received", "delivered", "deleted"), "Handled", "at attempt 2"],
  [trail("received", ["filtered", "filter 1: body.kind"], "deleted"), "Filtered out", "filter 1: body.kind"],
  [trail("received", "delivered", "failed", "left"), "Comes again", "The function failed"],
  [trail("received", ["unavailable", "no role"], "left"), "Comes again", "no role"],
  [trail("received", "loop", "deleted"), "Stopped: loop", undefined],
  [trail("received", "delivered"), "Under way", undefined],
  [trail("received", "returned"), "Comes again", undefined],
  [trail("produced"), "Received by nobody yet", undefined],
  [trail(["produced", "by arn:ann"]), "Received by nobody yet", "sent by arn:ann"],
  [trail("produced", ["taken", "by arn:ben, receive 1"]), "Taken by a consumer", "arn:ben, receive 1"],
  [trail("produced", "delivered", "failed", "postponed"), "Tried again", "The function failed"],
  [trail("produced", "delivered", "failed", "postponed", "delivered", "succeeded", "told"), "Handled", "at attempt 2"],
  [trail("produced", "delivered", "failed", ["given-up", "RetriesExhausted"], "told"), "Given up", "RetriesExhausted"],
  [trail("accepted", "delivered"), "Delivered", undefined],
  [trail("accepted", ["refused", "attempt 1: HTTP 500"]), "Tried again", "attempt 1: HTTP 500"],
  [trail("accepted", ["refused", "attempt 3: HTTP 500"], ["dead-lettered", "arn:lost"]), "Dead-lettered", "arn:lost"],
  [trail("accepted", ["given-up", "no permission"]), "Given up", "no permission"],
])("%j", (steps, text, why) => {
  expect(outcomeOf(steps)).toMatchObject({ text, why });
});

test.each([
  ["arn:aws:lambda:us-east-1:123456789012:function:orders:live", "orders:live"],
  ["arn:aws:sqs:us-east-1:123456789012:packing", "packing"],
  ["https://example.com/news", "https://example.com/news"],
  ["ann@example.com", "ann@example.com"],
])("%s received is told as %s", (arn, text) => {
  expect(receiverOf(arn)).toBe(text);
});

test.each([
  ["arn:aws:sqs:us-east-1:123456789012:orders", "orders"],
  ["arn:aws:s3:::pictures", "pictures"],
  ["arn:aws:lambda:us-east-1:123456789012:function:orders", "Asynchronous invocation"],
])("%s as a source is told as %s", (SourceArn, text) => {
  expect(sourceOf({ SourceArn })).toBe(text);
});

test.each([
  ["sqs", "lambda", "Given to the function"],
  ["lambda", "lambda", "Given to the function"],
  ["sns", "lambda", "Became an asynchronous invocation"],
  ["s3", "lambda", "Became an asynchronous invocation"],
  ["sns", "sqs", "Delivered"],
])("what came from %s to %s is told as: %s", (source, receiver, text) => {
  const trail = { SourceArn: `arn:aws:${source}:::a`, FunctionArn: `arn:aws:${receiver}:us-east-1:123456789012:b` };
  expect(stepText("delivered", trail)).toBe(text);
});
