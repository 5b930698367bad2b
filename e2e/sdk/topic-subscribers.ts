import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { AddPermissionCommand } from "@aws-sdk/client-lambda";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import { waitFor, type Clients } from "@mayfly/testkit";
import type { TestQueue } from "./queue-functions.ts";

/** A request that an endpoint got. */
export interface Posted {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** An envelope, as far as tests look at it. */
export type Envelope = Readonly<Record<string, string>> & {
  readonly MessageAttributes?: Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;
};

/** An HTTP endpoint that takes notifications. */
export interface WebEndpoint {
  readonly url: string;
  readonly posted: readonly Posted[];
  /** Of a kind: `Notification` if not said. */
  of(kind?: string): readonly Posted[];
  /** Waits until so many have come. */
  got(count: number, kind?: string, timeoutMs?: number): Promise<readonly Posted[]>;
  /** Of an endpoint with TLS: it has another key and certificate from now on. */
  useTls(tls: Tls): void;
  close(): Promise<void>;
}

/** What a server with TLS shows; PEM. */
export interface Tls {
  readonly key: string;
  readonly cert: string;
}

/** @param answer the status, by the request and how many of its kind came before; 200 if not said */
export async function startEndpoint(
  answer: (posted: Posted, before: number) => number | undefined = () => 200,
  tls?: Tls,
): Promise<WebEndpoint> {
  const posted: Posted[] = [];
  const kindOf = ({ headers }: Posted): unknown => headers["x-amz-sns-message-type"];
  const listener: RequestListener = (request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
    request.on("end", () => {
      const one = { path: request.url ?? "", headers: request.headers, body };
      const before = posted.filter((other) => kindOf(other) === kindOf(one)).length;
      posted.push(one);
      const status = answer(one, before);
      const upgrade = { connection: "upgrade", upgrade: "another-protocol" };
      if (status !== undefined)
        response.writeHead(status, { location: "http://127.0.0.1:1/", ...(status === 101 && upgrade) }).end("thanks");
    });
  };
  const tlsServer = tls && createTlsServer(tls, listener);
  const server = tlsServer ?? createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const of = (kind = "Notification") => posted.filter((one) => kindOf(one) === kind);
  return {
    url: `${tls ? "https://localhost" : "http://127.0.0.1"}:${(server.address() as AddressInfo).port}`,
    posted,
    of,
    got: (count, kind, timeoutMs) => waitFor(`${count} requests of the endpoint`, () => of(kind).length >= count && of(kind), timeoutMs),
    useTls: (other) => tlsServer?.setSecureContext(other),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What tests of deliveries do again and again. */
export function topicSubscribers(clients: Clients) {
  const subscribe = async (
    TopicArn: string,
    Protocol: string,
    Endpoint: string,
    Attributes: Record<string, string> = {},
  ): Promise<string> => {
    const command = new sns.SubscribeCommand({ TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true });
    return (await clients.sns.send(command)).SubscriptionArn ?? "";
  };
  return {
    async createTopic(Name: string, Attributes: Record<string, string> = {}): Promise<string> {
      return (await clients.sns.send(new sns.CreateTopicCommand({ Name, Attributes }))).TopicArn ?? "";
    },
    subscribe,
    /** Lets topics send to a queue. */
    async allow({ url, arn }: TestQueue, topicArn: string): Promise<void> {
      const Condition = { ArnEquals: { "aws:SourceArn": topicArn }, StringEquals: { "aws:SourceAccount": "123456789012" } };
      const Statement = {
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: arn,
        Condition,
      };
      const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
      await clients.sqs.send(new sqs.SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }));
    },
    /** Lets a topic run a function. */
    allowFunction: (FunctionName: string, SourceArn: string) =>
      clients.lambda.send(
        new AddPermissionCommand({
          FunctionName,
          StatementId: "sns",
          Action: "lambda:InvokeFunction",
          Principal: "sns.amazonaws.com",
          SourceArn,
        }),
      ),
    /** Subscribes a web endpoint and follows the link that it is sent. */
    async subscribeWeb(TopicArn: string, endpoint: WebEndpoint, Attributes: Record<string, string> = {}, path = "/"): Promise<string> {
      const arn = await subscribe(TopicArn, endpoint.url.split(":")[0] ?? "", `${endpoint.url}${path}`, Attributes);
      const asked = await waitFor("the request to confirm", () =>
        endpoint
          .of("SubscriptionConfirmation")
          .find((one) => one.path === path && (JSON.parse(one.body) as Envelope)["TopicArn"] === TopicArn),
      );
      const answer = await fetch((JSON.parse(asked.body) as Envelope)["SubscribeURL"] ?? "");
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
      return arn;
    },
    publish: (TopicArn: string, Message: string, more: Partial<sns.PublishCommandInput> = {}) =>
      clients.sns.send(new sns.PublishCommand({ TopicArn, Message, ...more })),
    /** Takes messages out of a queue, once there are so many. */
    async take({ url }: TestQueue, count: number): Promise<readonly sqs.Message[]> {
      const taken: sqs.Message[] = [];
      const input = {
        QueueUrl: url,
        MaxNumberOfMessages: 10,
        WaitTimeSeconds: 1,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["All" as const],
      };
      return waitFor(`${count} messages in ${url}`, async () => {
        const { Messages = [] } = await clients.sqs.send(new sqs.ReceiveMessageCommand(input));
        for (const message of Messages) {
          taken.push(message);
          await clients.sqs.send(new sqs.DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message.ReceiptHandle }));
        }
        return taken.length >= count && taken;
      });
    },
  };
}
