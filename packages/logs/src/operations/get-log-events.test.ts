import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestLogs, type TestLogs } from "../testing/test-logs.ts";

const logGroupName = "/aws/lambda/paged";
const logStreamName = "s";
const total = 25_000;
const stream = { logGroupName, logStreamName };

let logs: TestLogs;

beforeAll(async () => {
  logs = await startTestLogs();
  await logs.makeStreams(logGroupName, logStreamName, "empty");
  for (let from = 0; from < total; from += 5_000) {
    // Ten lines a millisecond: places within a millisecond must not be lost between pages.
    const logEvents = Array.from({ length: 5_000 }, (_, i) => ({
      timestamp: logs.time.nowMs - 10_000 + Math.floor((from + i) / 10),
      message: `line ${from + i}`,
    }));
    await logs.call("PutLogEvents", { ...stream, logEvents });
  }
});

afterAll(() => logs.close());

const numbers = (events: readonly { message?: string | undefined }[] | undefined): number[] =>
  (events ?? []).map(({ message }) => Number(message?.slice(5)));
const everyNumber = Array.from({ length: total }, (_, i) => i);

test("reads every line forward, and ends with the token that was passed", async () => {
  const seen: number[] = [];
  let nextToken: string | undefined;
  for (;;) {
    const page = await logs.call("GetLogEvents", { ...stream, startFromHead: true, nextToken });
    seen.push(...numbers(page.events));
    if (page.nextForwardToken === nextToken) break;
    nextToken = page.nextForwardToken;
  }
  expect(seen).toEqual(everyNumber);
  const back = await logs.call("GetLogEvents", { ...stream, startFromHead: true, nextToken });
  const turned = await logs.call("GetLogEvents", { ...stream, nextToken: back.nextBackwardToken, limit: 3 });
  expect(numbers(turned.events)).toEqual([24_997, 24_998, 24_999]);
});

test("reads every line backward, pages in order of time", async () => {
  const pages: number[][] = [];
  let nextToken: string | undefined;
  for (;;) {
    const page = await logs.call("GetLogEvents", { ...stream, nextToken });
    pages.unshift(numbers(page.events));
    if (page.nextBackwardToken === nextToken) break;
    nextToken = page.nextBackwardToken;
  }
  expect(pages.flat()).toEqual(everyNumber);
  const back = await logs.call("GetLogEvents", { ...stream, nextToken });
  const turned = await logs.call("GetLogEvents", { ...stream, nextToken: back.nextForwardToken, limit: 2 });
  expect(numbers(turned.events)).toEqual([0, 1]);
});

test("a token of the stream's end finds what is written later", async () => {
  const { nextForwardToken } = await logs.call("GetLogEvents", { logGroupName, logStreamName: "empty" });
  expect(nextForwardToken).toMatch(/^f\/\d{56}\/s$/);
  await logs.call("PutLogEvents", { logGroupName, logStreamName: "empty", logEvents: [{ timestamp: logs.time.nowMs, message: "later" }] });
  const page = await logs.call("GetLogEvents", { logGroupName, logStreamName: "empty", nextToken: nextForwardToken });
  expect(page.events).toEqual([{ timestamp: logs.time.nowMs, message: "later", ingestionTime: logs.time.nowMs }]);
});

test("startTime belongs to the range, endTime does not", async () => {
  const startTime = logs.time.nowMs - 10_000 + 1;
  const page = await logs.call("GetLogEvents", { ...stream, startTime, endTime: startTime + 1 });
  expect(numbers(page.events)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
});

test("a page holds at most 1 MB", async () => {
  await logs.makeStreams("large", logStreamName);
  const message = "x".repeat(200_000);
  for (let i = 0; i < 8; i++)
    await logs.call("PutLogEvents", { logGroupName: "large", logStreamName, logEvents: [{ timestamp: logs.time.nowMs + i, message }] });
  const page = await logs.call("GetLogEvents", { logGroupName: "large", logStreamName, startFromHead: true });
  expect(page.events).toHaveLength(5);
});

test("refuses foreign tokens and names what does not exist", async () => {
  const invalid = { code: "InvalidParameterException", message: "The specified nextToken is invalid." };
  await expect(logs.call("GetLogEvents", { ...stream, nextToken: "f/1/s" })).rejects.toMatchObject(invalid);
  const noStream = { code: "ResourceNotFoundException", message: "The specified log stream does not exist." };
  await expect(logs.call("GetLogEvents", { logGroupName, logStreamName: "none" })).rejects.toMatchObject(noStream);
  const noGroup = { code: "ResourceNotFoundException", message: "The specified log group does not exist." };
  await expect(logs.call("GetLogEvents", { logGroupName: "none", logStreamName })).rejects.toMatchObject(noGroup);
});

test("FilterLogEvents pages over every line of every stream", async () => {
  const seen: number[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.call("FilterLogEvents", {
      logGroupName,
      logStreamNames: [logStreamName],
      filterPattern: "line",
      limit: 7_000,
      nextToken,
    });
    seen.push(...numbers(page.events));
    expect(page.events?.length).toBeLessThanOrEqual(7_000);
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  expect(seen).toEqual(everyNumber);
});
