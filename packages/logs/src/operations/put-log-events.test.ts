import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestLogs, type TestLogs } from "../testing/test-logs.ts";

const hourMs = 3_600_000;
const stream = { logGroupName: "/aws/lambda/f", logStreamName: "2026/11/23/[$LATEST]0" };

let logs: TestLogs;

beforeAll(async () => {
  logs = await startTestLogs();
  await logs.makeStreams(stream.logGroupName, stream.logStreamName);
});

afterAll(() => logs.close());

const put = (...logEvents: { timestamp: number; message: string }[]) => logs.call("PutLogEvents", { ...stream, logEvents });
const at = (ms: number, message = "x") => ({ timestamp: logs.time.nowMs + ms, message });

test("keeps lines and asks IAM about the stream", async () => {
  await put(at(0, "one"), at(0, "two"));
  expect(logs.asked.at(-1)).toMatchObject({
    action: "logs:PutLogEvents",
    resource: `arn:aws:logs:us-east-1:123456789012:log-group:${stream.logGroupName}:log-stream:${stream.logStreamName}`,
  });
  const { events } = await logs.call("GetLogEvents", stream);
  expect(events?.map(({ message }) => message)).toEqual(["one", "two"]);
});

test("says which lines were too old, expired or too new, and keeps the others", async () => {
  expect(await put(at(-15 * 24 * hourMs), at(0), at(2 * hourMs + 1))).toEqual({
    rejectedLogEventsInfo: { tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 2 },
  });
  await logs.call("PutRetentionPolicy", { logGroupName: stream.logGroupName, retentionInDays: 1 });
  expect(await put(at(-25 * hourMs), at(-hourMs))).toEqual({ rejectedLogEventsInfo: { expiredLogEventEndIndex: 1 } });
  await logs.call("DeleteRetentionPolicy", { logGroupName: stream.logGroupName });
});

test("refuses batches out of order, too long or too large", async () => {
  const refused = (message: string) => ({ code: "InvalidParameterException", message });
  await expect(put(at(1), at(0))).rejects.toMatchObject(
    refused("Log events in a single PutLogEvents request must be in chronological order."),
  );
  await expect(put(at(-25 * hourMs), at(0))).rejects.toMatchObject(
    refused("The batch of log events in a single PutLogEvents request cannot span more than 24 hours."),
  );
  const large = "x".repeat(262_144 - 26);
  const tooLarge = "x".repeat(1_048_576 - 25);
  await expect(put(at(0, tooLarge))).rejects.toMatchObject(refused("Log event too large: 1048577 bytes exceeds limit of 1048576"));
  await expect(put(at(0, large), at(0, large), at(0, large), at(0, large), at(0))).rejects.toMatchObject(
    refused("Upload too large: 1048603 bytes exceeds limit of 1048576"),
  );
});

test("a deleted stream takes no lines, and comes back empty", async () => {
  const other = { logGroupName: "g2", logStreamName: "s" };
  await logs.makeStreams("g2", "s");
  const event = { timestamp: logs.time.nowMs, message: "x" };
  await logs.call("PutLogEvents", { ...other, logEvents: [event] });
  await Promise.allSettled([
    logs.call("PutLogEvents", { ...other, logEvents: [event] }),
    logs.call("DeleteLogStream", other),
    logs.call("PutLogEvents", { ...other, logEvents: [event] }),
  ]);
  await expect(logs.call("PutLogEvents", { ...other, logEvents: [event] })).rejects.toMatchObject({
    message: "The specified log stream does not exist.",
  });
  await logs.call("CreateLogStream", other);
  expect((await logs.call("GetLogEvents", other)).events).toEqual([]);
  await logs.call("DeleteLogGroup", { logGroupName: "g2" });
  await expect(logs.call("PutLogEvents", { ...other, logEvents: [event] })).rejects.toMatchObject({
    message: "The specified log group does not exist.",
  });
});
