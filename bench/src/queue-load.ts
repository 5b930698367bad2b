import { openHttpConnection, type HttpConnection } from "./http-connection.ts";
import { percentile } from "./percentile.ts";
import { createRequestSigner, type SigningScope } from "./sign-request.ts";

/** A server that serves SQS by JSON. */
export interface QueueTarget {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly signAs: Omit<SigningScope, "service">;
}

/** Calls one operation over a kept connection. @throws Error if the answer is not 200 */
type Call = (operation: string, input: object) => Promise<string>;

/** What clients that each do one thing after another came to. */
export interface QueueFigures {
  readonly perSecond: number;
  readonly p50Ms: number;
}

async function openClient({ url, signAs }: QueueTarget): Promise<{ readonly call: Call; close(): void }> {
  const { hostname, port, host } = new URL(url);
  const open = (): Promise<HttpConnection> => openHttpConnection(hostname, Number(port));
  let connection = await open();
  const signers = new Map<string, ReturnType<typeof createRequestSigner>>();
  const signerOf = (operation: string) => {
    const known = signers.get(operation);
    if (known !== undefined) return known;
    const signer = createRequestSigner({ ...signAs, service: "sqs" }, { "x-amz-target": `AmazonSQS.${operation}` });
    signers.set(operation, signer);
    return signer;
  };
  return {
    close: () => connection.close(),
    async call(operation, input) {
      const body = Buffer.from(JSON.stringify(input));
      const head = `POST / HTTP/1.1\r\nhost: ${host}\r\n${signerOf(operation)(host, "/", body)}content-type: application/x-amz-json-1.0\r\ncontent-length: ${body.length}\r\n\r\n`;
      const answer = await connection.exchange(head, body);
      // moto closes after each answer, MiniStack after a thousand.
      if (/^connection: close\r?$/im.test(answer.head)) {
        connection.close();
        connection = await open();
      }
      if (answer.status !== 200)
        throw new Error(`${operation} was answered with\n${answer.head}\n\n${answer.body.toString("utf8", 0, 500)}`);
      return answer.body.toString();
    },
  };
}

/** Makes a queue and answers its URL. */
export async function makeBenchQueue(target: QueueTarget, QueueName: string): Promise<string> {
  const client = await openClient(target);
  const { QueueUrl } = JSON.parse(await client.call("CreateQueue", { QueueName })) as { QueueUrl: string };
  client.close();
  return QueueUrl;
}

/** Messages of 1 KiB, one a request. */
export const sendMessages = (target: QueueTarget, QueueUrl: string, clients: number, forMs: number): Promise<QueueFigures> =>
  repeat(target, clients, forMs, (call) => call("SendMessage", { QueueUrl, MessageBody: "x".repeat(1_024) }).then(() => true));

/** Receives one message and deletes it: two requests. Ends when the time is over or nothing is left. */
export const receiveAndDelete = (target: QueueTarget, QueueUrl: string, clients: number, forMs: number): Promise<QueueFigures> =>
  repeat(target, clients, forMs, async (call) => {
    const { Messages = [] } = JSON.parse(await call("ReceiveMessage", { QueueUrl })) as { Messages?: { ReceiptHandle: string }[] };
    for (const { ReceiptHandle } of Messages) await call("DeleteMessage", { QueueUrl, ReceiptHandle });
    return Messages.length > 0;
  });

async function repeat(target: QueueTarget, count: number, forMs: number, act: (call: Call) => Promise<boolean>): Promise<QueueFigures> {
  const clients = await Promise.all(Array.from({ length: count }, () => openClient(target)));
  const times: number[] = [];
  const startedMs = performance.now();
  await Promise.all(
    clients.map(async ({ call }) => {
      while (performance.now() < startedMs + forMs) {
        const beganMs = performance.now();
        if (!(await act(call))) return;
        times.push(performance.now() - beganMs);
      }
    }),
  );
  const tookMs = performance.now() - startedMs;
  for (const client of clients) client.close();
  return {
    perSecond: (times.length * 1_000) / tookMs,
    p50Ms: percentile(
      times.toSorted((a, b) => a - b),
      50,
    ),
  };
}
