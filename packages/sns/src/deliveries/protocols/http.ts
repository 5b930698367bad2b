import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { limits } from "../../limits.ts";
import { confirmation } from "../envelopes/confirmation.ts";
import { renderEnvelope } from "../envelopes/envelope.ts";
import { notification } from "../envelopes/notification.ts";
import { textFor } from "../stored-message.ts";
import type { Attempt, Delivery, DeliveryResources, ProtocolSender } from "./protocol.ts";

/** https://docs.aws.amazon.com/sns/latest/dg/sns-http-https-endpoint-as-subscriber.html */
export const httpSender: ProtocolSender = {
  async notify(resources, delivery) {
    const { message, receiver, policy } = delivery;
    const { isRaw } = receiver.settings;
    const body = isRaw
      ? textFor(message.texts, receiver.protocol)
      : renderEnvelope(await notification(resources.sign, { ...delivery, ...receiver }));
    return post(resources, delivery, body, {
      "x-amz-sns-subscription-arn": receiver.subscriptionArn,
      ...(isRaw && { "x-amz-sns-rawdelivery": "true" }),
      "content-type": policy.requestPolicy?.headerContentType ?? plainText,
    });
  },
  async confirm(resources, delivery) {
    const { message, messageId, signatureVersion, receiver } = delivery;
    const body = renderEnvelope(await confirmation(resources.sign, message, messageId, signatureVersion));
    // Who was not subscribed before has no subscription yet.
    const isSubscribed = message.kind === "UnsubscribeConfirmation";
    return post(resources, delivery, body, {
      ...(isSubscribed && { "x-amz-sns-subscription-arn": receiver.subscriptionArn }),
      "content-type": plainText,
    });
  },
};

const plainText = "text/plain; charset=UTF-8";

type Headers = Readonly<Record<string, string>>;

/** One request on a connection of its own; redirects are not followed. */
function post({ ending }: DeliveryResources, delivery: Delivery, body: string, headers: Headers): Promise<Attempt> {
  const { receiver, message, messageId, topicArn } = delivery;
  const url = new URL(receiver.endpoint);
  const content = Buffer.from(body);
  const signal = AbortSignal.any([ending, AbortSignal.timeout(limits.httpAnswerMs)]);
  const options = {
    method: "POST",
    signal,
    agent: false as const,
    headers: {
      "x-amz-sns-message-type": message.kind,
      "x-amz-sns-message-id": messageId,
      "x-amz-sns-topic-arn": topicArn,
      ...headers,
      "content-length": String(content.length),
      "user-agent": "Amazon Simple Notification Service Agent",
      "accept-encoding": "gzip,deflate",
    },
  };
  return new Promise((resolve) => {
    const request = (url.protocol === "https:" ? httpsRequest : httpRequest)(url, options, (response) => {
      let left = limits.httpAnswerBytes;
      const answered = (): void => resolve(judge(response.statusCode ?? 0));
      response.on("data", (chunk: Buffer) => {
        left -= chunk.length;
        if (left <= 0) response.destroy();
      });
      response.on("close", answered).on("error", answered);
    });
    // Without this who answers 101 would be neither an answer nor an error.
    request.on("upgrade", (response, socket) => {
      socket.destroy();
      resolve(judge(response.statusCode ?? 0));
    });
    request.on("error", (error: Error & { readonly code?: string }) => {
      const reason = signal.aborted && !ending.aborted ? `No answer within ${limits.httpAnswerMs / 1000} seconds` : error.message;
      resolve({ kind: "failed", code: error.code ?? error.name, reason, isFinal: false });
    });
    request.end(content);
  });
}

/**
 * Server errors and 429 pass, all else is final.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html#creating-delivery-policy
 */
function judge(status: number): Attempt {
  if (status >= 200 && status < 300) return { kind: "delivered" };
  return { kind: "failed", code: String(status), reason: `The endpoint answered ${status}`, isFinal: status !== 429 && status < 500 };
}
