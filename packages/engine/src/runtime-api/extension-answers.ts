import { engineLimits } from "../limits.ts";
import type { FunctionTarget, Invocation } from "../types.ts";
import { problem } from "./answers.ts";
import type { RuntimeAnswer } from "./http-head.ts";
import type { RuntimeRequest } from "./read-requests.ts";

/** What extensions are told of the function that they belong to. */
export type ExtendedFunction = Pick<FunctionTarget, "functionName" | "functionVersion" | "handler" | "accountId">;

/** Why an environment ends, as extensions are told. */
export type ShutdownReason = "spindown" | "timeout" | "failure";

export const errorTypeHeader = "Lambda-Extension-Function-Error-Type";
const identifierHeader = "Lambda-Extension-Identifier";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const refused = (kind: string, message: string): RuntimeAnswer => problem(403, `Extension.${kind}`, message);

/** An extension may not do that now. */
export const stateRefused = (from: string, to: string, extension: string): RuntimeAnswer =>
  refused(
    "InvalidExtensionState",
    `State transition from ${from} to ${to} failed for extension ${extension}. Error: State transition is not allowed`,
  );

/** The name that a registration is for. */
export function nameOf({ headers }: RuntimeRequest): string | RuntimeAnswer {
  const name = headers.get("lambda-extension-name");
  if (!name) return refused("InvalidExtensionName", "Empty extension name");
  if (name.length <= engineLimits.extensionNameLength && !/\p{Cc}/u.test(name)) return name;
  return refused("InvalidExtensionName", "Invalid extension name");
}

/** The events that a registration is for. */
export function eventsOf({ body }: RuntimeRequest, isExternal: boolean): readonly string[] | RuntimeAnswer {
  const events = body.reduce((sum, { length }) => sum + length, 0) > engineLimits.extensionRequestBytes ? undefined : parsed(body);
  if (events === undefined) return problem(403, "InvalidRequestFormat", "The body is no list of events");
  const wrong = events.find((event) => event !== "INVOKE" && !(isExternal && event === "SHUTDOWN"));
  if (wrong === undefined) return [...new Set(events)];
  if (wrong === "SHUTDOWN") return refused("InvalidEventType", `${wrong}: ShutdownEventNotSupportedForInternalExtension`);
  return refused("InvalidEventType", `${wrong.slice(0, 64)}: ErrorInvalidEventType`);
}

function parsed(body: readonly Buffer[]): readonly string[] | undefined {
  try {
    const { events = [] } = JSON.parse(Buffer.concat(body).toString("utf8")) as { readonly events?: unknown };
    return Array.isArray(events) && events.every((event) => typeof event === "string") ? events : undefined;
  } catch {
    return undefined;
  }
}

/** The extension that a request says it comes from. */
export function identifierOf({ headers }: RuntimeRequest): string | RuntimeAnswer {
  const id = headers.get(identifierHeader.toLowerCase());
  if (!id) return refused("MissingExtensionIdentifier", `Missing ${identifierHeader} header`);
  return uuid.test(id) ? id.toLowerCase() : refused("InvalidExtensionIdentifier", `Invalid ${identifierHeader}`);
}

export function registered(id: string, extended: ExtendedFunction, { headers }: RuntimeRequest): RuntimeAnswer {
  const { functionName, functionVersion, handler, accountId } = extended;
  const wantsAccount = headers
    .get("lambda-extension-accept-feature")
    ?.split(",")
    .some((feature) => feature.trim() === "accountId");
  return {
    status: 200,
    headers: [`${identifierHeader}: ${id}`],
    body: JSON.stringify({ functionName, functionVersion, handler, ...(wantsAccount ? { accountId } : {}) }),
  };
}

export function invokeEvent({ requestId, invokedFunctionArn, traceId }: Invocation, deadlineMs: number): object {
  const tracing = { type: "X-Amzn-Trace-Id", value: traceId };
  return { eventType: "INVOKE", deadlineMs: Math.round(deadlineMs), requestId, invokedFunctionArn, tracing };
}

export const shutdownEvent = (shutdownReason: ShutdownReason, deadlineMs: number): object => ({
  eventType: "SHUTDOWN",
  shutdownReason,
  deadlineMs: Math.round(deadlineMs),
});
