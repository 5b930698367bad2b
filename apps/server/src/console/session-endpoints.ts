import { createHash } from "node:crypto";
import type { Principal } from "@mayfly/kernel";
import type { BegunSession, SigninOrigin, TokenRefusal } from "@mayfly/mayfly";
import { issueSession } from "@mayfly/iam";
import { rootPrincipal } from "@mayfly/kernel";
import express, { type Request, type RequestHandler, type Response, type Router } from "express";
import type { World } from "../composition/world.ts";
import { mayflyVersion } from "../config/version.ts";
import type { SigninAttempts } from "./attempts.ts";
import { clearedCookie, readSessionCookie, sessionCookie } from "./cookie.ts";
import { sameOriginOnly } from "./same-origin.ts";

/** What the endpoints work with. */
export interface SessionEndpointsResources {
  readonly world: () => World;
  readonly attempts: SigninAttempts;
  readonly auth: "strict" | "open";
}

const refusals: Readonly<Record<TokenRefusal, string>> = {
  "unknown-token": "This sign-in link is not one of this server's. Run npx mayfly signin for a new one.",
  "used-token": "This sign-in link was used already. Run npx mayfly signin for a new one.",
  "expired-token": "This sign-in link is too old. Run npx mayfly signin for a new one.",
  "ended-principal": "The user, role or access key that this sign-in link was made for is gone. Run npx mayfly signin for a new one.",
};

/** Temporary credentials of `--auth open`, where nobody signs in. Seconds. */
const openCredentialsSeconds = 900;

/** Largest body of a sign-in request. */
const bodyLimit = "16kb";

/**
 * Sign-in and its end, below /_mayfly:
 * `POST signin` takes `{signinToken}` or `{accountId, userName, password}` and sets the cookie;
 * `POST session/credentials` answers who is signed in and 15-minute credentials;
 * `POST signout` ends the session.
 */
export function sessionEndpoints(resources: SessionEndpointsResources): Router {
  const router = express.Router();
  const guards: RequestHandler[] = [sameOriginOnly, express.json({ limit: bodyLimit })];
  router.post("/signin", ...guards, (request, response) => signIn(resources, request, response));
  router.post("/session/credentials", ...guards, (request, response) => credentials(resources, request, response));
  router.post("/signout", ...guards, (request, response) => signOut(resources, request, response));
  return router;
}

interface SigninBody {
  readonly signinToken?: unknown;
  readonly accountId?: unknown;
  readonly userName?: unknown;
  readonly password?: unknown;
}

async function signIn(resources: SessionEndpointsResources, request: Request, response: Response): Promise<void> {
  const { signinToken, accountId, userName, password } = (request.body ?? {}) as SigninBody;
  if (typeof signinToken === "string") {
    const begun = await resources.world().sessions.useToken(signinToken, originOf(request));
    if (typeof begun === "string") refuse(response, 403, "InvalidSigninToken", refusals[begun]);
    else welcome(resources, request, response, begun);
    return;
  }
  if (typeof accountId === "string" && typeof userName === "string" && typeof password === "string") {
    await signInWithPassword(resources, request, response, { accountId, userName, password });
    return;
  }
  refuse(response, 400, "ValidationException", "Send a signinToken, or accountId, userName and password.");
}

interface Password {
  readonly accountId: string;
  readonly userName: string;
  readonly password: string;
}

async function signInWithPassword(
  { world, attempts, ...rest }: SessionEndpointsResources,
  request: Request,
  response: Response,
  { accountId, userName, password }: Password,
): Promise<void> {
  const origin = originOf(request);
  const keys = [`user ${hashOf(`${accountId}/${userName.toLowerCase()}`)}`, `address ${origin.sourceIp}`];
  const delayMs = attempts.delayMs(keys);
  if (delayMs > 0) {
    const seconds = Math.ceil(delayMs / 1000);
    response.set("retry-after", String(seconds));
    refuse(response, 429, "TooManyRequestsException", `Too many wrong passwords. Try again in ${seconds} s.`);
    return;
  }
  // Counted before it is known to be wrong: guesses sent all at once are slowed down, too.
  attempts.failed(keys);
  const principal = await world().iam.verifyPassword(accountId, userName, password);
  if (principal === undefined) {
    refuse(response, 403, "WrongPassword", "There is no such user in this account, or the password is wrong.");
    return;
  }
  attempts.succeeded(keys);
  welcome({ world, attempts, ...rest }, request, response, await world().sessions.begin(principal, origin));
}

function welcome({ world }: SessionEndpointsResources, request: Request, response: Response, { cookie, session }: BegunSession): void {
  const seconds = Math.floor((session.expiresAtMs - world().clock.now()) / 1000);
  response.set("set-cookie", sessionCookie(request, cookie, seconds));
  response.json({ principal: shownPrincipal(session.principal), region: world().defaultRegion });
}

async function credentials({ world, auth }: SessionEndpointsResources, request: Request, response: Response): Promise<void> {
  const now = world();
  const cookie = readSessionCookie(request);
  const session = cookie === undefined ? undefined : await now.sessions.find(cookie);
  if (session === undefined && auth === "strict") {
    refuse(response, 401, "NotSignedIn", "Nobody is signed in here, or the session has ended.");
    return;
  }
  const issued =
    session === undefined
      ? issueSession(now.keyring, rootPrincipal(now.defaultAccountId), now.clock.now(), openCredentialsSeconds)
      : await now.sessions.issueCredentials(session);
  const { principal, accessKeyId, secretAccessKey, sessionToken, expiresAtMs } = issued;
  response.json({
    principal: shownPrincipal(principal),
    accountId: principal.accountId,
    region: now.defaultRegion,
    version: mayflyVersion,
    auth,
    credentials: { accessKeyId, secretAccessKey, sessionToken, expiration: new Date(expiresAtMs).toISOString() },
  });
}

async function signOut({ world }: SessionEndpointsResources, request: Request, response: Response): Promise<void> {
  const cookie = readSessionCookie(request);
  const session = cookie === undefined ? undefined : await world().sessions.find(cookie);
  if (session !== undefined) await world().sessions.end(session.id);
  response.set("set-cookie", clearedCookie(request)).status(204).end();
}

const shownPrincipal = (principal: Principal) => ({
  arn: principal.arn,
  accountId: principal.accountId,
  kind: principal.kind,
  ...(principal.kind === "user" && { userName: principal.userName }),
});

/** Names can be as long as a body; what is remembered of them is not. */
const hashOf = (text: string): string => createHash("sha256").update(text).digest("base64url");

const originOf = (request: Request): SigninOrigin => ({
  sourceIp: (request.socket.remoteAddress ?? "").replace(/^::ffff:/, ""),
  userAgent: request.headers["user-agent"] ?? "",
});

function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ code, message });
}
