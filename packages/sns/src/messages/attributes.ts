import { Fault } from "@mayfly/kernel";
import type { MessageAttributeValue } from "@mayfly/wire/sns";
import { limits } from "../limits.ts";
import type { KeptAttribute } from "./published-message.ts";

/** Message attributes by name. */
export type KeptAttributes = Readonly<Record<string, KeptAttribute>>;

type Given = Readonly<Record<string, MessageAttributeValue | undefined>>;

const refused = (message: string): Fault => new Fault("InvalidParameterValueException", message);

/**
 * Reads and checks message attributes. The texts are recorded ones.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html
 * @throws Fault ParameterValueInvalid
 */
export function readMessageAttributes(given: Given = {}): KeptAttributes {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      checkName(name);
      return [name, readValue(name, value)];
    }),
  );
}

function checkName(name: string): void {
  if (name === "") throw refused("The message attribute name must not be empty.");
  if (name.length > limits.attributeNameCharacters)
    throw refused(`Length of message attribute name must be less than ${limits.attributeNameCharacters} bytes.`);
  const other = /[^\w.-]/.exec(name)?.[0];
  if (other !== undefined)
    throw refused(
      `Invalid non-alphanumeric character '#x${(other.codePointAt(0) ?? 0).toString(16).toUpperCase()}' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.`,
    );
  if (name.startsWith(".")) throw refused("Invalid message attribute name starting with character '.' was found.");
  if (name.endsWith(".")) throw refused("Invalid message attribute name ending with character '.' was found.");
  if (name.includes("..")) throw refused("Message attribute name can not have successive '.' character.");
}

/** In which field a type's value is. */
const fields: Readonly<Record<string, "String" | "Binary" | undefined>> = { String: "String", Number: "String", Binary: "Binary" };

function readValue(name: string, value: MessageAttributeValue | undefined): KeptAttribute {
  const type = value?.DataType ?? "";
  const [base = ""] = type.split(".");
  const field = Object.hasOwn(fields, base) ? fields[base] : undefined;
  if (field === undefined)
    throw refused(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  const { StringValue: text = "", BinaryValue: bytes = new Uint8Array() } = value ?? {};
  const [given, other] = field === "Binary" ? [bytes, text] : [text, bytes];
  if (given.length === 0 && other.length > 0)
    throw refused(`The message attribute '${name}' with type '${type}' must use field '${field}'.`);
  if (given.length === 0)
    throw refused(`The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${type}'.`);
  if (base === "Number" && !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text.trim()))
    throw refused(`Could not cast message attribute '${name}' value to number.`);
  return field === "Binary" ? { type, base64: Buffer.from(bytes).toString("base64") } : { type, text };
}

/** What attributes add to a message's size. */
export const attributesBytes = (attributes: KeptAttributes): number =>
  Object.entries(attributes).reduce(
    (sum, [name, { type, text, base64 }]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(type) + Buffer.byteLength(text ?? "") + Buffer.byteLength(base64 ?? "", "base64"),
    0,
  );
