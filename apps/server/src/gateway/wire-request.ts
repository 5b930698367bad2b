import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { WireRequest } from "@mayfly/wire";

const noBody = Buffer.alloc(0);

/** What is known of a request before its body was read. */
export function requestHead(incoming: IncomingMessage): WireRequest {
  const url = incoming.url ?? "/";
  const queryAt = url.indexOf("?");
  return {
    method: incoming.method ?? "GET",
    path: queryAt === -1 ? url : url.slice(0, queryAt),
    query: queryAt === -1 ? "" : url.slice(queryAt + 1),
    headers: textHeaders(incoming.headers),
    body: noBody,
  };
}

/**
 * Node's own object, which joins repeated headers already, all but this one. It is an ordinary object: who looks for a name that a client chose
 * asks `Object.hasOwn` first.
 */
function textHeaders(headers: IncomingHttpHeaders): WireRequest["headers"] {
  const cookies = headers["set-cookie"];
  return (cookies === undefined ? headers : { ...headers, "set-cookie": cookies.join(", ") }) as WireRequest["headers"];
}
