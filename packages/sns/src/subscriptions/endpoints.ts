import { Fault } from "@mayfly/kernel";
import { invalidParameter, invalidValue } from "../faults.ts";
import { limits } from "../limits.ts";
import type { Topic } from "../topics/topic.ts";
import type { Protocol } from "./subscription.ts";

interface ProtocolRule {
  /** Who owns such an endpoint must confirm that it wants messages. */
  readonly needsConfirmation: boolean;
  /** @throws Fault InvalidParameter */
  readonly check: (endpoint: string) => void;
}

const webEndpoint =
  (protocol: "http" | "https"): ProtocolRule["check"] =>
  (endpoint) => {
    const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
    if (!endpoint.startsWith(`${protocol}://`)) throw invalidParameter("Endpoint must match the specified protocol");
    if (url === undefined || url.hostname === "") throw invalidParameter("Endpoint");
  };

const arn =
  (pattern: RegExp, what: string): ProtocolRule["check"] =>
  (endpoint) => {
    if (!pattern.test(endpoint)) throw invalidParameter(`${what} endpoint ARN`);
  };

const address: ProtocolRule["check"] = (endpoint) => {
  if (!/^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+\.[^\s@<>"(),:;[\]\\]+$/.test(endpoint)) throw invalidParameter("Email address");
};

/** What can be subscribed. https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
const rules: Readonly<Record<Protocol, ProtocolRule>> = {
  http: { needsConfirmation: true, check: webEndpoint("http") },
  https: { needsConfirmation: true, check: webEndpoint("https") },
  email: { needsConfirmation: true, check: address },
  "email-json": { needsConfirmation: true, check: address },
  sqs: { needsConfirmation: false, check: arn(/^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w-]{1,80}(\.fifo)?$/, "SQS") },
  lambda: {
    needsConfirmation: false,
    check: arn(/^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]{1,64}(:(\$LATEST|[\w-]{1,128}))?$/, "Lambda"),
  },
  sms: {
    needsConfirmation: false,
    check: (endpoint) => {
      if (!isPhoneNumber(endpoint)) throw new Fault("InvalidParameterException", `Invalid SMS endpoint: ${endpoint}`);
    },
  },
  application: {
    needsConfirmation: false,
    check: (endpoint) => {
      arn(/^arn:[\w-]+:sns:[\w-]+:\d{12}:endpoint\/.+$/, "ApplicationEndpoint")(endpoint);
      throw invalidValue("Endpoint", `Endpoint does not exist for endpoint ${endpoint}`);
    },
  },
  // There is no Firehose here to deliver to.
  firehose: {
    needsConfirmation: false,
    check: () => {
      throw unsupported("firehose");
    },
  },
};

const unsupported = (protocol: string): Fault => invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);

/** Whether a text is a telephone number in E.164, as SNS takes it: with hyphens, slashes or spaces, too. */
export const isPhoneNumber = (text: string): boolean => /^\+?\d[\d\s/-]*$/.test(text) && /^\d{1,15}$/.test(text.replaceAll(/[^\d]/g, ""));

/** The rule of a protocol. @throws Fault InvalidParameter */
export function readProtocol(text: string): Protocol {
  if (!Object.hasOwn(rules, text)) throw unsupported(text);
  return text as Protocol;
}

export const needsConfirmation = (protocol: Protocol): boolean => rules[protocol].needsConfirmation;

/** Whether an endpoint may be subscribed to a topic. @throws Fault InvalidParameter */
export function checkEndpoint(topic: Topic, protocol: Protocol, endpoint: string): void {
  if (endpoint === "") throw invalidParameter("Endpoint");
  if (endpoint.length > limits.endpointCharacters) throw invalidParameter("Endpoint");
  rules[protocol].check(endpoint);
  if (protocol === "sqs" && endpoint.endsWith(".fifo") && !topic.isFifo)
    throw invalidParameter("Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics");
  if (topic.isFifo && protocol !== "sqs") throw invalidParameter("Invalid parameter: Endpoint Reason: Please use SQS queue");
}
