import type { IncomingMessage } from "node:http";
import type { ServiceName } from "@mayfly/kernel";
import type { WireResponse } from "@mayfly/wire";

/** Services whose AWS endpoints answer browsers of any origin; requests are signed, so no ambient authority is lent. */
const corsServices: Readonly<Partial<Record<ServiceName, true>>> = { lambda: true, sts: true, logs: true };

const exposedHeaders =
  "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date,X-Amz-Function-Error,X-Amz-Log-Result,X-Amz-Executed-Version";

/** Headers that let a page of another origin read the answer of a service that allows it; undefined if there are none to add. */
export function corsHeaders(service: ServiceName, origin: string | undefined): Readonly<Record<string, string>> | undefined {
  if (origin === undefined || !corsServices[service]) return undefined;
  return { "access-control-allow-origin": "*", "access-control-expose-headers": exposedHeaders };
}

/** The answer to a browser's preflight request, without a body; undefined if the request is none. */
export function preflight(request: IncomingMessage): Omit<WireResponse, "body"> | undefined {
  if (
    request.method !== "OPTIONS" ||
    request.headers.origin === undefined ||
    request.headers["access-control-request-method"] === undefined
  )
    return undefined;
  return {
    status: 200,
    headers: {
      "access-control-allow-origin": "*",
      "access-control-allow-methods": "GET,HEAD,PUT,POST,DELETE,PATCH",
      "access-control-allow-headers": request.headers["access-control-request-headers"] ?? "*",
      "access-control-expose-headers": exposedHeaders,
      "access-control-max-age": "172800",
    },
  };
}
