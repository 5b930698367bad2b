import { createHash } from "node:crypto";
import type { MessageAttributeValue } from "@mayfly/wire/sqs";
import { invalidParameter } from "../faults.ts";
import { limits } from "../limits.ts";

/** A message attribute as it is kept: bytes in base64. */
export interface KeptAttribute {
  readonly type: string;
  readonly text?: string;
  readonly base64?: string;
}

/** Message attributes by name. */
export type KeptAttributes = Readonly<Record<string, KeptAttribute>>;

type Given = Readonly<Record<string, MessageAttributeValue | undefined>>;

/**
 * Reads and checks message attributes.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 * @throws Fault InvalidParameterValue
 */
export function readMessageAttributes(given: Given = {}): KeptAttributes {
  const entries = Object.entries(given);
  if (entries.length > limits.messageAttributeCount)
    throw invalidParameter(
      `Number of message attributes [${entries.length}] exceeds the allowed maximum [${limits.messageAttributeCount}].`,
    );
  return Object.fromEntries(
    entries.map(([name, value]) => {
      checkName(name);
      return [name, readValue("user", name, value)];
    }),
  );
}

/** The only one that may be sent. @throws Fault InvalidParameterValue */
export function readTraceHeader(given: Given = {}): KeptAttribute | undefined {
  const unknown = Object.keys(given).find((name) => name !== "AWSTraceHeader");
  if (unknown !== undefined) throw invalidParameter(`Message system attribute name '${unknown}' is invalid.`);
  const value = given["AWSTraceHeader"];
  if (value === undefined) return undefined;
  if (value.DataType !== "String")
    throw invalidParameter("The value of message system attribute 'AWSTraceHeader' must be of type 'String'.");
  return readValue("system", "AWSTraceHeader", value);
}

function checkName(name: string): void {
  if (name.length > limits.messageAttributeNameCharacters)
    throw invalidParameter(`Length of message attribute name must be less than ${limits.messageAttributeNameCharacters} bytes.`);
  if (!/^[\w.-]+$/.test(name))
    throw invalidParameter(
      "Invalid non-alphanumeric character was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
    );
  if (/^(aws|amazon)\./i.test(name))
    throw invalidParameter(
      "You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. These strings are reserved for internal use.",
    );
  if (name.startsWith(".") || name.endsWith(".")) throw invalidParameter("You can't start or end message attribute names with a period.");
  if (name.includes("..")) throw invalidParameter("You can't use consecutive periods in message attribute names.");
}

function readValue(kind: "user" | "system", name: string, value: MessageAttributeValue | undefined): KeptAttribute {
  const type = value?.DataType ?? "";
  if (type === "") throw invalidParameter(`The message attribute '${name}' must contain non-empty message attribute type.`);
  const [base = ""] = type.split(".");
  if (!["String", "Number", "Binary"].includes(base) || type.length > limits.messageAttributeNameCharacters)
    throw invalidParameter(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  if ((value?.StringListValues ?? []).length > 0 || (value?.BinaryListValues ?? []).length > 0)
    throw invalidParameter(`Message (${kind}) attribute '${name}' list values in SendMessage are not supported.`);
  const empty = (): never => {
    throw invalidParameter(
      `Message (${kind}) attribute '${name}' must contain a non-empty value of type '${base === "Binary" ? "Binary" : "String"}'.`,
    );
  };
  if (base === "Binary") {
    const bytes = value?.BinaryValue;
    return bytes === undefined || bytes.length === 0 ? empty() : { type, base64: Buffer.from(bytes).toString("base64") };
  }
  const text = value?.StringValue ?? "";
  if (text === "") return empty();
  if (!isValidText(text)) throw invalidParameter(`Invalid characters found in the value of message (${kind}) attribute '${name}'.`);
  if (base === "Number" && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text.trim()))
    throw invalidParameter(`Can't cast the value of message (${kind}) attribute '${name}' to a number.`);
  return { type, text };
}

/** What SQS stores: XML's characters. */
export const isValidText = (text: string): boolean => !/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text);

/** What attributes add to a message's size. */
export const attributesBytes = (attributes: KeptAttributes): number =>
  Object.entries(attributes).reduce(
    (sum, [name, { type, text, base64 }]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(type) + Buffer.byteLength(text ?? "") + Buffer.byteLength(base64 ?? "", "base64"),
    0,
  );

/** As the APIs answer it. */
export const shapeAttribute = ({ type, text, base64 }: KeptAttribute): MessageAttributeValue => ({
  DataType: type,
  ...(text !== undefined && { StringValue: text }),
  ...(base64 !== undefined && { BinaryValue: Buffer.from(base64, "base64") }),
});

/** The MD5 of attributes that SDKs check; undefined without any. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation */
export function md5OfAttributes(attributes: KeptAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash("md5");
  const add = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { type, text, base64 } = attributes[name] as KeptAttribute;
    add(Buffer.from(name));
    add(Buffer.from(type));
    hash.update(Buffer.from([base64 === undefined ? 1 : 2]));
    add(base64 === undefined ? Buffer.from(text ?? "") : Buffer.from(base64, "base64"));
  }
  return hash.digest("hex");
}

/** The MD5 of a message's body. */
export const md5OfText = (text: string): string => createHash("md5").update(text, "utf8").digest("hex");
