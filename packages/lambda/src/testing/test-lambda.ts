import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase, type Database } from "@mayfly/db";
import type { Engine } from "@mayfly/engine";
import { createAuthorizer, createIam, openKeyring } from "@mayfly/iam";
import {
  newUuid,
  rootPrincipal,
  systemClock,
  type CallAs,
  type Identity,
  type InputOf,
  type OperationName,
  type OutputOf,
  type Principal,
  type RequestContext,
  type Service,
  type ServiceCall,
  type ServiceName,
} from "@mayfly/kernel";
import { createLogs } from "@mayfly/logs";
import { createSts } from "@mayfly/sts";
import { noPollers } from "../event-source-mappings/pollers.ts";
import { noDestinationBuckets } from "../event-invoke-config/destination-buckets.ts";
import { noDestinationQueues } from "../event-invoke-config/destination-queues.ts";
import { noEventSources, type EventSourceDirectory } from "../event-source-mappings/event-source-directory.ts";
import { createLambda, type Lambda } from "../lambda.ts";
import { defaultLimits, type LambdaLimits } from "../limits.ts";
import type { LambdaResources } from "../resources.ts";
import { until } from "./until.ts";
import { zipOfFiles } from "./zips.ts";

export const account = "123456789012";
export const region = "us-east-1";
export const roleArn = `arn:aws:iam::${account}:role/execution_role`;
export const arnOf = (name: string): string => `arn:aws:lambda:${region}:${account}:function:${name}`;

/** Options of a test's Lambda. */
export interface TestLambdaOptions {
  /** A data folder of an earlier one, to restart it. */
  readonly folder?: string;
  readonly limits?: Partial<LambdaLimits>;
  readonly eventSources?: EventSourceDirectory;
  readonly runtimeDeprecation?: "note" | "enforce";
  /** The engine; made once Lambda's hooks can be reached. Without one, the test runs no function. */
  readonly engine?: (lambda: () => Lambda, folder: string) => Promise<Engine>;
}

/** Lambda over a real database with the real IAM, STS and CloudWatch Logs beside it. */
export interface TestLambda {
  readonly lambda: Lambda;
  readonly db: Database;
  readonly engine: Engine;
  readonly folder: string;
  readonly problems: string[];
  /** Calls an operation as the gateway does, as the account's root unless told otherwise. */
  call: ServiceCall;
  callAs(principal: Principal): ServiceCall;
  /** What an operation, or a function URL, knows of a request of theirs. */
  contextOf(principal: Principal): RequestContext;
  /** A function that is Active. */
  createFunction(name: string, input?: Partial<InputOf<"lambda", "CreateFunction">>): Promise<OutputOf<"lambda", "CreateFunction">>;
  /** Ends it as a crash would, but for the files that are open; the folder stays. */
  stop(): Promise<void>;
  /** Ends it and removes the folder. */
  close(): Promise<void>;
}

/** The handler of functions that a test does not run. */
export const plainZip = (): Promise<Buffer> => zipOfFiles({ "index.js": "exports.handler = async (event) => event;" });

/** Starts one in a temporary folder. */
export async function startTestLambda(options: TestLambdaOptions = {}): Promise<TestLambda> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), "mayfly-lambda-")));
  const problems: string[] = [];
  const db = await openDatabase({ folder });
  const keyring = await openKeyring(join(folder, "key"));
  const iam = createIam({ db, clock: systemClock, keyring });
  const authorizer = createAuthorizer({ directory: iam.directory, mode: "strict", clock: systemClock });
  const services = new Map<string, Service>();
  const contextAs = dispatcher(services, (ctx, request) => authorizer.authorize(ctx, request));
  const callAs: CallAs = (identity) => contextAs(identity).call;
  const engine = (await options.engine?.(() => lambda, folder)) ?? noEngine;
  const resources: LambdaResources = {
    db,
    engine,
    clock: systemClock,
    callAs,
    codeFolder: join(folder, "unpacked"),
    signingSecret: randomBytes(32),
    endpoint: () => "http://127.0.0.1:4566",
    limits: { ...defaultLimits, ...options.limits },
    eventSources: options.eventSources ?? noEventSources,
    destinationQueues: noDestinationQueues,
    // Every topic is there.
    destinationBuckets: noDestinationBuckets,
    destinationTopics: { canPublish: () => Promise.resolve(true), publish: () => Promise.resolve("") },
    pollers: noPollers,
    trail: { note: () => {} },
    options: { runtimeDeprecation: options.runtimeDeprecation ?? "note" },
    onProblem: (line) => problems.push(line),
  };
  const lambda: Lambda = createLambda(resources);
  const others = [
    iam.service,
    createSts({ directory: iam.directory, keyring, clock: systemClock }).service,
    createLogs({ db, clock: systemClock }).service,
  ];
  for (const service of [...others, lambda.service]) services.set(service.name, service);
  const contextOf = (principal: Principal): RequestContext => contextAs({ principal, accountId: principal.accountId, region });
  const callFor = (principal: Principal): ServiceCall => contextOf(principal).call;
  const call = callFor(rootPrincipal(account));
  if (options.folder === undefined) await createExecutionRole(call);
  await lambda.start();

  const stop = async (): Promise<void> => {
    await engine.close(0);
    await lambda.close();
    await db.close();
  };
  return {
    lambda,
    db,
    engine,
    folder,
    problems,
    call,
    callAs: callFor,
    contextOf,
    async createFunction(name, input = {}) {
      const created = await call("lambda", "CreateFunction", {
        FunctionName: name,
        Role: roleArn,
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Code: { ZipFile: await plainZip() },
        ...input,
      });
      await until(async () => (await call("lambda", "GetFunctionConfiguration", { FunctionName: name })).State === "Active");
      return created;
    },
    stop,
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** For tests of the control plane: any invocation is a mistake of the test. */
const noEngine: Engine = {
  invoke: () => Promise.reject(new Error("This test has no engine")),
  invokeStreaming: () => Promise.reject(new Error("This test has no engine")),
  retire: () => undefined,
  environments: () => [],
  starts: () => [],
  spares: () => [],
  status: () => Promise.reject(new Error("This test has no engine")),
  provision: () => undefined,
  provisioned: () => Promise.resolve({ wanted: 0, ready: 0, status: "ready" }),
  usage: () => Promise.resolve(undefined),
  close: () => Promise.resolve(),
};

function dispatcher(
  services: ReadonlyMap<string, Service>,
  authorize: (ctx: RequestContext, request: Parameters<RequestContext["authorize"]>[0]) => Promise<void>,
): (identity: Identity) => RequestContext {
  return (identity) => {
    const ctx: RequestContext = {
      ...identity,
      requestId: newUuid(),
      sourceIp: "127.0.0.1",
      userAgent: "test",
      secureTransport: false,
      endpoint: "http://127.0.0.1:4566",
      call: async (service, operation, input) => call({ ...ctx, requestId: newUuid() }, service, operation, input),
      authorize: (request) => authorize(ctx, request),
    };
    return ctx;
  };
  async function call<S extends ServiceName, O extends OperationName<S>>(
    ctx: RequestContext,
    service: S,
    operation: O,
    input: InputOf<S, O>,
  ): Promise<OutputOf<S, O>> {
    const bound = services.get(service)?.operation(operation);
    if (bound === undefined) throw new Error(`No operation ${service}:${operation}`);
    await bound.authorize(ctx, input);
    return (await bound.run(ctx, input)) as OutputOf<S, O>;
  }
}

async function createExecutionRole(call: ServiceCall): Promise<void> {
  const trust = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
  };
  await call("iam", "CreateRole", { RoleName: "execution_role", AssumeRolePolicyDocument: JSON.stringify(trust) });
  await call("iam", "PutRolePolicy", {
    RoleName: "execution_role",
    PolicyName: "logs",
    PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "logs:*", Resource: "*" }] }),
  });
}
