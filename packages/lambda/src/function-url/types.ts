import type { RequestContext } from "@mayfly/kernel";
import type { FunctionUrlAuthType } from "@mayfly/wire/lambda";
import type { UrlAddress } from "./url-address.ts";

/** What is known of a request before its body was read. */
export interface UrlRequestHead {
  readonly method: string;
  /** Raw path, percent-encoding kept, without the query. */
  readonly path: string;
  /** Raw query without `?`. */
  readonly query: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  /** `HTTP/1.1` */
  readonly protocol: string;
  /** The server's own port. */
  readonly port: number;
}

/** A request to a URL. */
export interface UrlRequest extends UrlRequestHead {
  readonly body: Buffer;
}

/** Names and values in turn, in a form that can be written as they are. */
export type RawHeaders = readonly string[];

/** A body that is sent while the function writes it. */
export interface UrlStream {
  readonly parts: AsyncIterable<Buffer>;
  /** False if the function failed after it had begun: the client must see that the body is not whole. */
  readonly isWhole: () => Promise<boolean>;
}

/** What a caller of a URL is answered. */
export interface UrlAnswer {
  readonly status: number;
  readonly headers: RawHeaders;
  readonly body: Buffer | UrlStream;
}

/** A function's or an alias's URL, as the HTTP front knows it. */
export interface FunctionUrl {
  readonly accountId: string;
  readonly authType: FunctionUrlAuthType;
  /** What CORS adds to whatever a request is answered, if anything. */
  corsHeaders(head: UrlRequestHead): RawHeaders;
  /** The answer to a browser's preflight request; undefined if the request is none, or is for the function to answer. */
  preflight(head: UrlRequestHead): UrlAnswer | undefined;
  /**
   * Runs the function for whoever the context says.
   * @throws AccessDenied if policies do not let the caller; Fault RequestEntityTooLargeException, TooManyRequestsException, ResourceConflictException,
   *   ServiceException
   */
  invoke(ctx: RequestContext, request: UrlRequest): Promise<UrlAnswer>;
}

/** Finds URLs by their address. */
export type FindFunctionUrl = (address: UrlAddress) => Promise<FunctionUrl | undefined>;
