import { serverGone, serverIsBack } from "../api/connection.ts";

/** Who is signed in, and the temporary credentials that requests are signed with. They live in this module's memory only. */
export interface SignedIn {
  readonly principal: { readonly arn: string; readonly accountId: string; readonly kind: string; readonly userName?: string };
  readonly accountId: string;
  readonly region: string;
  readonly version: string;
  readonly auth: "strict" | "open";
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
    /** ISO 8601 */
    readonly expiration: string;
  };
}

/** What the page knows of its session. `unknown` until the server was asked. */
export type SessionState =
  | { readonly status: "unknown" }
  | { readonly status: "signed-out"; readonly reason?: string }
  | { readonly status: "signed-in"; readonly session: SignedIn };

/** A refusal of the sign-in endpoints. */
export class SigninRefused extends Error {
  override readonly name = "SigninRefused";
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Credentials are renewed when less than this is left of them. Milliseconds. */
const renewBeforeMs = 3 * 60_000;

/** Takes the one-time token out of the address, where it must not stay. */
function takeToken(): string | undefined {
  const token = /^#token=([\w-]+)$/.exec(location.hash)?.[1];
  if (token !== undefined) history.replaceState(history.state, "", location.pathname + location.search);
  return token;
}

/** The token of the sign-in link that opened this page, if one did. */
export const linkToken: string | undefined = takeToken();

let state: SessionState = { status: "unknown" };
let renewal: Promise<SignedIn> | undefined;
const listeners = new Set<() => void>();

/** For useSyncExternalStore. */
export const sessionStore = {
  get: (): SessionState => state,
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

function set(next: SessionState): void {
  state = next;
  for (const listener of listeners) listener();
}

async function post(path: string, body: unknown): Promise<Response> {
  try {
    const response = await fetch(`/_mayfly/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      credentials: "same-origin",
    });
    serverIsBack();
    return response;
  } catch (error) {
    serverGone();
    throw error;
  }
}

async function refusal(response: Response): Promise<SigninRefused> {
  const { code, message } = (await response.json().catch(() => ({}))) as { code?: string; message?: string };
  return new SigninRefused(code ?? `HTTP ${response.status}`, message ?? response.statusText);
}

/** Exchanges the session's cookie for credentials. @throws SigninRefused if there is no session, TypeError if the server can't be reached */
export function renewSession(): Promise<SignedIn> {
  renewal ??= fetchSession().finally(() => (renewal = undefined));
  return renewal;
}

async function fetchSession(): Promise<SignedIn> {
  const response = await post("session/credentials", {});
  if (response.status === 401 || response.status === 403) {
    const refused = await refusal(response);
    const hadSession = state.status === "signed-in";
    set({ status: "signed-out", ...(hadSession && { reason: "Your session has ended. Sign in again to go on where you were." }) });
    throw refused;
  }
  if (!response.ok) throw await refusal(response);
  const session = (await response.json()) as SignedIn;
  set({ status: "signed-in", session });
  return session;
}

/** Signs in by a one-time token, or as an IAM user with a password. @throws SigninRefused */
export async function signIn(
  proof: { readonly signinToken: string } | { readonly accountId: string; readonly userName: string; readonly password: string },
): Promise<void> {
  const response = await post("signin", proof);
  if (!response.ok) throw await refusal(response);
  await renewSession();
}

/** Ends the session here and on the server. */
export async function signOut(): Promise<void> {
  await post("signout", {});
  set({ status: "signed-out" });
}

/** Credentials for the SDK: those at hand, or new ones when their time is nearly up. */
export async function currentCredentials(): Promise<{
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}> {
  const held = state.status === "signed-in" ? state.session : undefined;
  const fresh = held && Date.parse(held.credentials.expiration) - Date.now() > renewBeforeMs;
  const { credentials } = fresh ? held : await renewSession();
  return { ...credentials, expiration: new Date(credentials.expiration) };
}
