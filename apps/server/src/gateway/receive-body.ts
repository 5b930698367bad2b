import type { IncomingMessage } from "node:http";
import { Fault } from "@mayfly/kernel";
import type { OperationMatch, ServiceWire } from "@mayfly/wire";
import { limitOf, type BodyLimits } from "./body-limits.ts";
import { BodyTooLarge, NoRoomForBody, readBody } from "./read-body.ts";
import type { BodyAccount } from "./receiving-budget.ts";

interface Receiving {
  readonly wire: ServiceWire;
  readonly match: OperationMatch;
  readonly account: BodyAccount;
  readonly limits: BodyLimits;
}

/** Reads a request's body, within what its operation allows. @throws Fault, BodyAborted */
export async function receiveBody(incoming: IncomingMessage, { wire, match, account, limits }: Receiving): Promise<Buffer> {
  const limitBytes = limitOf(limits, wire, match.operation);
  try {
    return await readBody(incoming, limitBytes, account);
  } catch (error) {
    if (error instanceof NoRoomForBody) throw rateExceeded(wire);
    if (!(error instanceof BodyTooLarge)) throw error;
    if (wire.service === "s3") throw new Fault("MaxMessageLengthExceeded", "Your request was too large.", { status: 400 });
    const operation = match.operation === "Invoke" ? "InvokeFunction" : match.operation;
    throw new Fault(
      "RequestEntityTooLargeException",
      `Request must be smaller than ${limitBytes} bytes for the ${operation ?? wire.service} operation`,
      { status: 413 },
    );
  }
}

/** What SDKs take as a word to try again later. */
function rateExceeded({ service }: ServiceWire): Fault {
  if (service === "lambda")
    return new Fault("TooManyRequestsException", "Rate Exceeded.", { status: 429, members: { Reason: "CallerRateLimitExceeded" } });
  if (service === "s3") return new Fault("SlowDown", "Please reduce your request rate.", { status: 503 });
  return new Fault("ThrottlingException", "Rate exceeded", { status: 400 });
}
