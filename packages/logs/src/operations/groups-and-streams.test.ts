import { afterAll, beforeAll, expect, test } from "vitest";
import { expireLines } from "../expiry.ts";
import { startTestLogs, type TestLogs } from "../testing/test-logs.ts";

let logs: TestLogs;

beforeAll(async () => {
  logs = await startTestLogs();
});

afterAll(() => logs.close());

const noGroup = { code: "ResourceNotFoundException", message: "The specified log group does not exist." };

test("a group is described as AWS does, and is there once", async () => {
  const logGroupName = "/one";
  await logs.call("CreateLogGroup", { logGroupName, tags: { team: "a" }, kmsKeyId: "key", logGroupClass: "INFREQUENT_ACCESS" });
  await logs.call("PutRetentionPolicy", { logGroupName, retentionInDays: 7 });
  const arn = "arn:aws:logs:us-east-1:123456789012:log-group:/one";
  expect((await logs.call("DescribeLogGroups", { logGroupNamePrefix: "/one" })).logGroups).toEqual([
    {
      logGroupName,
      creationTime: logs.time.nowMs,
      retentionInDays: 7,
      metricFilterCount: 0,
      arn: `${arn}:*`,
      storedBytes: 0,
      kmsKeyId: "key",
      logGroupClass: "INFREQUENT_ACCESS",
      logGroupArn: arn,
      deletionProtectionEnabled: false,
    },
  ]);
  await expect(logs.call("CreateLogGroup", { logGroupName })).rejects.toMatchObject({
    code: "ResourceAlreadyExistsException",
    message: "The specified log group already exists",
  });
  expect((await logs.call("DescribeLogGroups", {}, { region: "eu-west-1" })).logGroups).toEqual([]);
  expect((await logs.call("DescribeLogGroups", {}, { accountId: "210987654321" })).logGroups).toEqual([]);
  await logs.call("DeleteLogGroup", { logGroupName });
  await expect(logs.call("DeleteLogGroup", { logGroupName })).rejects.toMatchObject(noGroup);
});

test("groups come in pages, by prefix or by pattern, case told apart", async () => {
  for (const name of ["p/a", "p/b", "p/c", "P/d", "q/b"]) await logs.call("CreateLogGroup", { logGroupName: name });
  const first = await logs.call("DescribeLogGroups", { logGroupNamePrefix: "p/", limit: 2 });
  const second = await logs.call("DescribeLogGroups", { logGroupNamePrefix: "p/", limit: 2, nextToken: first.nextToken });
  expect([first, second].map(({ logGroups }) => logGroups?.map((group) => group.logGroupName))).toEqual([["p/a", "p/b"], ["p/c"]]);
  expect(second.nextToken).toBeUndefined();
  const found = await logs.call("DescribeLogGroups", { logGroupNamePattern: "/b", limit: 2 });
  expect(found.logGroups?.map((group) => group.logGroupName)).toEqual(["p/b", "q/b"]);
  await expect(logs.call("DescribeLogGroups", { nextToken: "x" })).rejects.toMatchObject({ code: "InvalidParameterException" });
});

test("streams come by name or by their last line", async () => {
  await logs.makeStreams("streams", "a", "b", "c", "C");
  const put = (logStreamName: string, ms: number) =>
    logs.call("PutLogEvents", { logGroupName: "streams", logStreamName, logEvents: [{ timestamp: logs.time.nowMs + ms, message: "x" }] });
  await put("b", 1);
  await put("a", 2);
  const names = async (input: object): Promise<(string | undefined)[]> => {
    const all: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await logs.call("DescribeLogStreams", { logGroupName: "streams", limit: 2, nextToken, ...input });
      all.push(...(page.logStreams ?? []).map(({ logStreamName }) => logStreamName));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return all;
  };
  expect(await names({})).toEqual(["C", "a", "b", "c"]);
  expect(await names({ descending: true })).toEqual(["c", "b", "a", "C"]);
  expect(await names({ orderBy: "LastEventTime", descending: true })).toEqual(["a", "b", "c", "C"]);
  expect(await names({ logStreamNamePrefix: "c" })).toEqual(["c"]);
  await expect(names({ orderBy: "LastEventTime", logStreamNamePrefix: "a" })).rejects.toMatchObject({
    message: "Cannot order by LastEventTime with a logStreamNamePrefix.",
  });
  const { logStreams } = await logs.call("DescribeLogStreams", {
    logGroupIdentifier: "arn:aws:logs:us-east-1:123456789012:log-group:streams:*",
    logStreamNamePrefix: "a",
  });
  expect(logStreams?.[0]).toMatchObject({
    arn: "arn:aws:logs:us-east-1:123456789012:log-group:streams:log-stream:a",
    lastEventTimestamp: logs.time.nowMs + 2,
    lastIngestionTime: logs.time.nowMs,
  });
  await expect(logs.call("CreateLogStream", { logGroupName: "streams", logStreamName: "a" })).rejects.toMatchObject({
    message: "The specified log stream already exists",
  });
  await expect(logs.call("CreateLogStream", { logGroupName: "none", logStreamName: "a" })).rejects.toMatchObject(noGroup);
});

test("lines of several streams are searched in order of time", async () => {
  await logs.makeStreams("search", "x1", "x2", "y");
  for (const [index, logStreamName] of ["x2", "y", "x1", "x2"].entries()) {
    const logEvents = [{ timestamp: logs.time.nowMs + index, message: JSON.stringify({ level: index % 2 ? "ERROR" : "INFO", index }) }];
    await logs.call("PutLogEvents", { logGroupName: "search", logStreamName, logEvents });
  }
  const search = async (input: object) => {
    const { events, searchedLogStreams } = await logs.call("FilterLogEvents", { logGroupName: "search", ...input });
    expect(searchedLogStreams).toEqual([]);
    expect(new Set(events?.map(({ eventId }) => eventId)).size).toBe(events?.length);
    return events?.map(({ logStreamName }) => logStreamName);
  };
  expect(await search({})).toEqual(["x2", "y", "x1", "x2"]);
  expect(await search({ filterPattern: '{ $.level = "ERROR" }' })).toEqual(["y", "x2"]);
  expect(await search({ logStreamNamePrefix: "x" })).toEqual(["x2", "x1", "x2"]);
  expect(await search({ logStreamNames: ["y"] })).toEqual(["y"]);
  expect(await search({ startTime: logs.time.nowMs + 1, endTime: logs.time.nowMs + 2 })).toEqual(["y", "x1"]);
  await expect(search({ logStreamNames: ["none"] })).rejects.toMatchObject({ message: "The specified log stream does not exist." });
  await expect(search({ filterPattern: "{ x }" })).rejects.toMatchObject({
    code: "InvalidParameterException",
    message: "Invalid filter pattern",
  });
});

test("expired lines are hidden at once and removed by the task", async () => {
  await logs.makeStreams("short", "s");
  const key = { logGroupName: "short", logStreamName: "s" };
  const dayMs = 86_400_000;
  const logEvents = [-12, 0].map((hours) => ({ timestamp: logs.time.nowMs + hours * 3_600_000, message: `${hours}` }));
  await logs.call("PutLogEvents", { ...key, logEvents });
  await logs.call("PutRetentionPolicy", { logGroupName: "short", retentionInDays: 1 });
  logs.time.nowMs += dayMs - 3_600_000;
  const messages = async () => (await logs.call("GetLogEvents", key)).events?.map(({ message }) => message);
  expect(await messages()).toEqual(["0"]);
  await expireLines({ db: logs.db, clock: { now: () => logs.time.nowMs, monotonicMs: () => 0 } });
  await logs.call("DeleteRetentionPolicy", { logGroupName: "short" });
  expect(await messages()).toEqual(["0"]);
  await expect(logs.call("PutRetentionPolicy", { logGroupName: "short", retentionInDays: 2 })).rejects.toMatchObject({
    code: "InvalidParameterException",
  });
});

test("tags by group and by ARN are the same tags", async () => {
  const logGroupName = "tagged";
  const resourceArn = "arn:aws:logs:us-east-1:123456789012:log-group:tagged";
  await logs.call("CreateLogGroup", { logGroupName, tags: { a: "1" } });
  await logs.call("TagLogGroup", { logGroupName, tags: { b: "2" } });
  await logs.call("TagResource", { resourceArn, tags: { c: "3" } });
  expect(logs.asked.at(-1)).toMatchObject({
    resource: resourceArn,
    conditionKeys: { "aws:RequestTag/c": ["3"], "aws:TagKeys": ["c"], "aws:ResourceTag/a": ["1"] },
  });
  expect((await logs.call("ListTagsForResource", { resourceArn })).tags).toEqual({ a: "1", b: "2", c: "3" });
  await logs.call("UntagLogGroup", { logGroupName, tags: ["a"] });
  await logs.call("UntagResource", { resourceArn, tagKeys: ["b"] });
  expect((await logs.call("ListTagsLogGroup", { logGroupName })).tags).toEqual({ c: "3" });
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, "v"]));
  await expect(logs.call("TagResource", { resourceArn, tags: many })).rejects.toMatchObject({ code: "TooManyTagsException" });
  await expect(logs.call("ListTagsForResource", { resourceArn: `${resourceArn}x` })).rejects.toMatchObject(noGroup);
});

test("a protected group is not deleted", async () => {
  await logs.call("CreateLogGroup", { logGroupName: "kept", deletionProtectionEnabled: true });
  await expect(logs.call("DeleteLogGroup", { logGroupName: "kept" })).rejects.toMatchObject({ code: "ValidationException" });
});
