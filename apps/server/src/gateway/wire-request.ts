import type { IncomingMessage } from "node:http";
import type { WireRequest } from "@mayfly/wire";

const noBody = Buffer.alloc(0);

/** What is known of a request before its body was read. */
export function requestHead(incoming: IncomingMessage): WireRequest {
  const url = incoming.url ?? "/";
  const queryAt = url.indexOf("?");
  const headers: Record<string, string | undefined> = Object.create(null) as Record<string, string | undefined>;
  for (const [name, value] of Object.entries(incoming.headers)) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  return {
    method: incoming.method ?? "GET",
    path: queryAt === -1 ? url : url.slice(0, queryAt),
    query: queryAt === -1 ? "" : url.slice(queryAt + 1),
    headers,
    body: noBody,
  };
}
