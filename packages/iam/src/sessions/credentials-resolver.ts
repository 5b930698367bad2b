import {
  rootPrincipal,
  type Clock,
  type CredentialsRefusal,
  type CredentialsResolver,
  type Principal,
  type ResolvedCredentials,
} from "@mayfly/kernel";
import { createLRU } from "lru.min";
import { openSession, type Sealer, type Session } from "./session.ts";

/** A long-lived access key as the directory knows it. */
export interface LongLivedKey {
  readonly principal: Principal;
  readonly secretAccessKey: string;
  readonly active: boolean;
}

/** What the resolver asks of the directory; undefined for keys that do not exist. */
export interface AccessKeyDirectory {
  accessKey(accessKeyId: string): LongLivedKey | undefined | Promise<LongLivedKey | undefined>;
}

/** How the resolver is set up. */
export interface CredentialsResolverOptions {
  readonly directory: AccessKeyDirectory;
  readonly keyring: Sealer;
  readonly clock: Clock;
  /** `open`: every key is somebody's; the gateway checks no secret. */
  readonly mode: "strict" | "open";
  /** Whose root an unknown key is in open mode. */
  readonly defaultAccountId: string;
}

const openedTokenCacheEntries = 10_000;

/** Finds whom an access key belongs to: long-lived keys in the directory, temporary ones in their own token. */
export function createCredentialsResolver(options: CredentialsResolverOptions): CredentialsResolver {
  const strict = createStrictResolver(options);
  if (options.mode === "strict") return strict;
  return {
    async resolve(accessKeyId, sessionToken) {
      const resolved = await strict.resolve(accessKeyId, sessionToken);
      if (typeof resolved !== "string") return resolved;
      const accountId = /^\d{12}$/.test(accessKeyId) ? accessKeyId : options.defaultAccountId;
      return { principal: rootPrincipal(accountId), accessKeyId, secretAccessKey: "" };
    },
  };
}

interface OpenedToken {
  readonly session: Session;
  readonly credentials: ResolvedCredentials;
}

function createStrictResolver({ directory, keyring, clock }: CredentialsResolverOptions): CredentialsResolver {
  const opened = createLRU<string, OpenedToken>({ max: openedTokenCacheEntries });
  return {
    async resolve(accessKeyId, sessionToken) {
      if (sessionToken === undefined || sessionToken === "") return resolveLongLived(directory, accessKeyId);
      const known = opened.get(sessionToken) ?? open(keyring, sessionToken);
      if (known === undefined || known.session.accessKeyId !== accessKeyId) return "invalid-token";
      opened.set(sessionToken, known);
      return known.session.expiresAtMs <= clock.now() ? "expired-token" : known.credentials;
    },
  };
}

function open(keyring: Sealer, sessionToken: string): OpenedToken | undefined {
  const session = openSession(keyring, sessionToken);
  if (session === undefined) return undefined;
  const { principal, secretAccessKey, accessKeyId, issuedAtMs } = session;
  return { session, credentials: { principal, secretAccessKey, accessKeyId, tokenIssuedAtMs: issuedAtMs } };
}

async function resolveLongLived(directory: AccessKeyDirectory, accessKeyId: string): Promise<ResolvedCredentials | CredentialsRefusal> {
  const key = await directory.accessKey(accessKeyId);
  if (key === undefined) return "unknown-key";
  if (!key.active) return "inactive-key";
  return { principal: key.principal, secretAccessKey: key.secretAccessKey, accessKeyId };
}
