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

/** What the page knows of its session. `unknown` until the server was asked; `ended`: it was signed in. */
export type SessionState =
  | { readonly status: "unknown" }
  | { readonly status: "signed-out" }
  | { readonly status: "ended" }
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
/** Whose page this is. */
let owner: string | undefined;
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
    set({ status: owner === undefined ? "signed-out" : "ended" });
    throw refused;
  }
  if (!response.ok) throw await refusal(response);
  const session = (await response.json()) as SignedIn;
  await claim(`${session.accountId} ${session.principal.arn}`);
  set({ status: "signed-in", session });
  return session;
}

/** What one principal had on this page is not for the next: the page begins anew for another. */
async function claim(principal: string): Promise<void> {
  if (owner === undefined || owner === principal) owner = principal;
  else await leave();
}

/** Never resolves: what awaits it goes with the page. */
function leave(): Promise<never> {
  location.reload();
  return new Promise(() => undefined);
}

/** Signs in by a one-time token, or as an IAM user with a password. @throws SigninRefused */
export async function signIn(
  proof: { readonly signinToken: string } | { readonly accountId: string; readonly userName: string; readonly password: string },
): Promise<void> {
  const response = await post("signin", proof);
  if (!response.ok) throw await refusal(response);
  await renewSession();
}

let arrival: Promise<void> | undefined;

/** Signs in by the link that led here, which works once; else takes up the session that this browser has. @throws as signIn and renewSession do */
export function arrive(): Promise<void> {
  arrival ??= linkToken === undefined ? renewSession().then(() => undefined) : signIn({ signinToken: linkToken });
  return arrival;
}

/** Ends the session here and on the server. Nothing of it stays in the page. */
export async function signOut(): Promise<void> {
  await post("signout", {});
  await leave();
}

/** Credentials for the SDK: those at hand, or new ones when their time is nearly up. */
export async function currentCredentials(): Promise<{
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
}> {
  // What goes on asking below the sign-in page need not ask for credentials each time.
  if (state.status === "ended") throw new SigninRefused("NotSignedIn", "Your session has ended.");
  const held = state.status === "signed-in" ? state.session : undefined;
  const fresh = held && Date.parse(held.credentials.expiration) - Date.now() > renewBeforeMs;
  const { credentials } = fresh ? held : await renewSession();
  return { ...credentials, expiration: new Date(credentials.expiration) };
}
