/** A protocol that a subscription may have here. */
export type Protocol = "lambda" | "sqs" | "http" | "https" | "email" | "email-json";

interface ProtocolFacts {
  readonly label: string;
  readonly endpointLabel: string;
  readonly placeholder: string;
  /** Whoever owns the endpoint has to agree first. */
  readonly isConfirmed?: true;
  /** The message can come without its envelope. */
  readonly canBeRaw?: true;
  readonly endpoint: RegExp;
  readonly problem: string;
}

const web = { endpointLabel: "URL", isConfirmed: true, canBeRaw: true } as const;
const mail = {
  endpointLabel: "E-mail address",
  placeholder: "ann@example.com",
  isConfirmed: true,
  endpoint: /^\S+@\S+$/,
  problem: "An e-mail address is needed.",
} as const;

/** https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html */
export const protocols: Readonly<Record<Protocol, ProtocolFacts>> = {
  lambda: {
    label: "AWS Lambda",
    endpointLabel: "Function",
    placeholder: "arn:aws:lambda:us-east-1:123456789012:function:MyFunction",
    endpoint: /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:.+$/,
    problem: "Choose a function, or type its ARN.",
  },
  sqs: {
    label: "Amazon SQS",
    endpointLabel: "Queue",
    placeholder: "arn:aws:sqs:us-east-1:123456789012:MyQueue",
    canBeRaw: true,
    endpoint: /^arn:[\w-]+:sqs:[\w-]+:\d{12}:[\w.-]+$/,
    problem: "Choose a queue, or type its ARN.",
  },
  http: {
    ...web,
    label: "HTTP",
    placeholder: "http://example.com",
    endpoint: /^http:\/\/\S+$/,
    problem: "A URL that begins with http:// is needed.",
  },
  https: {
    ...web,
    label: "HTTPS",
    placeholder: "https://example.com",
    endpoint: /^https:\/\/\S+$/,
    problem: "A URL that begins with https:// is needed.",
  },
  email: { ...mail, label: "Email" },
  "email-json": { ...mail, label: "Email-JSON" },
};

/** What a protocol is called; one that is not known here by its own name. */
export const protocolText = (protocol: string): string =>
  Object.hasOwn(protocols, protocol) ? protocols[protocol as Protocol].label : protocol;
