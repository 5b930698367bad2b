import * as aws from "@aws-sdk/client-cloudwatch-logs";
import { AttachUserPolicyCommand, CreateAccessKeyCommand, CreatePolicyCommand, CreateUserCommand } from "@aws-sdk/client-iam";
import { CreateFunctionCommand, InvokeCommand, waitUntilFunctionActiveV2 } from "@aws-sdk/client-lambda";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { startServerProcess, waitFor, zipOf, type ClientTarget } from "@mayfly/testkit";
import { serveTests } from "@mayfly/testkit/vitest";
import { expectError } from "./expect-error.ts";

const groupArn = (name: string): string => `arn:aws:logs:us-east-1:123456789012:log-group:${name}`;
const sessionsAtATime = 15;

const { server, clients } = serveTests();
let logs: aws.CloudWatchLogsClient;
beforeAll(async () => {
  logs = tailClient(server);
});
afterAll(async () => {
  logs.destroy();
});

/** A client as a user of Live Tail has to make it: the host has no name with AWS's prefix. */
const tailClient = ({ url, credentials }: ClientTarget): aws.CloudWatchLogsClient =>
  new aws.CloudWatchLogsClient({
    endpoint: url,
    region: "us-east-1",
    credentials: { ...credentials },
    maxAttempts: 1,
    disableHostPrefix: true,
  });

async function makeGroup(logGroupName: string, ...streams: string[]): Promise<void> {
  await logs.send(new aws.CreateLogGroupCommand({ logGroupName }));
  for (const logStreamName of streams) await logs.send(new aws.CreateLogStreamCommand({ logGroupName, logStreamName }));
}

const put = (logGroupName: string, logStreamName: string, ...messages: string[]): Promise<unknown> =>
  logs.send(
    new aws.PutLogEventsCommand({
      logGroupName,
      logStreamName,
      logEvents: messages.map((message) => ({ timestamp: Date.now(), message })),
    }),
  );

/** A session that is being read. */
interface Tail {
  readonly start: aws.LiveTailSessionStart;
  readonly updates: aws.LiveTailSessionUpdate[];
  readonly messages: () => (string | undefined)[];
  /** Waits for a line. */
  readonly line: (message: string) => Promise<aws.LiveTailSessionLogEvent>;
  /** How it ended: an error, or undefined if in good order. */
  readonly ended: Promise<unknown>;
  readonly abort: () => void;
}

const open: Tail[] = [];
afterEach(() => {
  for (const tail of open.splice(0)) tail.abort();
});

async function startTail(
  input: Partial<aws.StartLiveTailCommandInput> & { readonly groups: readonly string[] },
  client = logs,
): Promise<Tail> {
  const { groups, ...more } = input;
  const controller = new AbortController();
  const answer = await client.send(new aws.StartLiveTailCommand({ logGroupIdentifiers: groups.map(groupArn), ...more }), {
    abortSignal: controller.signal,
  });
  const events = (answer.responseStream as AsyncIterable<aws.StartLiveTailResponseStream>)[Symbol.asyncIterator]();
  const first = await events.next();
  const updates: aws.LiveTailSessionUpdate[] = [];
  const read = async (): Promise<void> => {
    for (let next = await events.next(); !next.done; next = await events.next()) {
      if (next.value.sessionUpdate) updates.push(next.value.sessionUpdate);
    }
  };
  const results = (): aws.LiveTailSessionLogEvent[] => updates.flatMap(({ sessionResults }) => sessionResults ?? []);
  const tail: Tail = {
    start: first.value?.sessionStart as aws.LiveTailSessionStart,
    updates,
    messages: () => results().map(({ message }) => message),
    line: (message) => waitFor(`the line ${message}`, () => results().find((event) => event.message?.trim() === message)),
    ended: read().catch((error: unknown) => error),
    abort: () => controller.abort(),
  };
  open.push(tail);
  return tail;
}

describe("a session", () => {
  test("starts with what it was asked for, then tells of each line once", async () => {
    await makeGroup("/tail/one", "s");
    await put("/tail/one", "s", "before");
    const tail = await startTail({ groups: ["/tail/one"] });
    expect(tail.start).toEqual({
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      logGroupIdentifiers: [groupArn("/tail/one")],
      logStreamNames: [],
      logStreamNamePrefixes: [],
      logEventFilterPattern: "",
    });
    const before = Date.now();
    await put("/tail/one", "s", "first", "second ünïcode");
    const event = await tail.line("second ünïcode");
    expect(event).toEqual({
      logGroupIdentifier: "123456789012:/tail/one",
      logStreamName: "s",
      message: "second ünïcode",
      timestamp: expect.any(Number),
      ingestionTime: expect.any(Number),
    });
    expect(event.ingestionTime).toBeGreaterThanOrEqual(before);
    await put("/tail/one", "s", "third");
    await tail.line("third");
    expect(tail.messages()).toEqual(["first", "second ünïcode", "third"]);
  });

  test("is told of nothing every second too", async () => {
    await makeGroup("/tail/quiet");
    const tail = await startTail({ groups: ["/tail/quiet"] });
    await waitFor("two updates", () => tail.updates.length >= 2);
    expect(tail.updates[0]).toEqual({ sessionMetadata: { sampled: false }, sessionResults: [] });
  });

  test("follows up to ten groups, by pattern, by streams and by their prefixes", async () => {
    const groups = Array.from({ length: 10 }, (_, index) => `/tail/many-${index}`);
    for (const group of groups) await makeGroup(group, "app/1", "app/2", "web/1");
    const pattern = await startTail({ groups, logEventFilterPattern: '{ $.level = "ERROR" }' });
    const named = await startTail({ groups: groups.slice(0, 1), logStreamNames: ["app/1", "web/1"] });
    const prefixed = await startTail({ groups: groups.slice(0, 1), logStreamNamePrefixes: ["app/"] });
    await put("/tail/many-0", "app/1", "a");
    await put("/tail/many-0", "app/2", '{"level":"ERROR"}');
    await put("/tail/many-0", "web/1", "c");
    await put("/tail/many-9", "web/1", '{"level":"ERROR","far":1}', '{"level":"INFO"}', "ERROR");
    await Promise.all([pattern.line('{"level":"ERROR","far":1}'), named.line("c"), prefixed.line('{"level":"ERROR"}')]);
    expect(pattern.messages()).toEqual(['{"level":"ERROR"}', '{"level":"ERROR","far":1}']);
    expect(named.messages()).toEqual(["a", "c"]);
    expect(prefixed.messages()).toEqual(["a", '{"level":"ERROR"}']);
  });

  test("holds 500 lines of a second with more, and says so", async () => {
    await makeGroup("/tail/busy", "s");
    const tail = await startTail({ groups: ["/tail/busy"] });
    await put("/tail/busy", "s", ...Array.from({ length: 2_000 }, (_, index) => `line ${index}`));
    const update = await waitFor("an update with lines", () => tail.updates.find(({ sessionResults = [] }) => sessionResults.length > 0));
    expect(update.sessionMetadata).toEqual({ sampled: true });
    expect(update.sessionResults).toHaveLength(500);
    const numbers = (update.sessionResults ?? []).map(({ message = "" }) => Number(message.slice(5)));
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
  });

  test("tells what a function logs", async () => {
    await clients.lambda.send(
      new CreateFunctionCommand({
        FunctionName: "logger",
        Runtime: "python3.9",
        Role: "arn:aws:iam::123456789012:role/execution_role",
        Handler: "main.handler",
        Code: { ZipFile: await zipOf({ "main.py": "def handler(event, context):\n    print('said', event['word'])\n" }) },
      }),
    );
    await waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.2 }, { FunctionName: "logger" });
    await makeGroup("/aws/lambda/logger");
    const tail = await startTail({ groups: ["/aws/lambda/logger"] });
    await clients.lambda.send(new InvokeCommand({ FunctionName: "logger", Payload: Buffer.from('{"word":"hello"}') }));
    await tail.line("said hello");
    await waitFor("the report", () => tail.messages().some((message) => message?.startsWith("REPORT RequestId: ")));
    expect(tail.messages()).toContainEqual(expect.stringMatching(/^START RequestId: /));
  });
});

describe("the end of a session", () => {
  test("is when the client goes away: its place is free again", async () => {
    await makeGroup("/tail/places");
    const tails = await Promise.all(Array.from({ length: sessionsAtATime }, () => startTail({ groups: ["/tail/places"] })));
    await expectError(
      logs.send(new aws.StartLiveTailCommand({ logGroupIdentifiers: [groupArn("/tail/places")] })),
      "LimitExceededException",
      400,
      "Resource limit exceeded.",
    );
    tails[0]?.abort();
    const another = await waitFor("a free place", () => startTail({ groups: ["/tail/places"] }));
    expect(another.start.sessionId).toBeDefined();
  });

  test("is when the server stops, which does not wait for it", async () => {
    const other = await startServerProcess();
    const client = tailClient(other);
    try {
      await client.send(new aws.CreateLogGroupCommand({ logGroupName: "/tail/stopped" }));
      const tail = await startTail({ groups: ["/tail/stopped"] }, client);
      const stopsAt = performance.now();
      expect(await other.stop()).toBe(0);
      expect(performance.now() - stopsAt).toBeLessThan(5_000);
      expect(await tail.ended).toBeUndefined();
      expect(other.output()).not.toContain("failed");
    } finally {
      client.destroy();
      await other.dispose();
    }
  });

  test("is when the data is reset", async () => {
    const other = await startServerProcess({ arguments: ["--auth", "open"] });
    const client = tailClient(other);
    try {
      await client.send(new aws.CreateLogGroupCommand({ logGroupName: "/tail/reset" }));
      const tail = await startTail({ groups: ["/tail/reset"] }, client);
      expect((await fetch(`${other.url}/_mayfly/reset`, { method: "POST" })).ok).toBe(true);
      expect(await tail.ended).toBeUndefined();
    } finally {
      client.destroy();
      await other.dispose();
    }
  });
});

describe("a session is refused", () => {
  const start = (input: Partial<aws.StartLiveTailCommandInput>): Promise<unknown> =>
    logs.send(new aws.StartLiveTailCommand({ logGroupIdentifiers: [groupArn("/tail/refused")], ...input }));
  beforeAll(() => makeGroup("/tail/refused"));

  test("with a group that is not there, or is another account's", async () => {
    const missing = [groupArn("/tail/refused"), groupArn("/tail/none")];
    await expectError(start({ logGroupIdentifiers: missing }), "ResourceNotFoundException", 400, "The specified log group does not exist.");
    const foreign = groupArn("/tail/refused").replace("123456789012", "999999999999");
    await expectError(start({ logGroupIdentifiers: [foreign] }), "ResourceNotFoundException", 400);
  });

  test.each([
    ["a name instead of an ARN", { logGroupIdentifiers: ["/tail/refused"] }],
    ["an ARN with an asterisk", { logGroupIdentifiers: [`${groupArn("/tail/refused")}:*`] }],
    ["no groups", { logGroupIdentifiers: [] }],
    ["eleven groups", { logGroupIdentifiers: Array.from({ length: 11 }, (_, index) => groupArn(`/g${index}`)) }],
    ["streams and prefixes", { logStreamNames: ["a"], logStreamNamePrefixes: ["b"] }],
    ["streams of two groups", { logGroupIdentifiers: [groupArn("/tail/a"), groupArn("/tail/b")], logStreamNames: ["a"] }],
    ["a malformed pattern", { logEventFilterPattern: "{ $.a = " }],
  ])("with %s", async (_what, input) => {
    await expectError(start(input), "InvalidParameterException", 400);
  });

  test("to a user whose policy does not name every group", async () => {
    await makeGroup("/tail/allowed");
    await clients.iam.send(new CreateUserCommand({ UserName: "tailer" }));
    const Statement = [{ Effect: "Allow", Action: "logs:StartLiveTail", Resource: `${groupArn("/tail/allowed")}:*` }];
    const { Policy } = await clients.iam.send(
      new CreatePolicyCommand({ PolicyName: "tailer", PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement }) }),
    );
    await clients.iam.send(new AttachUserPolicyCommand({ UserName: "tailer", PolicyArn: Policy?.Arn }));
    const { AccessKey } = await clients.iam.send(new CreateAccessKeyCommand({ UserName: "tailer" }));
    const credentials = { accessKeyId: AccessKey?.AccessKeyId ?? "", secretAccessKey: AccessKey?.SecretAccessKey ?? "" };
    const asUser = tailClient({ url: server.url, credentials });
    try {
      await waitFor("the user's policy", () => startTail({ groups: ["/tail/allowed"] }, asUser));
      await expectError(
        asUser.send(new aws.StartLiveTailCommand({ logGroupIdentifiers: [groupArn("/tail/allowed"), groupArn("/tail/refused")] })),
        "AccessDeniedException",
        400,
        `User: arn:aws:iam::123456789012:user/tailer is not authorized to perform: logs:StartLiveTail on resource: ${groupArn("/tail/refused")}:log-stream: because no identity-based policy allows the logs:StartLiveTail action`,
      );
    } finally {
      asUser.destroy();
    }
  });
});
