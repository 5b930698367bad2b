import { createHash, createPrivateKey, generateKeyPair, type KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { selfSignedCertificate } from "./certificate.ts";

/** Where the key lies, sealed; once stored it stays. */
export interface SecretFile {
  read(): Promise<Uint8Array | undefined>;
  /** Resolves when it is on disk. */
  write(content: Uint8Array): Promise<void>;
}

/** What notifications are signed with. */
interface SigningKey {
  readonly privateKey: KeyObject;
  /** PEM. */
  readonly certificate: string;
  /** `/SimpleNotificationService-ID.pem`: where AWS has its certificates, too. */
  readonly path: string;
}

/** The key, read or made when it is first asked for. */
export interface SigningKeys {
  get(): Promise<SigningKey>;
}

interface Kept {
  /** PKCS #8. */
  readonly key: string;
  readonly certificate: string;
}

/** The key in a file, made when there is none. */
export function createSigningKeys(file: SecretFile, now: () => number): SigningKeys {
  let key: Promise<SigningKey> | undefined;
  return {
    get() {
      key ??= readOrMake(file, now()).catch((error: unknown) => {
        key = undefined;
        throw error;
      });
      return key;
    },
  };
}

async function readOrMake(file: SecretFile, nowMs: number): Promise<SigningKey> {
  const content = await file.read();
  if (content !== undefined) return keyOf(JSON.parse(Buffer.from(content).toString("utf8")) as Kept);
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  const kept: Kept = {
    key: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    certificate: selfSignedCertificate(privateKey, "sns.mayfly", nowMs),
  };
  await file.write(Buffer.from(JSON.stringify(kept)));
  return keyOf(kept);
}

const keyOf = ({ key, certificate }: Kept): SigningKey => ({
  privateKey: createPrivateKey(key),
  certificate,
  path: `/SimpleNotificationService-${createHash("sha256").update(certificate).digest("hex").slice(0, 32)}.pem`,
});
