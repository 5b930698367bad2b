import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import * as lambda from "@aws-sdk/client-lambda";
import * as iam from "@aws-sdk/client-iam";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as schemas from "@aws-sdk/client-schemas";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import * as sts from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadModel } from "./model/load-model.ts";
import type { Member, Operation, Shape } from "./model/model.ts";
import { pickService } from "./pick-service.ts";
import { loadServiceWire } from "./service-wire.ts";
import { collect } from "./testing/collect.ts";
import { exampleStructure, type Fullness } from "./testing/example-value.ts";
import type { WireRequest } from "./types.ts";

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

const sdk = {
  lambda: { module: lambda, client: lambda.LambdaClient },
  logs: { module: logs, client: logs.CloudWatchLogsClient },
  iam: { module: iam, client: iam.IAMClient },
  sts: { module: sts, client: sts.STSClient },
  schemas: { module: schemas, client: schemas.SchemasClient },
  sns: { module: sns, client: sns.SNSClient },
  sqs: { module: sqs, client: sqs.SQSClient },
} as const;

/** A service that AWS's SDK has a client of: all but Mayfly's own. */
type SdkService = keyof typeof sdk;

const exchange: Exchange = { operation: undefined, input: undefined, error: undefined, output: undefined };
let server: Server;
let url: string;

beforeAll(async () => {
  server = createServer((incoming, outgoing) => {
    serve(incoming).then(
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
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function serve(incoming: IncomingMessage) {
  const request = await wireRequest(incoming);
  const picked = pickService(request);
  if (picked === undefined) throw new Error("no service");
  const wire = await loadServiceWire(picked.service);
  const match = wire.match(request);
  exchange.operation = match.operation;
  try {
    if (match.operation === undefined) throw wire.unknownOperation(match, request);
    exchange.input = wire.parse(match, request);
    return wire.render(match, exchange.output, "00000000-0000-4000-8000-000000000000");
  } catch (error) {
    exchange.error = error;
    return wire.renderError(match, error, "00000000-0000-4000-8000-000000000000");
  }
}

async function wireRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const [path = "", query = ""] = (incoming.url ?? "").split("?");
  return { method: incoming.method ?? "", path, query, headers: incoming.headers as Record<string, string>, body: Buffer.concat(chunks) };
}

/** Bytes and dates of either side made comparable; undefined members left out. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString("hex") };
  // JSON in text, as the SDK reads it.
  if (Object.prototype.toString.call(value) === "[object String]") return (value as object).valueOf();
  if (value instanceof Date) return { date: value.toISOString() };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, item]) => item !== undefined && item !== null && name !== "$metadata")
      .map(([name, item]) => [name, plain(item)]),
  );
}

/** What the SDK fills in by itself (idempotency tokens, `{}` as a body) is not compared where the example left it out. */
function withoutFilledIn(input: unknown, example: Record<string, unknown>, operation: Operation): unknown {
  const filledIn = new Set(["ClientToken", "ClientTokenId", "clientToken", operation.input?.payload?.name]);
  return Object.fromEntries(Object.entries(input as object).filter(([name]) => name in example || !filledIn.has(name)));
}

const streamOf = (operation: Operation): Member | undefined => operation.output?.members.find(({ shape }) => shape.kind === "eventstream");

/** One of each event of an output's stream; undefined if it has none. */
function exampleEvents(operation: Operation, fullness: Fullness): Record<string, unknown>[] | undefined {
  const events = streamOf(operation)?.shape.members.filter(({ shape }) => !shape.name.endsWith("Exception"));
  // The SDK reads bytes out of any payload, an empty one too.
  const isPayload = (shape: Shape): boolean => shape.members.some(({ eventPart }) => eventPart === "payload");
  return events?.map(({ name, shape }) => ({ [name]: exampleStructure(shape, isPayload(shape) ? "maximal" : fullness) }));
}

async function* eachOf<T>(items: Iterable<T> | AsyncIterable<T>): AsyncIterable<T> {
  yield* items;
}

/** An answer whose stream is read to its end. */
async function withEvents(operation: Operation, answer: Record<string, unknown>): Promise<Record<string, unknown>> {
  const stream = streamOf(operation);
  if (stream === undefined) return answer;
  return { ...answer, [stream.name]: await collect(answer[stream.name] as AsyncIterable<unknown>) };
}

/** An output's example; a member that holds the HTTP status holds one. */
function exampleOutput(operation: Operation, fullness: Fullness): Record<string, unknown> {
  const { output } = operation;
  if (output === undefined) return {};
  const statusMember = output.members.find(({ location }) => location === "statusCode");
  const typeMember = streamOf(operation) && output.members.find(({ wireName }) => wireName === "Content-Type");
  return {
    ...exampleStructure(output, fullness),
    ...(statusMember && { [statusMember.name]: 202 }),
    ...(typeMember && { [typeMember.name]: "application/vnd.amazon.eventstream" }),
  };
}

interface RoundTrip {
  readonly sent: unknown;
  readonly received: unknown;
}

async function roundTrip(service: SdkService, operation: Operation, fullness: Fullness): Promise<RoundTrip> {
  const { module, client: Client } = sdk[service];
  const Command = (module as Record<string, unknown>)[`${operation.name}Command`] as CommandClass;
  const client = new Client({
    endpoint: url,
    region: "us-east-1",
    maxAttempts: 1,
    disableHostPrefix: true,
    // The examples' checksums of messages are not true; the service's suites have true ones.
    md5: false,
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "secret" },
  }) as unknown as AnyClient;
  const input = operation.input === undefined ? {} : exampleStructure(operation.input, fullness);
  const output = exampleOutput(operation, fullness);
  const events = exampleEvents(operation, fullness);
  const stream = events && { [streamOf(operation)?.name ?? ""]: events };
  const streamed = events && { [streamOf(operation)?.name ?? ""]: eachOf(events) };
  Object.assign(exchange, { operation: undefined, input: undefined, error: undefined, output: { ...output, ...streamed } });
  try {
    const answer = await withEvents(operation, await client.send(new Command(input)));
    return {
      sent: { operation: operation.name, input: plain(input), output: plain({ ...output, ...stream }) },
      received: { operation: exchange.operation, input: plain(withoutFilledIn(exchange.input, input, operation)), output: plain(answer) },
    };
  } catch (error) {
    throw exchange.error ?? error;
  } finally {
    client.destroy();
  }
}

for (const service of ["lambda", "logs", "iam", "sts", "schemas", "sns", "sqs"] as const) {
  const model = await loadModel(service);
  const operations = [...model.operations.values()];

  describe(`${service} over its SDK client`, () => {
    test("the SDK has the model's operations", () => {
      const commands = Object.keys(sdk[service].module).filter((name) => name.endsWith("Command") && name !== "$Command");
      expect(commands).toEqual(expect.arrayContaining(operations.map(({ name }) => `${name}Command`)));
    });

    for (const operation of operations) {
      test.each(["minimal", "maximal"] as const)(`${operation.name}, %s`, async (fullness) => {
        const { sent, received } = await roundTrip(service, operation, fullness);
        expect(received).toEqual(sent);
      });
    }
  });
}
