import { EventStreamCodec } from "@smithy/core/event-streams";
import { Fault } from "@mayfly/kernel";
import { expect, test } from "vitest";
import { linkModel, type Member } from "../model/model.ts";
import { loadServiceWire } from "../service-wire.ts";
import { collect } from "../testing/collect.ts";
import type { EventStreamBody, WireContent, WireResponse, WireStream } from "../types.ts";
import { eventStreamBody } from "./event-stream.ts";

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString("utf8"),
  (text) => Buffer.from(text, "utf8"),
);

interface Frame {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

function decode(bytes: Uint8Array): Frame {
  const { headers, body } = codec.decode(bytes);
  const values = Object.entries(headers).map(([name, { value }]) => [name, value instanceof Date ? value : plain(value)] as const);
  return { headers: Object.fromEntries(values), body: Buffer.from(body).toString("utf8") };
}

const plain = (value: unknown): unknown =>
  value instanceof Uint8Array
    ? Buffer.from(value).toString("hex")
    : typeof value === "object" && value !== null
      ? Number(value.valueOf())
      : value;

const framesOf = async (body: (WireResponse | WireStream | WireContent)["body"]): Promise<Frame[]> =>
  (await collect(body as EventStreamBody)).map(decode);

const liveTail = { protocol: "awsJson1_1", operation: "StartLiveTail", labels: {} } as const;

async function* events(...items: readonly (object | Error)[]): AsyncGenerator<object> {
  for (const item of items) {
    if (item instanceof Error) throw item;
    yield item;
  }
}

async function tailFrames(responseStream: AsyncIterable<object>) {
  const failures: unknown[] = [];
  const logs = await loadServiceWire("logs");
  const answer = logs.render(liveTail, { responseStream }, "id", (error) => failures.push(error));
  return { answer, frames: await framesOf(answer.body), failures };
}

test("an awsJson answer begins with the initial response; events are named and hold JSON", async () => {
  const { answer, frames } = await tailFrames(events({ sessionStart: { sessionId: "s" } }, { sessionUpdate: { sessionResults: [] } }));
  expect(answer.status).toBe(200);
  expect(answer.headers).toEqual({ "Content-Type": "application/vnd.amazon.eventstream", "x-amzn-RequestId": "id" });
  const headers = (name: string) => ({ ":message-type": "event", ":event-type": name, ":content-type": "application/x-amz-json-1.1" });
  expect(frames).toEqual([
    { headers: headers("initial-response"), body: "{}" },
    { headers: headers("sessionStart"), body: '{"sessionId":"s"}' },
    { headers: headers("sessionUpdate"), body: '{"sessionResults":[]}' },
  ]);
});

test("an exception of the stream's model is an exception frame and the last one", async () => {
  const { frames, failures } = await tailFrames(events(new Fault("SessionTimeoutException", "Over."), { sessionUpdate: {} }));
  expect(frames.slice(1)).toEqual([
    {
      headers: {
        ":message-type": "exception",
        ":exception-type": "SessionTimeoutException",
        ":content-type": "application/x-amz-json-1.1",
      },
      body: '{"message":"Over."}',
    },
  ]);
  expect(failures).toEqual([]);
});

test("another fault is an error frame; of a failure of the server's own nothing leaks, and the server is told", async () => {
  const refused = await tailFrames(events(new Fault("ThrottlingException", "Rate exceeded")));
  expect(refused.frames[1]).toEqual({
    headers: { ":message-type": "error", ":error-code": "ThrottlingException", ":error-message": "Rate exceeded" },
    body: "",
  });
  const secret = new Error("password=hunter2");
  const failed = await tailFrames(events({ sessionStart: {} }, secret));
  expect(failed.frames).toHaveLength(3);
  expect(failed.frames[2]?.headers).toMatchObject({ ":message-type": "error", ":error-code": "InternalFailure" });
  expect(JSON.stringify(failed.frames)).not.toContain("hunter2");
  expect(failed.failures).toEqual([secret]);
});

test("a restJson answer has no initial response; bytes are the payload as they are", async () => {
  const lambda = await loadServiceWire("lambda");
  const match = { protocol: "restJson1", operation: "InvokeWithResponseStream", labels: {} } as const;
  const output = {
    StatusCode: 200,
    ExecutedVersion: "$LATEST",
    EventStream: events({ PayloadChunk: { Payload: Buffer.from("chunk") } }, { InvokeComplete: { ErrorCode: "Unhandled" } }),
  };
  const answer = lambda.render(match, output, "id");
  expect(answer.headers).toMatchObject({
    "Content-Type": "application/vnd.amazon.eventstream",
    "X-Amz-Executed-Version": "$LATEST",
  });
  expect(await framesOf(answer.body)).toEqual([
    {
      headers: { ":message-type": "event", ":event-type": "PayloadChunk", ":content-type": "application/octet-stream" },
      body: "chunk",
    },
    {
      headers: { ":message-type": "event", ":event-type": "InvokeComplete", ":content-type": "application/json" },
      body: '{"ErrorCode":"Unhandled"}',
    },
  ]);
});

/** A stream with members of every kind in headers, and payloads of text and of a structure. */
function ownStream(): Member {
  const header = (shape: string) => ({ shape, eventheader: true });
  const model = linkModel(
    {
      metadata: { apiVersion: "1" },
      operations: {},
      shapes: {
        Output: { type: "structure", members: { stream: { shape: "Stream" } } },
        Stream: {
          type: "structure",
          eventstream: true,
          members: { all: { shape: "All" }, words: { shape: "Words" }, nested: { shape: "Nested" } },
        },
        All: {
          type: "structure",
          members: {
            flag: header("Boolean"),
            count: header("Integer"),
            total: header("Long"),
            at: header("Timestamp"),
            raw: header("Blob"),
            name: header("String"),
            absent: header("String"),
            rest: { shape: "String" },
          },
        },
        Words: { type: "structure", members: { text: { shape: "String", eventpayload: true } } },
        Nested: { type: "structure", members: { inner: { shape: "Inner", eventpayload: true } } },
        Inner: { type: "structure", members: { text: { shape: "String" } } },
        Boolean: { type: "boolean" },
        Integer: { type: "integer" },
        Long: { type: "long" },
        Timestamp: { type: "timestamp" },
        Blob: { type: "blob" },
        String: { type: "string" },
        Operation: { type: "structure", members: { output: { shape: "Output" } }, exception: true },
      },
    },
    [],
  );
  const output = model.errors.get("Operation")?.shape.members[0]?.shape;
  return output?.members[0] as Member;
}

const options = {
  contentType: "application/json",
  errorAnswer: () => {
    throw new Error("no error is expected");
  },
  onFailure: () => {},
};

test("members travel in headers of their type, or are the payload", async () => {
  const at = new Date("2026-11-23T10:00:00Z");
  const all = { flag: true, count: -2, total: 2 ** 40, at, raw: Buffer.from([1, 255]), name: "é", rest: "r" };
  const frames = await framesOf(
    eventStreamBody(ownStream(), events({ all }, { words: { text: "plain" } }, { nested: { inner: { text: "t" } } }), options),
  );
  expect(frames[0]).toEqual({
    headers: {
      ":message-type": "event",
      ":event-type": "all",
      ":content-type": "application/json",
      flag: true,
      count: -2,
      total: 2 ** 40,
      at,
      raw: "01ff",
      name: "é",
    },
    body: '{"rest":"r"}',
  });
  expect(frames[1]).toMatchObject({ headers: { ":content-type": "text/plain" }, body: "plain" });
  expect(frames[2]).toMatchObject({ headers: { ":content-type": "application/json" }, body: '{"text":"t"}' });
});

test("return ends a stream that waits, at once, and tells its source", async () => {
  let isTold = false;
  const source: AsyncIterable<object> = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise(() => {}),
      return: () => {
        isTold = true;
        return Promise.resolve({ done: true, value: undefined });
      },
    }),
  };
  const body = eventStreamBody(ownStream(), source, options);
  const next = body.next();
  expect(await body.return()).toEqual({ done: true, value: undefined });
  expect(await next).toEqual({ done: true, value: undefined });
  expect(await body.next()).toEqual({ done: true, value: undefined });
  expect(isTold).toBe(true);
});
