import type { InputOf, OperationName, OutputOf } from "@mayfly/kernel";
import { currentCredentials, renewSession, sessionStore, SigninRefused } from "../session/session.ts";
import { serverGone, serverIsBack } from "./connection.ts";
import { createMayflyClient, type MayflyClient } from "./mayfly-client.ts";
import { plainReads } from "./plain-reads.ts";
import { problemOf } from "./problem.ts";
import { chosenRegion } from "./region.ts";
import { sdkModules, type SdkService } from "./sdk-modules.ts";
import { createSigned, type SendSigned, type SignerConfig } from "./signed-json.ts";

type Module<S extends SdkService> = Awaited<ReturnType<(typeof sdkModules)[S]>>;

/** A service that the console calls. */
export type ConsoleService = SdkService | "mayfly";

/** The operations of a service that the console calls. */
export type ConsoleOperation<S extends ConsoleService> = S extends SdkService
  ? Extract<{ [K in keyof Module<S>]: K extends `${infer Name}Command` ? Name : never }[keyof Module<S>], OperationName<S>>
  : OperationName<S>;

interface AnyClient {
  send(command: unknown, options: { abortSignal?: AbortSignal }): Promise<never>;
}

interface Clients {
  readonly region: string;
  readonly sdk: Map<SdkService, Promise<{ module: Record<string, new (input: unknown) => unknown>; client: AnyClient }>>;
  readonly mayfly: MayflyClient;
  readonly signed: (service: SdkService) => SendSigned;
}

let clients: Clients | undefined;

/** The region that requests go to: the one chosen, else the server's own. */
export function currentRegion(): string {
  const state = sessionStore.get();
  return chosenRegion() ?? (state.status === "signed-in" ? state.session.region : "us-east-1");
}

/** The region that requests go to, if it is another than the server's own. */
export function otherRegion(): string | undefined {
  const state = sessionStore.get();
  const region = currentRegion();
  return state.status === "signed-in" && state.session.region !== region ? region : undefined;
}

function clientsNow(): Clients {
  const region = currentRegion();
  if (clients?.region !== region) {
    const config: SignerConfig = { endpoint: location.origin, region, credentials: currentCredentials };
    clients = { region, sdk: new Map(), mayfly: createMayflyClient(config), signed: (service) => createSigned(service, config) };
  }
  return clients;
}

function sdkClient(service: SdkService): ReturnType<typeof loadClient> {
  const { sdk, region } = clientsNow();
  const loaded = sdk.get(service) ?? loadClient(service, region);
  sdk.set(service, loaded);
  loaded.catch(() => sdk.delete(service));
  return loaded;
}

async function loadClient(service: SdkService, region: string) {
  const module = (await sdkModules[service]()) as unknown as Record<string, new (input: unknown) => unknown>;
  const Client = module["Client"] as new (config: unknown) => unknown;
  const client = new Client({
    endpoint: location.origin,
    region,
    credentials: currentCredentials,
    maxAttempts: 1,
    disableHostPrefix: true,
    // A queue's URL names the server as whoever made it reached it: this page reaches it at its own origin only.
    useQueueUrlAsEndpoint: false,
    // So it is with a bucket whose name would stand before the server's.
    forcePathStyle: true,
  }) as AnyClient;
  return { module, client };
}

/** Begins to load a service's client, so that the first request need not wait for it. */
export function preload(service: SdkService): void {
  void sdkClient(service).catch(() => undefined);
}

/**
 * Calls an operation as whoever is signed in.
 * @throws the SDK's error; `problemOf` reads it
 */
export async function send<S extends ConsoleService, O extends ConsoleOperation<S> & OperationName<S>>(
  service: S,
  operation: O,
  input: InputOf<S, O>,
  signal?: AbortSignal,
): Promise<OutputOf<S, O>> {
  try {
    const output = await sendOnce(service, operation, input, signal);
    serverIsBack();
    return output;
  } catch (error) {
    const { kind } = problemOf(error);
    if (kind === "unreachable" && signal?.aborted !== true) serverGone();
    if (kind !== "signed-out" || error instanceof SigninRefused) throw error;
    // The server may have been restarted with other keys, or the page slept through its credentials' time.
    await renewSession();
    return sendOnce(service, operation, input, signal);
  }
}

async function sendOnce<S extends ConsoleService, O extends ConsoleOperation<S> & OperationName<S>>(
  service: S,
  operation: O,
  input: InputOf<S, O>,
  signal?: AbortSignal,
): Promise<OutputOf<S, O>> {
  if (service === "mayfly") return (await sendMayfly(operation, input, signal)) as OutputOf<S, O>;
  const plainRead = plainReads[`${service}.${operation}`];
  if (plainRead) return (await plainRead(clientsNow().signed(service), input as never, signal)) as OutputOf<S, O>;
  const { module, client } = await sdkClient(service);
  const Command = module[`${operation}Command`] as new (input: unknown) => unknown;
  return client.send(new Command(input), signal ? { abortSignal: signal } : {});
}

function sendMayfly(operation: string, input: unknown, signal: AbortSignal | undefined): Promise<unknown> {
  return clientsNow().mayfly.send(operation as "GetServerInfo", input as Record<never, never>, signal);
}
