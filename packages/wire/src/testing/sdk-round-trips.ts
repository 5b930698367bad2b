import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { afterAll, beforeAll } from "vitest";
import type { Member, Operation, Shape } from "../model/model.ts";
import { pickService } from "../pick-service.ts";
import { loadServiceWire } from "../service-wire.ts";
import type { StreamedBody, WireRequest } from "../types.ts";
import { collect } from "./collect.ts";
import { exampleStructure, type Fullness } from "./example-value.ts";

/** A service's client as AWS's SDK has it. */
export interface SdkService {
  readonly module: object;
  readonly client: new (options: never) => object;
  /** Beside those that all clients are made with. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** What an example of an input or an output must have otherwise than the model lets it. */
  readonly adjust?: (example: Record<string, unknown>, shape: Shape) => Record<string, unknown>;
  /** Members that the SDK fills in by itself. */
  readonly filledIn: readonly string[];
}

/** What was said, and what the other side understood; both are the same if the wire is right. */
export interface RoundTrip {
  readonly sent: unknown;
  readonly received: unknown;
}

/** What the server last read, and what it is to answer next. */
interface Exchange {
  operation: string | undefined;
  input: unknown;
  error: unknown;
  output: unknown;
}

interface AnyClient {
  send(command: unknown): Promise<Record<string, unknown>>;
  destroy(): void;
}

type CommandClass = new (input: unknown) => unknown;

/** Sends each operation's example by AWS's SDK to a server that knows the wire alone, which answers with an example. To be called where tests are defined. */
export function sdkRoundTrips(): (sdk: SdkService, operation: Operation, fullness: Fullness) => Promise<RoundTrip> {
  const exchange: Exchange = { operation: undefined, input: undefined, error: undefined, output: undefined };
  let server: Server;
  let endpoint: string;
  beforeAll(async () => {
    server = createServer((incoming, outgoing) => {
      serve(exchange, incoming).then(
        ({ status, headers, body }) => {
          outgoing.writeHead(status, headers);
          if (typeof body === "object" && Symbol.asyncIterator in body) Readable.from(body, { objectMode: false }).pipe(outgoing);
          else outgoing.end(body);
        },
        (error: unknown) => {
          exchange.error = error;
          outgoing.writeHead(599).end();
        },
      );
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return (sdk, operation, fullness) => roundTrip({ exchange, endpoint, sdk }, operation, fullness);
}

async function serve(exchange: Exchange, incoming: IncomingMessage) {
  const request = await wireRequest(incoming);
  const picked = pickService(request);
  if (picked === undefined) throw new Error("no service");
  const wire = await loadServiceWire(picked.service);
  const match = wire.match(request);
  exchange.operation = match.operation;
  try {
    if (match.operation === undefined) throw wire.unknownOperation(match, request);
    const stream = wire.streamsBody(match) && { stream: streamOf(request.body) };
    exchange.input = wire.parse(match, { ...request, ...stream });
    return wire.render(match, exchange.output, "00000000-0000-4000-8000-000000000000");
  } catch (error) {
    exchange.error = error;
    return wire.renderError(match, error, "00000000-0000-4000-8000-000000000000");
  }
}

async function wireRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const body = Buffer.concat(await collect<Buffer>(incoming));
  const [path = "", query = ""] = (incoming.url ?? "").split("?");
  return { method: incoming.method ?? "", path, query, headers: incoming.headers as Record<string, string>, body };
}

const streamOf = (body: Buffer): StreamedBody => ({
  lengthBytes: body.length,
  trailers: {},
  trailerNames: [],
  [Symbol.asyncIterator]: () => eachOf([body]),
});

async function* eachOf<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

interface Given {
  readonly exchange: Exchange;
  readonly endpoint: string;
  readonly sdk: SdkService;
}

async function roundTrip({ exchange, endpoint, sdk }: Given, operation: Operation, fullness: Fullness): Promise<RoundTrip> {
  const { module, client: Client, options, adjust = (example) => example } = sdk;
  const Command = (module as Record<string, unknown>)[`${operation.name}Command`] as CommandClass;
  const client = new Client({
    endpoint,
    region: "us-east-1",
    maxAttempts: 1,
    disableHostPrefix: true,
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
    ...options,
  } as never) as AnyClient;
  const input = operation.input === undefined ? {} : adjust(exampleStructure(operation.input, fullness), operation.input);
  const output = operation.output === undefined ? {} : adjust(exampleOutput(operation, fullness), operation.output);
  const events = exampleEvents(operation, fullness);
  const stream = events && { [eventStreamOf(operation)?.name ?? ""]: events };
  const streamed = events && { [eventStreamOf(operation)?.name ?? ""]: eachOf(events) };
  Object.assign(exchange, { operation: undefined, input: undefined, error: undefined, output: { ...output, ...streamed } });
  try {
    const answer = await withEvents(operation, await client.send(new Command(input)));
    const read = withoutFilledIn(exchange.input, input, [...sdk.filledIn, operation.input?.payload?.name ?? ""]);
    return {
      sent: { operation: operation.name, input: await plain(input), output: await plain({ ...output, ...stream }) },
      received: {
        operation: exchange.operation,
        input: await plain(read),
        output: await plain(withoutFilledIn(answer, output, sdk.filledIn)),
      },
    };
  } catch (error) {
    throw exchange.error ?? error;
  } finally {
    client.destroy();
  }
}

/** Bytes, streams of them and dates of either side made comparable; undefined members left out. */
async function plain(value: unknown): Promise<unknown> {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("hex") };
  // JSON in text, as the SDK reads it.
  if (Object.prototype.toString.call(value) === "[object String]") return (value as object).valueOf();
  if (value instanceof Date) return { date: value.toISOString() };
  if (Array.isArray(value)) return Promise.all(value.map(plain));
  if (typeof value !== "object" || value === null) return value;
  if (Symbol.asyncIterator in value) return plain(Buffer.concat(await collect(value as AsyncIterable<Buffer>)));
  const members = Object.entries(value).filter(([name, item]) => item !== undefined && item !== null && name !== "$metadata");
  return Object.fromEntries(await Promise.all(members.map(async ([name, item]) => [name, await plain(item)] as const)));
}

/** What the SDK fills in by itself (idempotency tokens, `{}` as a body) is not compared where the example left it out. */
const withoutFilledIn = (value: unknown, example: Record<string, unknown>, filledIn: readonly string[]): unknown =>
  Object.fromEntries(Object.entries(value as object).filter(([name]) => name in example || !filledIn.includes(name)));

const eventStreamOf = (operation: Operation): Member | undefined =>
  operation.output?.members.find(({ shape }) => shape.kind === "eventstream");

/** One of each event of an output's stream; undefined if it has none. */
function exampleEvents(operation: Operation, fullness: Fullness): Record<string, unknown>[] | undefined {
  const events = eventStreamOf(operation)?.shape.members.filter(({ shape }) => !shape.name.endsWith("Exception"));
  // The SDK reads bytes out of any payload, an empty one too.
  const isPayload = (shape: Shape): boolean => shape.members.some(({ eventPart }) => eventPart === "payload");
  return events?.map(({ name, shape }) => ({ [name]: exampleStructure(shape, isPayload(shape) ? "maximal" : fullness) }));
}

/** An answer whose stream of events is read to its end. */
async function withEvents(operation: Operation, answer: Record<string, unknown>): Promise<Record<string, unknown>> {
  const stream = eventStreamOf(operation);
  if (stream === undefined) return answer;
  return { ...answer, [stream.name]: await collect(answer[stream.name] as AsyncIterable<unknown>) };
}

/** An output's example; a member that holds the HTTP status holds one. */
function exampleOutput(operation: Operation, fullness: Fullness): Record<string, unknown> {
  const { output } = operation;
  if (output === undefined) return {};
  const statusMember = output.members.find(({ location }) => location === "statusCode");
  const typeMember = eventStreamOf(operation) && output.members.find(({ wireName }) => wireName === "Content-Type");
  return {
    ...exampleStructure(output, fullness),
    ...(statusMember && { [statusMember.name]: 202 }),
    ...(typeMember && { [typeMember.name]: "application/vnd.amazon.eventstream" }),
  };
}
