import type { KeptAttribute } from "../../messages/published-message.ts";

/** Members of an envelope in their order; what is undefined is left out. */
export type Envelope = Readonly<Record<string, string | undefined | AttributeMap>>;

/** Attributes as envelopes have them. */
export type AttributeMap = Readonly<Record<string, { readonly Type: string; readonly Value: string }>>;

/** Bytes stay in base64. */
export const attributeMap = (attributes: Readonly<Record<string, KeptAttribute>>): AttributeMap =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { type, text, base64 }]) => [name, { Type: type, Value: text ?? base64 ?? "" }]),
  );

/** JSON as SNS writes it: a member a line, a space on both sides of its colon. */
export function renderEnvelope(envelope: Envelope): string {
  const members = Object.entries(envelope).flatMap(([name, value]) => {
    if (value === undefined) return [];
    return [`  ${JSON.stringify(name)} : ${typeof value === "string" ? JSON.stringify(value) : renderAttributes(value)}`];
  });
  return `{\n${members.join(",\n")}\n}`;
}

function renderAttributes(attributes: AttributeMap): string {
  const members = Object.entries(attributes).map(([name, value]) => `    ${JSON.stringify(name)} : ${JSON.stringify(value)}`);
  return `{\n${members.join(",\n")}\n  }`;
}
