import type { OperationMatch, ServiceWire, WireRequest, WireResponse } from "../types.ts";

/** A request with what a test does not care about filled in. */
export function requestOf(parts: Partial<Omit<WireRequest, "body">> & { readonly body?: string | Buffer }): WireRequest {
  return { method: "POST", path: "/", query: "", headers: {}, ...parts, body: Buffer.from(parts.body ?? "") };
}

/** What a request is read as. */
export type Handled =
  | { readonly match: OperationMatch; readonly input: unknown }
  | { readonly match: OperationMatch; readonly refused: WireResponse };

/** Matches and parses as the gateway does; errors come rendered. */
export function handle(wire: ServiceWire, request: WireRequest): Handled {
  const match = wire.match(request);
  try {
    if (match.operation === undefined) throw wire.unknownOperation(match, request);
    return { match, input: wire.parse(match, request) };
  } catch (error) {
    return { match, refused: wire.renderError(match, error, "request-id") };
  }
}
