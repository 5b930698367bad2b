import type { ErrorAnswer } from "../errors/error-answer.ts";
import { jsonOf } from "./json.ts";

/** An error's members and text as JSON, in the model's terms; a member that travels in a header stays out. */
export function jsonErrorBody(error: ErrorAnswer): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(error.members)) {
    const member = error.shape?.members.find((candidate) => candidate.name === name);
    if (member === undefined || member.location !== undefined) continue;
    body[member.wireName] = jsonOf(member, value);
  }
  body[error.messageKey] = error.message;
  return body;
}
