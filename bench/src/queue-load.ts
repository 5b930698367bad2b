import { repeatByClients, type ClientFigures, type ClientLoad } from "./repeat-by-clients.ts";
import { openServiceClient, type ServiceTarget } from "./service-client.ts";
import { createRequestSigner } from "./sign-request.ts";

/** Calls one operation over a kept connection. @throws Error if the answer is not 200 */
type Call = (operation: string, input: object) => Promise<string>;

async function openClient(target: ServiceTarget): Promise<{ readonly call: Call; close(): void }> {
  const client = await openServiceClient(target);
  const signers = new Map<string, ReturnType<typeof createRequestSigner>>();
  const signerOf = (operation: string) => {
    const known = signers.get(operation);
    if (known !== undefined) return known;
    const signer = createRequestSigner({ ...target.signAs, service: "sqs" }, { "x-amz-target": `AmazonSQS.${operation}` });
    signers.set(operation, signer);
    return signer;
  };
  return {
    close: () => client.close(),
    async call(operation, input) {
      const body = Buffer.from(JSON.stringify(input));
      const head = `POST / HTTP/1.1\r\nhost: ${client.host}\r\n${signerOf(operation)(client.host, "/", body)}content-type: application/x-amz-json-1.0\r\ncontent-length: ${body.length}\r\n\r\n`;
      return (await client.exchange(operation, head, body)).toString();
    },
  };
}

/** Makes a queue and answers its URL. */
export async function makeBenchQueue(target: ServiceTarget, QueueName: string): Promise<string> {
  const client = await openClient(target);
  const { QueueUrl } = JSON.parse(await client.call("CreateQueue", { QueueName })) as { QueueUrl: string };
  client.close();
  return QueueUrl;
}

/** Messages of 1 KiB, one a request. */
export const sendMessages = (target: ServiceTarget, QueueUrl: string, load: ClientLoad): Promise<ClientFigures> =>
  repeatByClients(
    () => openClient(target),
    load,
    ({ call }) => call("SendMessage", { QueueUrl, MessageBody: "x".repeat(1_024) }).then(() => true),
  );

/** Receives one message and deletes it: two requests. Ends when the time is over or nothing is left. */
export const receiveAndDelete = (target: ServiceTarget, QueueUrl: string, load: ClientLoad): Promise<ClientFigures> =>
  repeatByClients(
    () => openClient(target),
    load,
    async ({ call }) => {
      const { Messages = [] } = JSON.parse(await call("ReceiveMessage", { QueueUrl })) as { Messages?: { ReceiptHandle: string }[] };
      for (const { ReceiptHandle } of Messages) await call("DeleteMessage", { QueueUrl, ReceiptHandle });
      return Messages.length > 0;
    },
  );
