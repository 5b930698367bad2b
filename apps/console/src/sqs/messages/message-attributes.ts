import type { MessageAttributeValue } from "@aws-sdk/client-sqs";

/** A message attribute as it is typed. */
export interface AttributeDraft {
  readonly name: string;
  readonly type: "String" | "String.Array" | "Number" | "Binary";
  /** Binary: base64; an array: JSON. */
  readonly value: string;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html */
export const mostAttributes = 10;

/** What is wrong with an attribute; undefined if nothing is. */
export function attributeProblem(all: readonly AttributeDraft[], index: number): string | undefined {
  const { name = "", type, value = "" } = all[index] ?? {};
  if (!/^[\w.-]{1,256}$/.test(name)) return "A name has 1 to 256 letters, numbers and . - _";
  if (all.findIndex((one) => one.name === name) < index) return "There is an attribute of this name already.";
  if (value === "") return "A value is needed.";
  if (type === "Number" && !Number.isFinite(Number(value))) return "The value is no number.";
  if (type === "String.Array" && !isArray(value)) return "The value is no JSON array.";
  if (type === "Binary" && bytesOf(value) === undefined) return "A binary value is typed as base64.";
  return undefined;
}

function isArray(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}

function bytesOf(base64: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** What SendMessage is asked for. */
export const attributesOf = (drafts: readonly AttributeDraft[]): Record<string, MessageAttributeValue> =>
  Object.fromEntries(
    drafts.map(({ name, type, value }) => [
      name,
      { DataType: type, ...(type === "Binary" ? { BinaryValue: bytesOf(value) ?? new Uint8Array() } : { StringValue: value }) },
    ]),
  );

/** An attribute's value as a text; bytes as base64. */
export const valueText = ({ StringValue, BinaryValue }: MessageAttributeValue): string =>
  StringValue ?? btoa(Array.from(BinaryValue ?? [], (byte) => String.fromCharCode(byte)).join(""));
