import { randomBytes } from "node:crypto";
import { newIamId, type Principal } from "@mayfly/kernel";

/** Temporary credentials and whose they are. Nothing of them is stored: the session token holds all of it, sealed. */
export interface Session {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly principal: Principal;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/** Seals bytes so that only this server can read or make them. The keyring is one. */
export interface Sealer {
  /** @param purpose bound into the seal: what was sealed for one opens for no other */
  seal(purpose: string, plaintext: Buffer): Buffer;
  /** undefined if the bytes were not sealed here for this purpose */
  open(purpose: string, sealed: Buffer): Buffer | undefined;
}

/** A session with its token, as STS answers it. */
export interface IssuedSession extends Session {
  readonly sessionToken: string;
}

const purpose = "session-token";
const secretBytes = 30;

/** Makes temporary credentials for the principal. Times count in whole seconds, as AWS's do. */
export function issueSession(sealer: Sealer, principal: Principal, nowMs: number, durationSeconds: number): IssuedSession {
  const issuedAtMs = Math.floor(nowMs / 1000) * 1000;
  const session: Session = {
    accessKeyId: newIamId("ASIA", 16),
    secretAccessKey: randomBytes(secretBytes).toString("base64"),
    principal,
    issuedAtMs,
    expiresAtMs: issuedAtMs + durationSeconds * 1000,
  };
  return { ...session, sessionToken: sealSession(sealer, session) };
}

/** The session's token. */
export function sealSession(sealer: Sealer, session: Session): string {
  const { accessKeyId, secretAccessKey, principal, issuedAtMs, expiresAtMs } = session;
  return sealer
    .seal(purpose, Buffer.from(JSON.stringify({ accessKeyId, secretAccessKey, principal, issuedAtMs, expiresAtMs })))
    .toString("base64url");
}

/** The session in a token; undefined if this server did not seal it. Says nothing about its expiry. */
export function openSession(sealer: Sealer, sessionToken: string): Session | undefined {
  const sealed = Buffer.from(sessionToken, "base64url");
  // Several texts decode to the same bytes; only the one that was given out is the token.
  if (sealed.toString("base64url") !== sessionToken) return undefined;
  const plaintext = sealer.open(purpose, sealed);
  return plaintext && (JSON.parse(plaintext.toString("utf8")) as Session);
}
