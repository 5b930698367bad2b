import type { EventStreamCodec } from "@smithy/core/event-streams";
import type { ErrorAnswer } from "../errors/error-answer.ts";
import type { Member, Shape } from "../model/model.ts";
import type { EventStreamBody } from "../types.ts";
import { jsonErrorBody } from "./json-error.ts";
import { bytesOf, dateOf, jsonOf, jsonOfStructure } from "./json.ts";

/** The media type of an answer that is an event stream. https://smithy.io/2.0/aws/amazon-eventstream.html */
export const eventStreamContentType = "application/vnd.amazon.eventstream";

/** The member of an output that is an event stream. */
export const eventStreamMember = (output: Shape): Member | undefined => output.members.find(({ shape }) => shape.kind === "eventstream");

/** How a protocol frames events. */
export interface EventStreamOptions {
  /** Of structures in payloads. */
  readonly contentType: string;
  /** RPC protocols send the output's other members before the first event. */
  readonly initialResponse?: string;
  readonly errorAnswer: (error: unknown) => ErrorAnswer;
  /** Told of failures of the server's own. */
  readonly onFailure: (error: unknown) => void;
}

type Message = Parameters<EventStreamCodec["encode"]>[0];
type Headers = Message["headers"];

const finished: IteratorResult<Uint8Array> = { done: true, value: undefined };

/**
 * The frames of an operation's events.
 * @param member the output's member that is the stream: a union of events and exceptions
 * @param events AsyncIterable of `{ [event's name]: its members }`; what it throws is the last frame
 */
export function eventStreamBody(member: Member, events: unknown, options: EventStreamOptions): EventStreamBody {
  const source = (events as AsyncIterable<Record<string, unknown>>)[Symbol.asyncIterator]();
  let initialResponse = options.initialResponse;
  let isOver = false;
  let codec: EventStreamCodec | undefined;
  let waiting: ((result: IteratorResult<Uint8Array>) => void) | undefined;

  const nextMessage = async (): Promise<Message | undefined> => {
    if (initialResponse !== undefined) {
      const message = eventMessage("initial-response", options.contentType, Buffer.from(initialResponse));
      initialResponse = undefined;
      return message;
    }
    try {
      const { done, value } = await source.next();
      return done ? undefined : messageOf(member.shape, value, options);
    } catch (error) {
      isOver = true;
      const answer = options.errorAnswer(error);
      if (answer.status >= 500) options.onFailure(error);
      return errorMessage(member.shape, answer, options.contentType);
    }
  };
  const nextFrame = async (): Promise<IteratorResult<Uint8Array>> => {
    const message = isOver ? undefined : await nextMessage();
    isOver ||= message === undefined;
    if (message === undefined) return finished;
    codec ??= await loadCodec();
    return { done: false, value: codec.encode(message) };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () =>
      new Promise((resolve, reject) => {
        waiting = resolve;
        nextFrame().then(resolve, reject);
      }),
    return: () => {
      isOver = true;
      waiting?.(finished);
      // Not awaited: a generator that waits for something takes note of its end when that comes.
      source.return?.().catch(options.onFailure);
      return Promise.resolve(finished);
    },
  };
}

/** Loaded at the first event: few servers ever send one. */
async function loadCodec(): Promise<EventStreamCodec> {
  const { EventStreamCodec: Codec } = await import("@smithy/core/event-streams");
  return new Codec(
    (bytes) => (typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("utf8")),
    (characters) => Buffer.from(characters, "utf8"),
  );
}

const text = (value: string): Headers[string] => ({ type: "string", value });

function eventMessage(name: string, contentType: string, body: Uint8Array, headers: Headers = {}): Message {
  return { headers: { ":message-type": text("event"), ":event-type": text(name), ":content-type": text(contentType), ...headers }, body };
}

function messageOf(union: Shape, event: Record<string, unknown>, options: EventStreamOptions): Message {
  const member = union.members.find(({ name }) => event[name] !== undefined);
  if (member === undefined) throw new Error(`${union.name} has none of the events ${Object.keys(event).join(", ")}`);
  const values = event[member.name] as Readonly<Record<string, unknown>>;
  const headers: Headers = {};
  for (const part of member.shape.members) {
    const value = values[part.name];
    if (part.eventPart === "header" && value !== undefined && value !== null) headers[part.wireName] = headerOf(part, value);
  }
  const payload = member.shape.members.find(({ eventPart }) => eventPart === "payload");
  if (payload === undefined) {
    const body = Buffer.from(JSON.stringify(jsonOfStructure(member.shape, values)));
    return eventMessage(member.name, options.contentType, body, headers);
  }
  const value = values[payload.name];
  const contentType = payloadTypes[payload.shape.kind];
  if (contentType === undefined) {
    return eventMessage(member.name, options.contentType, Buffer.from(JSON.stringify(jsonOf(payload, value) ?? {})), headers);
  }
  return eventMessage(member.name, contentType, bytesOf(value ?? ""), headers);
}

/** Payloads that are no JSON. */
const payloadTypes: Readonly<Partial<Record<Shape["kind"], string>>> = { blob: "application/octet-stream", string: "text/plain" };

function headerOf(member: Member, value: unknown): Headers[string] {
  const { kind } = member.shape;
  if (kind === "boolean") return { type: "boolean", value: value as boolean };
  if (kind === "integer") return { type: "integer", value: value as number };
  if (kind === "long") return { type: "long", value: int64(value as number | bigint) };
  if (kind === "timestamp") return { type: "timestamp", value: dateOf(value) };
  return kind === "blob" ? { type: "binary", value: bytesOf(value) } : text(value as string);
}

function int64(value: number | bigint) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return { bytes, valueOf: () => Number(value), toString: () => String(value) };
}

/** An exception that the stream's model has, else an error that no model has. */
function errorMessage(union: Shape, error: ErrorAnswer, contentType: string): Message {
  const modelled = union.members.find(({ shape }) => error.shape !== undefined && shape.name === error.shape.name);
  if (modelled === undefined) {
    const headers = { ":message-type": text("error"), ":error-code": text(error.code), ":error-message": text(error.message ?? "") };
    return { headers, body: Buffer.alloc(0) };
  }
  const headers = { ":message-type": text("exception"), ":exception-type": text(modelled.name), ":content-type": text(contentType) };
  return { headers, body: Buffer.from(JSON.stringify(jsonErrorBody(error))) };
}
