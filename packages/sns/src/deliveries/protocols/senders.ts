import type { Protocol } from "../../subscriptions/subscription.ts";
import { httpSender } from "./http.ts";
import { lambdaSender } from "./lambda.ts";
import { emailJsonSender, emailSender } from "./mail.ts";
import type { ProtocolSender } from "./protocol.ts";
import { sqsSender } from "./sqs.ts";
import { textMessageSender } from "./text-message.ts";

/** How each protocol's endpoints are delivered to; nobody can be subscribed by the others. */
export const senders: { readonly [P in Protocol]?: ProtocolSender } = {
  lambda: lambdaSender,
  sqs: sqsSender,
  http: httpSender,
  https: httpSender,
  email: emailSender,
  "email-json": emailJsonSender,
  sms: textMessageSender,
};
