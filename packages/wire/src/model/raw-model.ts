/** A member as botocore's models write it. */
export interface RawMember {
  readonly shape: string;
  readonly location?: "uri" | "querystring" | "header" | "headers" | "statusCode";
  readonly locationName?: string;
  readonly queryName?: string;
  readonly flattened?: boolean;
  readonly timestampFormat?: TimestampFormat;
  /** The bytes are read, or written, while the operation runs. */
  readonly streaming?: boolean;
  readonly xmlAttribute?: boolean;
  /** Of an event in a stream: the member is the whole payload. */
  readonly eventpayload?: boolean;
  /** Of an event in a stream: the member travels in a header of its frame. */
  readonly eventheader?: boolean;
}

/** How a time is written: epoch seconds, RFC 3339 or an HTTP date. */
export type TimestampFormat = "unixTimestamp" | "iso8601" | "rfc822";

/** What the model demands of a value. */
export interface Constraints {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  /** A Java regular expression that must match the whole value. */
  readonly pattern?: string | undefined;
  readonly enum?: readonly string[] | undefined;
}

/** What an error is in Query, where the service has another protocol, too. */
export interface QueryError {
  readonly code: string;
  readonly httpStatusCode: number;
  /** Where Query says it in other words. */
  readonly message?: string;
}

/** A shape as botocore's models write it. */
export interface RawShape extends Constraints {
  readonly type: string;
  readonly members?: Readonly<Record<string, RawMember>>;
  readonly required?: readonly string[];
  readonly payload?: string;
  readonly member?: RawMember;
  readonly key?: RawMember;
  readonly value?: RawMember;
  readonly flattened?: boolean;
  readonly sensitive?: boolean;
  readonly streaming?: boolean;
  readonly eventstream?: boolean;
  readonly document?: boolean;
  readonly union?: boolean;
  readonly exception?: boolean;
  readonly timestampFormat?: TimestampFormat;
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number; readonly senderFault?: boolean };
  /** Of an error of a service that was a Query service once (generate/query-compatible.mjs). */
  readonly queryError?: QueryError;
}

/** An operation as botocore's models write it. */
interface RawOperation {
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: { readonly shape: string };
  readonly output?: { readonly shape: string; readonly resultWrapper?: string };
}

/** A service's model: botocore's service-2.json without its documentation. */
export interface RawModel {
  readonly metadata: {
    readonly apiVersion: string;
    readonly targetPrefix?: string;
    readonly xmlNamespace?: string;
  };
  readonly operations: Readonly<Record<string, RawOperation>>;
  readonly shapes: Readonly<Record<string, RawShape>>;
}
