import { rmSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "@mayfly/db";
import { createEngine, type Engine } from "@mayfly/engine";
import { openKeyring } from "@mayfly/iam";
import { rootPrincipal } from "@mayfly/kernel";
import { createSandboxFactory, type NetworkSupport, type SandboxFactory } from "@mayfly/sandbox";
import { createApp } from "./app.ts";
import { bootstrap } from "./composition/bootstrap.ts";
import { engineHooks } from "./composition/engine-hooks.ts";
import { runtimesOf } from "./composition/runtimes.ts";
import { judgeIsolation, lackingText } from "./composition/isolation.ts";
import { createWorld, type World, type WorldResources } from "./composition/world.ts";
import type { ServerOptions } from "./config/options.ts";
import { removeAddressFile, writeAddressFile } from "./data-folder/address-file.ts";
import { prepareDataFolder } from "./data-folder/prepare.ts";
import { bodyLimitsFor, largestBody } from "./gateway/body-limits.ts";
import { isLoopbackAddress } from "./gateway/hosts.ts";
import { createReceivingBudget } from "./gateway/receiving-budget.ts";
import { createOpenStreams, type OpenStreams } from "./gateway/open-streams.ts";
import { giveMemoryBackWhenIdle } from "./idle-memory.ts";
import { listen, type Listener } from "./listener/listener.ts";
import { collectBehindPassingBytes } from "./passing-bytes.ts";

/** A server that answers. */
export interface RunningServer {
  readonly url: string;
  readonly dataFolder: string;
  /** A link that opens the console: signs the root user in once, with `--auth open` nobody has to. */
  readonly signinUrl: string;
  /** What functions reach. */
  readonly network: NetworkSupport;
  /** What is to be said of functions' isolation, where it is less than full and nobody chose that. */
  readonly isolationWarning: string | undefined;
  /** Ends it: no process, socket or lock is left. */
  close(): Promise<void>;
}

/** Where a server says what it does. */
export interface ServerOutput {
  readonly print: (line: string) => void;
  readonly problem: (line: string) => void;
}

/** Invocations under way when the server ends get this long. Milliseconds. */
const closeGraceMs = 1_000;

/**
 * Starts a server: takes the port, opens the data folder, puts the services together.
 * @throws the listen error of node:net; DataFolderLocked, DataFolderTooNew, DataFolderUnusable (packages/db)
 */
export async function startServer(options: ServerOptions, output: ServerOutput): Promise<RunningServer> {
  const listener = await listen(options.host, options.port);
  try {
    return await startBehind(listener, options, output);
  } catch (error) {
    await listener.close();
    throw error;
  }
}

async function startBehind(listener: Listener, options: ServerOptions, output: ServerOutput): Promise<RunningServer> {
  const dataFolder = prepareDataFolder(options);
  const url = `http://${urlHost(options.host)}:${listener.port}`;
  const { db, sandboxes, warning } = await openAll(dataFolder, options, output);
  const { network } = sandboxes.support;
  const keyring = await openKeyring(join(dataFolder, "key"));
  let world: World;
  const engine = await createEngine(
    { folder: join(dataFolder, "sandboxes"), cpu: options.cpu, ...runtimesOf(dataFolder), hooks: engineHooks(() => world, listener) },
    sandboxes,
  );
  const resources: WorldResources = {
    db,
    keyring,
    engine,
    dataFolder,
    options,
    isolation: { level: sandboxes.support.level, lacking: lackingText(sandboxes.support) },
    network,
    endpoint: () => url,
    problem: output.problem,
  };
  world = createWorld(resources);
  await bootstrap(world, resources);
  await world.start();

  const streams = createOpenStreams();
  const bodyLimits = bodyLimitsFor(options.limits);
  const reset = async (): Promise<void> => {
    const old = world;
    for (const environment of engine.environments()) engine.retire(environment.targetId);
    await old.abandon();
    await db.reset();
    world = createWorld(resources);
    streams.endAll();
    await bootstrap(world, resources);
    await world.start();
  };
  listener.serve(
    createApp({
      world: () => world,
      problem: output.problem,
      streams,
      reset,
      auth: options.auth,
      port: listener.port,
      loopbackOnly: isLoopbackAddress(options.host),
      functionOf: (socket) => listener.functionOf(socket),
      receiving: createReceivingBudget(largestBody(bodyLimits)),
      bodyLimits,
      passing: collectBehindPassingBytes(),
    }),
  );
  writeAddressFile(dataFolder, url);
  const closing = { listener, streams, world: () => world, engine, sandboxes, db, dataFolder, ephemeral: options.ephemeral };
  const leaveMemory = giveMemoryBackWhenIdle();
  return {
    url,
    dataFolder,
    signinUrl: await signinUrlOf(world, options, url),
    network,
    isolationWarning: warning,
    close() {
      leaveMemory();
      return closeAll(closing);
    },
  };
}

/** Opens the database and what sandboxes are made of. @throws what keeps functions from being run as the options ask for */
async function openAll(dataFolder: string, options: ServerOptions, output: ServerOutput) {
  const makingSandboxes = createSandboxFactory({
    cgroupName: "mayfly",
    way: options.sandbox,
    network: options.functionNetwork ?? "public",
    problem: output.problem,
  });
  const [db, sandboxes] = await Promise.all([
    openDatabase({ folder: dataFolder, ephemeral: options.ephemeral, onProgress: output.print }),
    makingSandboxes,
  ]).catch(async (error: unknown) => {
    await makingSandboxes.then((made) => made.close());
    throw error;
  });
  const { refusal, warning } = judgeIsolation(sandboxes.support, options);
  const refused = refusal ?? networkRefusal(sandboxes.support.network, options);
  if (refused !== undefined) {
    await Promise.all([sandboxes.close(), db.close()]);
    throw new Error(refused);
  }
  // What a server that was killed left behind; its processes are gone already.
  await sandboxes.sweep();
  return { db, sandboxes, warning };
}

/** Who asked for a network that can't be had is told so, instead of being given less. */
const networkRefusal = ({ lacking }: NetworkSupport, { functionNetwork }: ServerOptions): string | undefined =>
  lacking === undefined || functionNetwork === undefined
    ? undefined
    : `Functions can reach no network here: ${lacking}. Or start with --function-network none.`;

async function signinUrlOf(world: World, { auth, account }: ServerOptions, url: string): Promise<string> {
  if (auth === "open") return `${url}/console/`;
  const { token } = await world.sessions.createToken(rootPrincipal(account));
  return `${url}/console/signin#token=${token}`;
}

interface Closing {
  readonly listener: Listener;
  readonly streams: OpenStreams;
  readonly world: () => World;
  readonly engine: Engine;
  readonly sandboxes: SandboxFactory;
  readonly db: Awaited<ReturnType<typeof openDatabase>>;
  readonly dataFolder: string;
  readonly ephemeral: boolean;
}

async function closeAll({ listener, streams, world, engine, sandboxes, db, dataFolder, ephemeral }: Closing): Promise<void> {
  streams.endAll();
  const listenerClosed = listener.close();
  await Promise.all([world().close(), engine.close(closeGraceMs)]);
  await world().lambda.logsWritten();
  await sandboxes.close();
  await listenerClosed;
  removeAddressFile(dataFolder);
  await db.close();
  if (ephemeral) rmSync(dataFolder, { recursive: true, force: true });
}

/** An address to listen on as a URL has it; "all addresses" is reached by loopback. */
function urlHost(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
