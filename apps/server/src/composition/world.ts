import { join } from "node:path";
import { systemClock, type Clock, type CredentialsResolver, type Service } from "@mayfly/kernel";
import type { Database } from "@mayfly/db";
import {
  createAuthorizer,
  createCredentialsResolver,
  createIam,
  createSignatureVerifier,
  readPolicy,
  type Iam,
  type Keyring,
  type SignatureVerifier,
} from "@mayfly/iam";
import { createS3, type S3 } from "@mayfly/s3";
import { createSts } from "@mayfly/sts";
import { createLogs } from "@mayfly/logs";
import type { EventSources } from "@mayfly/event-sources";
import { createLambda, type Lambda } from "@mayfly/lambda";
import { createConsoleSessions, createMayfly, type ConsoleSessions } from "@mayfly/mayfly";
import { createSchemas } from "@mayfly/schemas";
import type { Engine } from "@mayfly/engine";
import { createRuntimes } from "@mayfly/runtimes";
import { mayflyVersion } from "../config/version.ts";
import { eventSourcesOf } from "./event-sources.ts";
import { sealedFile } from "../data-folder/sealed-file.ts";
import { createMessaging, type Messaging } from "./messaging.ts";
import { runtimesOf } from "./runtimes.ts";
import type { NetworkSupport } from "@mayfly/sandbox";
import type { ServerOptions } from "../config/options.ts";
import { createDispatcher, type Dispatcher } from "../gateway/dispatcher.ts";

/** Every service over one database, with what they hold in memory. A reset throws a world away and makes another. */
export interface World {
  readonly dispatcher: Dispatcher;
  readonly credentials: CredentialsResolver;
  readonly signatures: SignatureVerifier;
  readonly auth: ServerOptions["auth"];
  readonly defaultRegion: string;
  readonly defaultAccountId: string;
  readonly clock: Clock;
  readonly iam: Iam;
  readonly lambda: Lambda;
  readonly s3: S3;
  readonly sessions: ConsoleSessions;
  readonly keyring: Keyring;
  /** The certificate that notifications are signed by, if it is at that path. */
  readonly signingCertificate: (path: string) => Promise<string | undefined>;
  /** Starts what runs in the background: pending asynchronous events, retention. */
  start(): Promise<void>;
  /** Waits for what is under way. The engine must be closing at the same time, or its invocations are waited for. */
  close(): Promise<void>;
  /** Ends what runs in the background without waiting: the data is about to be emptied. */
  abandon(): Promise<void>;
}

/** What a world is made of and does not own. */
export interface WorldResources {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly engine: Engine;
  readonly dataFolder: string;
  readonly options: ServerOptions;
  /** This server's own address. */
  readonly endpoint: () => string;
  readonly problem: (line: string) => void;
  /** How well functions are kept apart, and what is missing for it to be full. */
  readonly isolation: { readonly level: string; readonly lacking: string | undefined };
  /** What functions reach. */
  readonly network: NetworkSupport;
}

/** Puts the services together. Nothing runs in the background until `start`. */
export function createWorld(resources: WorldResources): World {
  const { db, keyring, engine, options, problem } = resources;
  const clock = systemClock;
  const services = new Map<string, Service>();
  const iam = createIam({ db, clock, keyring });
  const authorizer = createAuthorizer({ directory: iam.directory, mode: options.auth });
  const dispatcher = createDispatcher(services, authorizer, resources.endpoint);
  const sts = createSts({ directory: iam.directory, keyring, clock });
  const logs = createLogs({ db, clock });
  const eventSources = eventSourcesOf({
    options,
    dispatcher,
    clock,
    problem,
    trailEvents: db.trailEvents,
    functions: () => lambda.mappedFunctions,
  });
  const lambda: Lambda = createLambda({
    db,
    engine,
    clock,
    callAs: dispatcher.callAs,
    codeFolder: join(resources.dataFolder, "unpacked"),
    signingSecret: keyring.derive("code-url"),
    limits: options.limits,
    eventSources: eventSources.directory,
    pollers: eventSources.pollers,
    destinationQueues: eventSources.destinationQueues,
    destinationTopics: eventSources.destinationTopics,
    destinationBuckets: eventSources.destinationBuckets,
    trail: eventSources.trail,
    endpoint: resources.endpoint,
    options: { runtimeDeprecation: options.runtimeDeprecation },
    // Bound late: the service that keeps more of functions is made of Lambda.
    onDeleted: (key) => mayfly.forgetFunction(key),
    invocationKeeper: {
      wants: (key) => mayfly.invocationKeeper.wants(key),
      keep: (invoked) => mayfly.invocationKeeper.keep(invoked),
    },
    onProblem: problem,
  });
  const sessions = createConsoleSessions({ models: db.models, directory: iam.directory, keyring, clock });
  const schemas = createSchemas({ db, clock });
  const { sqs, sns } = createMessaging(messagingGiven(resources, clock, dispatcher, eventSources));
  const { callAs, mayCall } = dispatcher;
  const { destinationQueues: queues, destinationTopics: topics, trail } = eventSources;
  const s3 = createS3({ db, clock, readPolicy: (text) => readPolicy(text, "resource"), callAs, mayCall, queues, topics, trail, problem });
  const mayfly = mayflyOf(resources, { sessions, lambda, eventSources, sns, clock });
  const all = [iam.service, sts.service, logs.service, lambda.service, schemas, sns.service, sqs.service, s3.service, mayfly.service];
  for (const service of all) services.set(service.name, service);
  return {
    dispatcher,
    credentials: createCredentialsResolver({
      directory: iam.directory,
      keyring,
      clock,
      mode: options.auth,
      defaultAccountId: options.account,
    }),
    signatures: createSignatureVerifier(),
    auth: options.auth,
    defaultRegion: options.region,
    defaultAccountId: options.account,
    clock,
    iam,
    lambda,
    s3,
    sessions,
    keyring,
    signingCertificate: (path) => sns.signingCertificate(path),
    ...lifecycle({ logs, lambda, mayfly, sns, sqs, s3, eventSources }),
  };
}

type Mayfly = ReturnType<typeof createMayfly>;

/** Mayfly's own service, made of the others. */
const mayflyOf = (
  { db, keyring, engine, options, problem, dataFolder, isolation, network }: WorldResources,
  { sessions, lambda, eventSources, sns, clock }: Pick<World, "sessions" | "lambda" | "clock"> & Pick<Background, "eventSources" | "sns">,
): Mayfly =>
  createMayfly({
    models: db.models,
    blobs: db.blobs,
    sessions,
    functionCode: lambda.functionCode,
    eventQueue: lambda.eventQueue,
    trail: eventSources.trail,
    outbox: sns.outbox,
    engine,
    runtimes: createRuntimes(runtimesOf(dataFolder)),
    server: { version: mayflyVersion, region: options.region, auth: options.auth, isolation, network, startedAtMs: clock.now() },
    clock,
    sealer: keyring,
    onProblem: problem,
  });

/** What queues and topics are made of. */
const messagingGiven = (
  { db, keyring, dataFolder, endpoint, options, problem }: WorldResources,
  clock: Clock,
  { callAs }: Dispatcher,
  { destinationQueues, trail }: EventSources,
): Parameters<typeof createMessaging>[0] => ({
  db,
  clock,
  callAs,
  queues: destinationQueues,
  trail,
  signingKeyFile: sealedFile(join(dataFolder, "sns-signing-key"), "sns-signing-key", keyring),
  endpoint,
  publicUrl: options.publicUrl,
  problem,
});

interface Background extends Messaging {
  readonly logs: ReturnType<typeof createLogs>;
  readonly lambda: Lambda;
  readonly mayfly: Mayfly;
  readonly s3: S3;
  readonly eventSources: EventSources;
}

/** In the order in which they need each other. */
const lifecycle = ({ logs, lambda, mayfly, sns, sqs, s3, eventSources }: Background): Pick<World, "start" | "close" | "abandon"> => ({
  async start() {
    logs.start();
    await sqs.start();
    await s3.start();
    await mayfly.start();
    await lambda.start();
    await sns.start();
    await s3.tellEvents();
  },
  async close() {
    const released = eventSources.pollers.close();
    // What these deliver goes to topics, queues and functions.
    await s3.close();
    await sns.close();
    // First: whoever waits for messages is let go, and what still comes is served.
    await sqs.close();
    await released;
    await lambda.close();
    await mayfly.close();
    await eventSources.trail.close();
    await logs.close();
  },
  async abandon() {
    eventSources.pollers.abandon();
    await s3.close();
    await sns.close();
    await eventSources.trail.abandon();
    await sqs.close();
    await lambda.abandon();
    await mayfly.close();
    await logs.close();
  },
});
