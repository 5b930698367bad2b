import { AccessDenied, isFault, type Fault } from "@mayfly/kernel";
import type { Model, Shape } from "../model/model.ts";
import type { QueryError } from "../model/raw-model.ts";
import type { ServiceRow } from "../services/service-rows.ts";
import { queryCodes } from "./query-codes.ts";
import { unmodelledErrors } from "./unmodelled-errors.ts";

/** An error as a protocol renders it. */
export interface ErrorAnswer {
  readonly code: string;
  readonly status: number;
  /** The key of the text, as the model's shape has it. */
  readonly messageKey: "message" | "Message";
  /** Null where AWS sends none. */
  readonly message: string | null;
  readonly sender: boolean;
  /** The model's shape, where it has one, and the further members to put in it. */
  readonly shape: Shape | undefined;
  readonly members: Readonly<Record<string, unknown>>;
  /** The same in Query, of a service that speaks both; clients of JSON are told it, too. */
  readonly query?: { readonly code: string; readonly status: number; readonly message: string | null };
}

/** What the caller is told of an error: a Fault as it is, AccessDenied in the service's words, nothing of all else. */
export function errorAnswer(model: Model, row: ServiceRow, error: unknown): ErrorAnswer {
  const answer = anyAnswer(model, row, error);
  return row.queryCompatible === undefined ? answer : withQueryCode(model, row.queryCompatible.errorNamespace, answer);
}

function anyAnswer(model: Model, row: ServiceRow, error: unknown): ErrorAnswer {
  if (isFault(error)) return faultAnswer(model, row, error);
  if (error instanceof AccessDenied) return accessDeniedAnswer(row, error.message);
  return { ...plain, ...row.internal, status: 500, sender: false, messageKey: row.errorFamily === "restJson" ? "Message" : "message" };
}

const plain = { shape: undefined, members: {}, messageKey: "message" as const };

function accessDeniedAnswer(row: ServiceRow, message: string): ErrorAnswer {
  if (row.errorFamily === "s3") {
    // Who is nobody is told nothing.
    const told = message.startsWith("User: anonymous ") ? "Access Denied" : message;
    return { ...plain, code: "AccessDenied", status: 403, message: told, sender: true };
  }
  const code = row.accessDeniedCode ?? (row.errorFamily === "query" ? "AccessDenied" : "AccessDeniedException");
  const status = row.errorFamily === "awsJson" && row.queryCompatible === undefined ? 400 : 403;
  return { ...plain, code, status, message, sender: true, messageKey: "Message" };
}

function faultAnswer(model: Model, row: ServiceRow, fault: Fault): ErrorAnswer {
  const { message: memberMessage, ...members } = fault.members;
  const message = memberMessage === null ? null : fault.message;
  const modelled = modelledError(model, fault.code);
  if (modelled === undefined) {
    const status = fault.status ?? unmodelledErrors[fault.code] ?? 400;
    return { ...plain, code: fault.code, status, message, sender: status < 500, members };
  }
  const { shape, code, senderFault } = modelled;
  const messageKey = shape.members.some((member) => member.name === "Message") ? "Message" : "message";
  const status = fault.status ?? modelled.status;
  const type = shape.members.some((member) => member.name === "Type") ? { Type: status < 500 ? "User" : "Server" } : {};
  return { code, status, messageKey, message, sender: senderFault, shape, members: { ...type, ...members } };
}

/** Codes of all services' are Coral's in JSON; those that are Query's by origin have another name there. The status is the same in both, as recorded answers have it. */
function withQueryCode(model: Model, namespace: string, answer: ErrorAnswer): ErrorAnswer {
  const modelled = answer.shape && model.errors.get(answer.code);
  const inQuery: QueryError = modelled?.query ?? {
    code: queryCodes[answer.code] ?? answer.code.replace(/Exception$/, ""),
    httpStatusCode: answer.status,
  };
  const code =
    modelled === undefined
      ? `com.amazon.coral.service#${answer.code.replace(/(Exception)?$/, "Exception")}`
      : `${namespace}#${answer.code}`;
  return {
    ...answer,
    code,
    status: inQuery.httpStatusCode,
    query: { code: inQuery.code, status: inQuery.httpStatusCode, message: inQuery.message ?? answer.message },
  };
}

/** By name or by code on the wire; a code that all services share is never taken for a service's own. */
function modelledError(model: Model, code: string) {
  return model.errors.get(code) ?? (code in unmodelledErrors ? undefined : model.errors.get(`${code}Exception`));
}
