import { Fault, type Principal } from "@mayfly/kernel";
import { mayflyLimits } from "./limits.ts";

const namePattern = /^[A-Za-z0-9._-]{1,25}$/;

/** Whose events they are: a role's sessions share theirs. */
export const ownerOf = (principal: Principal): string =>
  principal.kind === "assumed-role" ? `arn:aws:iam::${principal.accountId}:role/${principal.roleName}` : principal.arn;

interface EventsDocument {
  readonly openapi?: unknown;
  readonly components?: { readonly examples?: Readonly<Record<string, { readonly value?: unknown }>> };
}

/**
 * Checks a document of test events, in the form that the registry `lambda-testevent-schemas` has; answers the events' names.
 * @throws Fault ValidationException
 */
export function checkTestEvents(content: string): string[] {
  const refuse = (message: string): never => {
    throw new Fault("ValidationException", message);
  };
  if (Buffer.byteLength(content) > mayflyLimits.testEventsBytes)
    refuse(`Test events may have ${mayflyLimits.testEventsBytes} bytes together.`);
  const { openapi, components } = readDocument(content) ?? refuse("Content is not JSON.");
  if (typeof openapi !== "string" || !openapi.startsWith("3.")) refuse("Content is no OpenAPI 3 document.");
  const names = Object.keys(components?.examples ?? {});
  if (names.length > mayflyLimits.testEventCount) refuse(`A function may have ${mayflyLimits.testEventCount} private test events.`);
  const wrong = names.find((name) => !namePattern.test(name));
  if (wrong !== undefined)
    refuse(`${JSON.stringify(wrong)} is no name of a test event: 1 to 25 letters, numbers, dots, hyphens, underscores.`);
  return names;
}

function readDocument(content: string): EventsDocument | undefined {
  try {
    const document: unknown = JSON.parse(content);
    return typeof document === "object" && document !== null ? document : undefined;
  } catch {
    return undefined;
  }
}
