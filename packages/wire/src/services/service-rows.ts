import type { ServiceName } from "@mayfly/kernel";
import type { ProtocolName } from "../types.ts";

/** How a service's front door words errors that its model does not have. */
export type ErrorFamily = "restJson" | "awsJson" | "query" | "s3";

/** What wire knows of a service beside its model. */
export interface ServiceRow {
  /** The protocol that its clients speak. */
  readonly protocol: ProtocolName;
  /** The service was a Query service once and serves requests without an X-Amz-Target as such. Codes of its errors begin with this in JSON. */
  readonly queryCompatible?: {
    readonly errorNamespace: string;
    /** A Query request may say this member by its path. */
    readonly pathMember: string;
  };
  readonly errorFamily: ErrorFamily;
  /** The code of a broken model constraint. */
  readonly validationCode: string;
  /** Where a broken constraint is told in no words of its own. */
  readonly validationMessage?: string;
  /** Where the lack of a required member is an error of its own. */
  readonly missing?: { readonly code: string; readonly message: (parameter: string) => string };
  /** What a request's X-Amz-Target starts with, before the dot. */
  readonly targetPrefix?: string;
  /** Version parameter of Query requests. */
  readonly queryVersion?: string;
  /** Actions that links in its messages ask for, by which alone they are known: without version, without signature. */
  readonly linkedActions?: readonly string[];
  /** What it calls a request that IAM denies, if not as all services of its family. */
  readonly accessDeniedCode?: string;
  /** The paths that only this service has. */
  readonly path?: RegExp;
  /** Code and text for errors of Mayfly's own, whose text stays inside. */
  readonly internal: { readonly code: string; readonly message: string };
}

const internalFailure = {
  code: "InternalFailure",
  message: "The request processing has failed because of an unknown error, exception or failure.",
};

const malformedXml = "The XML you provided was not well-formed or did not validate against our published schema";

/** Every service that wire speaks for. A further one is a row here and a model in `generated`. */
export const serviceRows: Record<ServiceName, ServiceRow> = {
  lambda: {
    protocol: "restJson1",
    errorFamily: "restJson",
    validationCode: "ValidationException",
    path: /^\/20\d\d-\d\d-\d\d\/(functions|event-source-mappings|layers|account-settings|tags|code-signing-configs|capacity-providers|durable-executions|durable-execution-callbacks)(\/|$)/,
    internal: { code: "ServiceException", message: "The Lambda service encountered an internal error." },
  },
  logs: {
    protocol: "awsJson1_1",
    errorFamily: "awsJson",
    validationCode: "InvalidParameterException",
    targetPrefix: "Logs_20140328",
    internal: internalFailure,
  },
  iam: {
    protocol: "awsQuery",
    errorFamily: "query",
    validationCode: "ValidationError",
    queryVersion: "2010-05-08",
    internal: internalFailure,
  },
  sts: {
    protocol: "awsQuery",
    errorFamily: "query",
    validationCode: "ValidationError",
    queryVersion: "2011-06-15",
    internal: internalFailure,
  },
  schemas: {
    protocol: "restJson1",
    errorFamily: "restJson",
    validationCode: "BadRequestException",
    path: /^\/v1\/(registries|discoverers|discover|policy)(\/|$|\?)/,
    internal: { code: "InternalServerErrorException", message: "The EventBridge Schemas service encountered an internal error." },
  },
  sns: {
    protocol: "awsQuery",
    errorFamily: "query",
    validationCode: "ValidationError",
    queryVersion: "2010-03-31",
    linkedActions: ["ConfirmSubscription", "Unsubscribe"],
    accessDeniedCode: "AuthorizationError",
    internal: { code: "InternalError", message: internalFailure.message },
  },
  sqs: {
    protocol: "awsJson1_0",
    queryCompatible: { errorNamespace: "com.amazonaws.sqs", pathMember: "QueueUrl" },
    errorFamily: "awsJson",
    validationCode: "InvalidParameterValue",
    missing: { code: "MissingRequiredParameterException", message: (parameter) => `The request must contain the parameter ${parameter}.` },
    targetPrefix: "AmazonSQS",
    queryVersion: "2012-11-05",
    path: /^\/\d{12}\/[\w-]{1,80}(\.fifo)?\/?$/,
    internal: internalFailure,
  },
  s3: {
    protocol: "restXml",
    errorFamily: "s3",
    validationCode: "MalformedXML",
    validationMessage: malformedXml,
    missing: { code: "MalformedXML", message: () => malformedXml },
    internal: { code: "InternalError", message: "We encountered an internal error. Please try again." },
  },
  mayfly: {
    protocol: "awsJson1_1",
    errorFamily: "awsJson",
    validationCode: "ValidationException",
    targetPrefix: "Mayfly_20261123",
    internal: internalFailure,
  },
};

/** Whether a name is one of wire's services. */
export const isServiceName = (name: string): name is ServiceName => Object.hasOwn(serviceRows, name);
