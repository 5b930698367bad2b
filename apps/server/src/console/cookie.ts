import type { IncomingMessage } from "node:http";

/** The session cookie's name. Cookies are the host's, not the port's: two servers on one host each have their own. */
const nameFor = (request: IncomingMessage): string => `mayfly-session-${request.socket.localPort ?? 0}`;

const attributes = "Path=/_mayfly; HttpOnly; SameSite=Strict";

/** The value of the request's session cookie. */
export function readSessionCookie(request: IncomingMessage): string | undefined {
  const start = `${nameFor(request)}=`;
  const pair = request.headers.cookie?.split("; ").find((candidate) => candidate.startsWith(start));
  return pair?.slice(start.length);
}

/** `Set-Cookie` of a session. It has no Domain: the host's subdomains, which serve other people's content, never get it. */
export function sessionCookie(request: IncomingMessage, value: string, maxAgeSeconds: number): string {
  return `${nameFor(request)}=${value}; Max-Age=${maxAgeSeconds}; ${attributes}${secure(request)}`;
}

/** `Set-Cookie` that removes it. */
export const clearedCookie = (request: IncomingMessage): string => `${nameFor(request)}=; Max-Age=0; ${attributes}${secure(request)}`;

const secure = (request: IncomingMessage): string => (request.headers["x-forwarded-proto"] === "https" ? "; Secure" : "");
