import { sign } from "node:crypto";
import { promisify } from "node:util";
import { createLRU } from "lru.min";
import type { SigningKeys } from "./signing-key.ts";

/** What of an envelope is signed. */
type Signable = Readonly<Partial<Record<SignedName, string | undefined>>>;

const signedNames = ["Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"] as const;
type SignedName = (typeof signedNames)[number];

/** What a topic's SignatureVersion stands for. */
const algorithms = { "1": "sha1", "2": "sha256" } as const;
export type SignatureVersion = keyof typeof algorithms;

/** An envelope's signature. */
interface Signature {
  readonly version: SignatureVersion;
  readonly text: string;
  /** Of the certificate, on this server. */
  readonly certificatePath: string;
}

/** Signs envelopes. */
export type Signer = (envelope: Signable, version: SignatureVersion) => Promise<Signature>;

/** Subscribers of one message share its signature: so many are remembered. */
const rememberedCount = 200;
const rememberedCharacters = 4_096;

const signOffThread = promisify(sign);

/** https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message-verify-message-signature.html */
export function createSigner(keys: SigningKeys): Signer {
  const known = createLRU<string, Promise<string>>({ max: rememberedCount });
  return async (envelope, version) => {
    const { privateKey, path } = await keys.get();
    const text = canonicalText(envelope);
    const key = `${version}${text}`;
    let signature = known.get(key);
    if (signature === undefined) {
      signature = signOffThread(algorithms[version], Buffer.from(text), privateKey).then((bytes) => bytes.toString("base64"));
      // A long message is not worth the memory.
      if (text.length < rememberedCharacters) known.set(key, signature);
    }
    return { version, text: await signature, certificatePath: path };
  };
}

/** Each name and its value on a line, in the order of the names; what is not there is left out. */
const canonicalText = (envelope: Signable): string =>
  signedNames.flatMap((name) => (envelope[name] === undefined ? [] : [`${name}\n${envelope[name]}\n`])).join("");
