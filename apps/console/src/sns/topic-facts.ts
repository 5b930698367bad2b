/** A topic's or subscription's attributes as the API has them: texts by name. */
export type SnsAttributes = Readonly<Record<string, string>>;

/** The topic's name in its ARN, or in a subscription's. */
export const topicNameOf = (arn: string): string => arn.split(":")[5] ?? arn;

export const isFifoTopic = (nameOrArn: string): boolean => nameOrArn.endsWith(".fifo");

/** What is set of a topic's encryption, in words. It is kept and not acted on. */
export const encryptionText = ({ KmsMasterKeyId }: SnsAttributes): string =>
  KmsMasterKeyId ? `${KmsMasterKeyId}, not acted on` : "Not set";

/** JSON with line breaks; whatever is no JSON as it is. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** JSON without blanks; whatever is no JSON as it is. */
export function compactJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** Whether a text is a JSON object. */
export function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
