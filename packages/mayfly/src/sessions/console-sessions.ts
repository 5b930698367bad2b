import { createHash, randomBytes } from "node:crypto";
import type { Models } from "@mayfly/db";
import { issueSession, type IdentityDirectory, type IssuedSession, type Sealer } from "@mayfly/iam";
import { newUuid, type Clock, type Principal } from "@mayfly/kernel";
import { mayflyLimits } from "../limits.ts";

/** A signed-in browser. */
export interface Session {
  readonly id: string;
  readonly principal: Principal;
  readonly accessKeyId: string | undefined;
  readonly lastIssuedKeyId: string | undefined;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly lastUsedAtMs: number;
  readonly sourceIp: string;
  readonly userAgent: string;
}

/** Where somebody signs in from. */
export interface SigninOrigin {
  readonly sourceIp: string;
  readonly userAgent: string;
}

/** A session that has just begun, with the cookie that is told this once. */
export interface BegunSession {
  readonly cookie: string;
  readonly session: Session;
}

/** Why a one-time token signs nobody in. */
export type TokenRefusal = "unknown-token" | "used-token" | "expired-token" | "ended-principal";

/** Who is signed in to the console, kept over a restart. */
export interface ConsoleSessions {
  /** Makes a token that signs the principal in once. @param accessKeyId the long-lived key that asked, whose end ends the session */
  createToken(principal: Principal, accessKeyId?: string): Promise<{ readonly token: string; readonly expiresAtMs: number }>;
  /** Takes a token and begins its session. */
  useToken(token: string, origin: SigninOrigin): Promise<BegunSession | TokenRefusal>;
  /** Begins a session of somebody who has proved who they are. */
  begin(principal: Principal, origin: SigninOrigin, accessKeyId?: string): Promise<BegunSession>;
  /** The session of a cookie, if it lasts and its principal still exists. */
  find(cookie: string): Promise<Session | undefined>;
  /** Temporary credentials for the session's page. They end with the session at the latest. */
  issueCredentials(session: Session): Promise<IssuedSession>;
  list(accountId: string): Promise<Session[]>;
  /** Ends a session; answers whether there was one. */
  end(sessionId: string): Promise<boolean>;
}

/** What sessions are made of. */
export interface ConsoleSessionsResources {
  readonly models: Pick<Models, "consoleSession" | "signinToken">;
  readonly directory: IdentityDirectory;
  readonly keyring: Sealer;
  readonly clock: Clock;
}

const secretBytes = 32;

const newSecret = (): string => randomBytes(secretBytes).toString("base64url");
const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

/** Makes the store of sessions over the database. */
export function createConsoleSessions(resources: ConsoleSessionsResources): ConsoleSessions {
  const { models, clock } = resources;
  const begin: ConsoleSessions["begin"] = async (principal, origin, accessKeyId) => {
    const nowMs = clock.now();
    await models.consoleSession.deleteMany({ where: { expiresAtMs: { lt: nowMs } } });
    const cookie = newSecret();
    const row = await models.consoleSession.create({
      data: {
        id: newUuid(),
        cookieHash: hashOf(cookie),
        accountId: principal.accountId,
        principal: JSON.stringify(principal),
        accessKeyId: accessKeyId ?? null,
        createdAtMs: nowMs,
        expiresAtMs: nowMs + lifetimeMs(principal),
        lastUsedAtMs: nowMs,
        sourceIp: origin.sourceIp,
        userAgent: origin.userAgent.slice(0, mayflyLimits.userAgentCharacters),
      },
    });
    return { cookie, session: sessionOf(row) };
  };
  return {
    begin,
    createToken: (principal, accessKeyId) => createToken(resources, principal, accessKeyId),
    async useToken(token, origin) {
      const taken = await takeToken(resources, token);
      if (typeof taken === "string") return taken;
      if (!(await isStillTrue(resources.directory, taken))) return "ended-principal";
      return begin(taken.principal, origin, taken.accessKeyId);
    },
    async find(cookie) {
      const row = await models.consoleSession.findUnique({ where: { cookieHash: hashOf(cookie) } });
      if (row === null || row.expiresAtMs <= clock.now()) return undefined;
      const session = sessionOf(row);
      return (await isStillTrue(resources.directory, session)) ? session : undefined;
    },
    issueCredentials: (session) => issueCredentials(resources, session),
    async list(accountId) {
      const rows = await models.consoleSession.findMany({
        where: { accountId, expiresAtMs: { gt: clock.now() } },
        orderBy: { createdAtMs: "desc" },
      });
      return rows.map(sessionOf);
    },
    end: async (id) => (await models.consoleSession.deleteMany({ where: { id } })).count > 0,
  };
}

async function createToken({ models, clock }: ConsoleSessionsResources, principal: Principal, accessKeyId: string | undefined) {
  const nowMs = clock.now();
  // A used one is kept for its time, so that using it again can be told from one that never was.
  await models.signinToken.deleteMany({ where: { expiresAtMs: { lt: nowMs - mayflyLimits.consoleSessionMs } } });
  const token = newSecret();
  const expiresAtMs = nowMs + mayflyLimits.signinTokenMs;
  await models.signinToken.create({
    data: { tokenHash: hashOf(token), principal: JSON.stringify(principal), accessKeyId: accessKeyId ?? null, expiresAtMs },
  });
  return { token, expiresAtMs };
}

/** Marks the token as used and answers whose it is. Of two who use it at once, one is refused. */
async function takeToken({ models, clock }: ConsoleSessionsResources, token: string) {
  const nowMs = clock.now();
  const tokenHash = hashOf(token);
  const { count } = await models.signinToken.updateMany({
    where: { tokenHash, usedAtMs: null, expiresAtMs: { gt: nowMs } },
    data: { usedAtMs: nowMs },
  });
  const row = await models.signinToken.findUnique({ where: { tokenHash } });
  if (row === null) return "unknown-token";
  if (count === 0) return row.usedAtMs === null ? "expired-token" : "used-token";
  return { principal: JSON.parse(row.principal) as Principal, accessKeyId: row.accessKeyId ?? undefined };
}

async function issueCredentials({ models, keyring, clock }: ConsoleSessionsResources, session: Session): Promise<IssuedSession> {
  const nowMs = clock.now();
  const leftSeconds = Math.floor((session.expiresAtMs - nowMs) / 1000);
  const issued = issueSession(keyring, session.principal, nowMs, Math.min(mayflyLimits.consoleCredentialsSeconds, leftSeconds));
  await models.consoleSession.updateMany({
    where: { id: session.id },
    data: { lastUsedAtMs: nowMs, lastIssuedKeyId: issued.accessKeyId },
  });
  return issued;
}

const lifetimeMs = (principal: Principal): number =>
  principal.kind === "assumed-role" ? mayflyLimits.roleConsoleSessionMs : mayflyLimits.consoleSessionMs;

/** Whether the principal exists and the key that signed in is still active. */
async function isStillTrue(
  directory: IdentityDirectory,
  { principal, accessKeyId }: Pick<Session, "principal" | "accessKeyId">,
): Promise<boolean> {
  if (accessKeyId !== undefined && (await directory.accessKey(accessKeyId))?.active !== true) return false;
  const { accountId } = principal;
  if (principal.kind === "user") return (await directory.userPolicies(accountId, principal.userName))?.id === principal.userId;
  if (principal.kind === "assumed-role")
    return (await directory.role(accountId, principal.roleName))?.id === principal.userId.split(":")[0];
  return principal.kind === "root";
}

interface SessionRow extends Omit<Session, "principal" | "accessKeyId" | "lastIssuedKeyId"> {
  readonly principal: string;
  readonly accessKeyId: string | null;
  readonly lastIssuedKeyId: string | null;
}

function sessionOf(row: SessionRow): Session {
  return {
    id: row.id,
    principal: JSON.parse(row.principal) as Principal,
    accessKeyId: row.accessKeyId ?? undefined,
    lastIssuedKeyId: row.lastIssuedKeyId ?? undefined,
    createdAtMs: row.createdAtMs,
    expiresAtMs: row.expiresAtMs,
    lastUsedAtMs: row.lastUsedAtMs,
    sourceIp: row.sourceIp,
    userAgent: row.userAgent,
  };
}
