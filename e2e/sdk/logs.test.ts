import * as aws from "@aws-sdk/client-cloudwatch-logs";
import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreatePolicyCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { beforeAll, describe, expect, test } from "vitest";
import { clientsFor, waitFor } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";

const groupArn = (name: string): string => `arn:aws:logs:us-east-1:123456789012:log-group:${name}`;
const noGroup = "The specified log group does not exist.";
const noStream = "The specified log stream does not exist.";
const hourMs = 3_600_000;

const { server, clients } = serveTests();
let logs: aws.CloudWatchLogsClient;
beforeAll(async () => {
  logs = clients.logs;
});

/** A group with streams. */
async function makeGroup(logGroupName: string, ...streams: string[]): Promise<void> {
  await logs.send(new aws.CreateLogGroupCommand({ logGroupName }));
  for (const logStreamName of streams) await logs.send(new aws.CreateLogStreamCommand({ logGroupName, logStreamName }));
}

const put = (
  logGroupName: string,
  logStreamName: string,
  lines: readonly (readonly [number, string])[],
): Promise<aws.PutLogEventsCommandOutput> =>
  logs.send(
    new aws.PutLogEventsCommand({ logGroupName, logStreamName, logEvents: lines.map(([timestamp, message]) => ({ timestamp, message })) }),
  );

/** The messages that a pattern finds. */
async function found(logGroupName: string, filterPattern: string): Promise<(string | undefined)[]> {
  const { events } = await logs.send(new aws.FilterLogEventsCommand({ logGroupName, filterPattern }));
  return (events ?? []).map((event) => event.message);
}

describe("groups", () => {
  test("a group is made, described and deleted", async () => {
    const before = Date.now();
    await logs.send(new aws.CreateLogGroupCommand({ logGroupName: "/e2e/made", tags: { team: "a" } }));
    const { logGroups } = await logs.send(new aws.DescribeLogGroupsCommand({ logGroupNamePrefix: "/e2e/made" }));
    expect(logGroups).toHaveLength(1);
    expect(logGroups?.[0]).toMatchObject({
      logGroupName: "/e2e/made",
      arn: `${groupArn("/e2e/made")}:*`,
      logGroupArn: groupArn("/e2e/made"),
      metricFilterCount: 0,
      storedBytes: 0,
    });
    expect(logGroups?.[0]?.creationTime).toBeGreaterThanOrEqual(before);
    expect(logGroups?.[0]?.creationTime).toBeLessThanOrEqual(Date.now());
    await expectError(
      logs.send(new aws.CreateLogGroupCommand({ logGroupName: "/e2e/made" })),
      "ResourceAlreadyExistsException",
      400,
      "The specified log group already exists",
    );
    await logs.send(new aws.DeleteLogGroupCommand({ logGroupName: "/e2e/made" }));
    await expectError(logs.send(new aws.DeleteLogGroupCommand({ logGroupName: "/e2e/made" })), "ResourceNotFoundException", 400, noGroup);
  });

  test("groups are listed in pages, by prefix or by pattern", async () => {
    for (let i = 0; i < 7; i++) await makeGroup(`/e2e/paged-${i}`);
    const names: (string | undefined)[] = [];
    for await (const page of aws.paginateDescribeLogGroups({ client: logs, pageSize: 3 }, { logGroupNamePrefix: "/e2e/paged-" })) {
      expect(page.logGroups?.length).toBeLessThanOrEqual(3);
      names.push(...(page.logGroups ?? []).map((group) => group.logGroupName));
    }
    expect(names).toEqual([0, 1, 2, 3, 4, 5, 6].map((i) => `/e2e/paged-${i}`));
    const matching = async (logGroupNamePattern: string): Promise<(string | undefined)[] | undefined> =>
      (await logs.send(new aws.DescribeLogGroupsCommand({ logGroupNamePattern }))).logGroups?.map((group) => group.logGroupName);
    expect(await matching("paged-4")).toEqual(["/e2e/paged-4"]);
    expect(await matching("PAGED-4")).toEqual([]);
    await expectError(logs.send(new aws.DescribeLogGroupsCommand({ nextToken: "mine" })), "InvalidParameterException", 400);
  });

  test("retention is one of AWS's choices", async () => {
    await makeGroup("/e2e/retained");
    const retention = async (): Promise<number | undefined> =>
      (await logs.send(new aws.DescribeLogGroupsCommand({ logGroupNamePrefix: "/e2e/retained" }))).logGroups?.[0]?.retentionInDays;
    await logs.send(new aws.PutRetentionPolicyCommand({ logGroupName: "/e2e/retained", retentionInDays: 30 }));
    expect(await retention()).toBe(30);
    await expectError(
      logs.send(new aws.PutRetentionPolicyCommand({ logGroupName: "/e2e/retained", retentionInDays: 31 })),
      "InvalidParameterException",
      400,
    );
    await logs.send(new aws.DeleteRetentionPolicyCommand({ logGroupName: "/e2e/retained" }));
    expect(await retention()).toBeUndefined();
    await expectError(
      logs.send(new aws.PutRetentionPolicyCommand({ logGroupName: "/e2e/none", retentionInDays: 30 })),
      "ResourceNotFoundException",
      400,
      noGroup,
    );
  });

  test("tags are those of both generations of operations", async () => {
    await logs.send(new aws.CreateLogGroupCommand({ logGroupName: "/e2e/tagged", tags: { a: "1" } }));
    const resourceArn = groupArn("/e2e/tagged");
    await logs.send(new aws.TagResourceCommand({ resourceArn, tags: { b: "2" } }));
    await logs.send(new aws.TagLogGroupCommand({ logGroupName: "/e2e/tagged", tags: { c: "3" } }));
    expect((await logs.send(new aws.ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({ a: "1", b: "2", c: "3" });
    await logs.send(new aws.UntagResourceCommand({ resourceArn, tagKeys: ["a"] }));
    await logs.send(new aws.UntagLogGroupCommand({ logGroupName: "/e2e/tagged", tags: ["c"] }));
    expect((await logs.send(new aws.ListTagsLogGroupCommand({ logGroupName: "/e2e/tagged" }))).tags).toEqual({ b: "2" });
    await expectError(
      logs.send(new aws.ListTagsForResourceCommand({ resourceArn: groupArn("/e2e/none") })),
      "ResourceNotFoundException",
      400,
    );
  });

  test("each region is a world of its own", async () => {
    await makeGroup("/e2e/regional");
    const elsewhere = clientsFor(server, "eu-central-1");
    try {
      const { logGroups } = await elsewhere.logs.send(new aws.DescribeLogGroupsCommand({ logGroupNamePrefix: "/e2e/regional" }));
      expect(logGroups).toEqual([]);
    } finally {
      elsewhere.destroy();
    }
  });
});

describe("streams", () => {
  test("a stream is made, described by name and by last event, and deleted", async () => {
    await makeGroup("/e2e/streams", "a/1", "a/2", "b/1");
    await expectError(
      logs.send(new aws.CreateLogStreamCommand({ logGroupName: "/e2e/streams", logStreamName: "a/1" })),
      "ResourceAlreadyExistsException",
      400,
      "The specified log stream already exists",
    );
    const now = Date.now();
    await put("/e2e/streams", "b/1", [[now - 2000, "x"]]);
    await put("/e2e/streams", "a/1", [
      [now - 1000, "y"],
      [now, "z"],
    ]);
    const names = async (input: Partial<aws.DescribeLogStreamsCommandInput>): Promise<(string | undefined)[]> =>
      ((await logs.send(new aws.DescribeLogStreamsCommand({ logGroupName: "/e2e/streams", ...input }))).logStreams ?? []).map(
        (stream) => stream.logStreamName,
      );
    expect(await names({})).toEqual(["a/1", "a/2", "b/1"]);
    expect(await names({ logStreamNamePrefix: "a/", descending: true })).toEqual(["a/2", "a/1"]);
    expect((await names({ orderBy: "LastEventTime", descending: true })).slice(0, 2)).toEqual(["a/1", "b/1"]);
    const { logStreams } = await logs.send(new aws.DescribeLogStreamsCommand({ logGroupName: "/e2e/streams", logStreamNamePrefix: "a/1" }));
    expect(logStreams?.[0]).toMatchObject({
      arn: `${groupArn("/e2e/streams")}:log-stream:a/1`,
      firstEventTimestamp: now - 1000,
      lastEventTimestamp: now,
    });
    await logs.send(new aws.DeleteLogStreamCommand({ logGroupName: "/e2e/streams", logStreamName: "a/1" }));
    expect(await names({})).toEqual(["a/2", "b/1"]);
    const gone = { logGroupName: "/e2e/streams", logStreamName: "a/1" };
    await expectError(logs.send(new aws.DeleteLogStreamCommand(gone)), "ResourceNotFoundException", 400, noStream);
    await expectError(logs.send(new aws.GetLogEventsCommand(gone)), "ResourceNotFoundException", 400, noStream);
    await expectError(put("/e2e/none", "s", [[now, "x"]]), "ResourceNotFoundException", 400, noGroup);
  });
});

describe("lines", () => {
  test("25,000 lines come back in both directions, each once, and the tokens stay put at the ends", async () => {
    await makeGroup("/e2e/many", "s");
    const start = Date.now() - hourMs;
    for (let batch = 0; batch < 5; batch++) {
      await put(
        "/e2e/many",
        "s",
        Array.from({ length: 5000 }, (_, i) => [start + batch * 5000 + i, `line ${batch * 5000 + i}`] as const),
      );
    }
    const stream = { logGroupName: "/e2e/many", logStreamName: "s" };
    const forward: (string | undefined)[] = [];
    let token: string | undefined;
    for (;;) {
      const page = await logs.send(new aws.GetLogEventsCommand({ ...stream, startFromHead: true, nextToken: token }));
      expect(page.events?.length).toBeLessThanOrEqual(10_000);
      forward.push(...(page.events ?? []).map((event) => event.message));
      if (page.nextForwardToken === token) break;
      expect(page.nextForwardToken).toMatch(/^f\//);
      token = page.nextForwardToken;
    }
    expect(forward).toEqual(Array.from({ length: 25_000 }, (_, i) => `line ${i}`));
    const last = await logs.send(new aws.GetLogEventsCommand({ ...stream, limit: 10 }));
    expect(last.events?.map((event) => event.message)).toEqual(forward.slice(-10));
    expect(last.nextBackwardToken).toMatch(/^b\//);
    const before = await logs.send(new aws.GetLogEventsCommand({ ...stream, limit: 10, nextToken: last.nextBackwardToken }));
    expect(before.events?.map((event) => event.message)).toEqual(forward.slice(-20, -10));
  });

  test("a time range holds its start and not its end", async () => {
    await makeGroup("/e2e/ranged", "s");
    const now = Date.now();
    await put("/e2e/ranged", "s", [
      [now - 3, "before"],
      [now - 2, "first"],
      [now - 1, "second"],
      [now, "after"],
    ]);
    const page = await logs.send(
      new aws.GetLogEventsCommand({ logGroupName: "/e2e/ranged", logStreamName: "s", startTime: now - 2, endTime: now }),
    );
    expect(page.events?.map((event) => event.message)).toEqual(["first", "second"]);
  });

  test("lines that are too old or too new are refused by place; a batch out of order is refused as a whole", async () => {
    await makeGroup("/e2e/checked", "s");
    const now = Date.now();
    const answer = await put("/e2e/checked", "s", [
      [now - 15 * 24 * hourMs, "old"],
      [now, "kept"],
      [now + 3 * hourMs, "new"],
    ]);
    expect(answer.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 2 });
    expect(await found("/e2e/checked", "")).toEqual(["kept"]);
    await expectError(
      put("/e2e/checked", "s", [
        [now, "b"],
        [now - 1, "a"],
      ]),
      "InvalidParameterException",
      400,
      "Log events in a single PutLogEvents request must be in chronological order.",
    );
    await expectError(
      logs.send(new aws.GetLogEventsCommand({ logGroupName: "/e2e/checked", logStreamName: "s", nextToken: "f/1" })),
      "InvalidParameterException",
      400,
    );
  });

  test("sequence tokens of older clients are taken and don't matter", async () => {
    await makeGroup("/e2e/sequence", "s");
    const logEvents = [{ timestamp: Date.now(), message: "x" }];
    const stream = { logGroupName: "/e2e/sequence", logStreamName: "s" };
    await logs.send(new aws.PutLogEventsCommand({ ...stream, logEvents, sequenceToken: "4959" }));
    expect(await found("/e2e/sequence", "")).toEqual(["x"]);
  });
});

describe("FilterLogEvents", () => {
  beforeAll(async () => {
    await makeGroup("/e2e/filtered", "app/1", "app/2", "web/1");
    const now = Date.now();
    await put("/e2e/filtered", "app/1", [
      [now, "ERROR disk is full"],
      [now + 2, "WARN disk is slow"],
      [now + 4, '{"level":"error","code":507,"user":{"name":"ada"},"tags":["io","disk"],"cause":null}'],
    ]);
    await put("/e2e/filtered", "app/2", [
      [now + 1, "ERROR network is gone"],
      [now + 3, '{"level":"info","code":200,"ok":true}'],
    ]);
    await put("/e2e/filtered", "web/1", [[now + 5, "10.0.0.1 GET /index.html 404"]]);
  });

  test.each([
    ["ERROR", ["ERROR disk is full", "ERROR network is gone"]],
    ["ERROR disk", ["ERROR disk is full"]],
    ["?WARN ?gone", ["ERROR network is gone", "WARN disk is slow"]],
    ["ERROR -disk", ["ERROR network is gone"]],
    ['"disk is"', ["ERROR disk is full", "WARN disk is slow"]],
    ['{ $.level = "error" }', [expect.stringContaining('"code":507')]],
    ["{ $.code >= 200 && $.code < 300 }", [expect.stringContaining('"code":200')]],
    ['{ ($.user.name = "a*") || ($.code = 1) }', [expect.stringContaining('"ada"')]],
    ['{ $.tags[1] = "disk" }', [expect.stringContaining('"tags"')]],
    ["{ $.cause IS NULL }", [expect.stringContaining('"cause"')]],
    ["{ $.ok IS TRUE }", [expect.stringContaining('"ok"')]],
    ['{ $.level = "*" && $.ok NOT EXISTS }', [expect.stringContaining('"code":507')]],
    ["[ip, method, path, status=4*]", ["10.0.0.1 GET /index.html 404"]],
  ])("the pattern %s", async (pattern, messages) => {
    expect(await found("/e2e/filtered", pattern)).toEqual(messages);
  });

  test("a malformed pattern is refused", async () => {
    await expectError(found("/e2e/filtered", "{ $.a = "), "InvalidParameterException", 400);
  });

  test("streams are interleaved by time, and chosen by name or prefix", async () => {
    const { events } = await logs.send(new aws.FilterLogEventsCommand({ logGroupName: "/e2e/filtered" }));
    expect(events?.map((event) => event.logStreamName)).toEqual(["app/1", "app/2", "app/1", "app/2", "app/1", "web/1"]);
    expect(new Set(events?.map((event) => event.eventId)).size).toBe(6);
    const named = await logs.send(new aws.FilterLogEventsCommand({ logGroupName: "/e2e/filtered", logStreamNames: ["web/1"] }));
    expect(named.events).toHaveLength(1);
    const prefixed = await logs.send(new aws.FilterLogEventsCommand({ logGroupName: "/e2e/filtered", logStreamNamePrefix: "app/" }));
    expect(prefixed.events).toHaveLength(5);
    await expectError(
      logs.send(new aws.FilterLogEventsCommand({ logGroupName: "/e2e/filtered", logStreamNames: ["web/1"], logStreamNamePrefix: "app/" })),
      "InvalidParameterException",
      400,
    );
  });

  test("pages hold every match once", async () => {
    const messages: (string | undefined)[] = [];
    for await (const page of aws.paginateFilterLogEvents({ client: logs, pageSize: 2 }, { logGroupName: "/e2e/filtered" })) {
      expect(page.events?.length).toBeLessThanOrEqual(2);
      messages.push(...(page.events ?? []).map((event) => event.message));
    }
    expect(messages).toHaveLength(6);
    expect(new Set(messages).size).toBe(6);
  });
});

describe("permissions", () => {
  test("a user may do what the policy says to the stream that it names, and no more", async () => {
    await makeGroup("/e2e/allowed", "mine", "other");
    await clients.iam.send(new CreateUserCommand({ UserName: "logger" }));
    const Statement = [{ Effect: "Allow", Action: "logs:PutLogEvents", Resource: `${groupArn("/e2e/allowed")}:log-stream:mine` }];
    const { Policy } = await clients.iam.send(
      new CreatePolicyCommand({ PolicyName: "logger", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) }),
    );
    await clients.iam.send(new AttachUserPolicyCommand({ UserName: "logger", PolicyArn: Policy?.Arn }));
    const { AccessKey } = await clients.iam.send(new CreateAccessKeyCommand({ UserName: "logger" }));
    const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
    const asUser = clientsFor({ url: server.url, credentials });
    try {
      const line = (logStreamName: string): Promise<unknown> =>
        asUser.logs.send(
          new aws.PutLogEventsCommand({
            logGroupName: "/e2e/allowed",
            logStreamName,
            logEvents: [{ timestamp: Date.now(), message: logStreamName }],
          }),
        );
      await waitFor("the user's policy", () => line("mine").then(() => true));
      await expectError(
        line("other"),
        "AccessDeniedException",
        400,
        `User: arn:aws:iam::123456789012:user/logger is not authorized to perform: logs:PutLogEvents on resource: ${groupArn("/e2e/allowed")}:log-stream:other because no identity-based policy allows the logs:PutLogEvents action`,
      );
      await expectError(asUser.logs.send(new aws.DescribeLogGroupsCommand({})), "AccessDeniedException", 400);
      expect(await found("/e2e/allowed", "")).toEqual(["mine"]);
    } finally {
      asUser.destroy();
    }
  });
});
