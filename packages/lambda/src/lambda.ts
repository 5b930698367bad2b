import type { EnvironmentCredentials, FunctionTarget, LogLine } from "@mayfly/engine";
import { defineService, type Service } from "@mayfly/kernel";
import { codeDownload, type CodeDownload, type CodeDownloadRequest } from "./code/code-download.ts";
import { createCodeStore } from "./code/code-store.ts";
import { createCodeSigningStore } from "./code-signing/code-signing-store.ts";
import { executionRoleCredentials, executionRolePrincipal } from "./execution-role.ts";
import { createDeployments } from "./deployments/deployments.ts";
import { createFunctionCode, type FunctionCode } from "./deployments/function-code.ts";
import { createMappedFunctions, type MappedFunctions } from "./event-source-mappings/mapped-functions.ts";
import { createMappingSettling } from "./event-source-mappings/mapping-settling.ts";
import { createMappingStore } from "./event-source-mappings/mapping-store.ts";
import { createLogDelivery, type LogDelivery } from "./log-delivery.ts";
import { createRuntimePolicy } from "./configuration/runtime-policy.ts";
import { runAsyncEvent } from "./invoke/async.ts";
import { createAsyncQueue, type AsyncQueue } from "./invoke/async-queue.ts";
import { createMainThread } from "./invoke/main-thread.ts";
import { createConcurrency } from "./invoke/concurrency.ts";
import { createInvokeTargets, targetId } from "./invoke/invoke-target.ts";
import { findFunctionUrl } from "./function-url/invoke-url.ts";
import type { FindFunctionUrl } from "./function-url/types.ts";
import { createUrlIndex } from "./function-url/url-index.ts";
import { createLayerStore } from "./layers/layer-store.ts";
import { createProvisioning } from "./provisioned-concurrency/provisioning.ts";
import { committedOf } from "./provisioned-concurrency/shares.ts";
import type { LambdaResources, OperationResources } from "./resources.ts";
import { runtimeFacts } from "./runtime-facts.ts";
import { serviceTable } from "./service-table.ts";
import { createSettling } from "./settling.ts";
import { provisionedFunctions, reservations, unsettledFunctions } from "./store/function-queries.ts";
import { createFunctionStore, type ChangeListener } from "./store/function-store.ts";

/** AWS Lambda's control plane and its invocations. */
export interface Lambda {
  readonly service: Service;
  /** Cleans up after a crash, then runs the asynchronous events that were accepted before. Operations may be called once it resolves. */
  start(): Promise<void>;
  /**
   * Starts no further asynchronous event and waits for those under way, so the engine is to be closed at the same time:
   * `Promise.all([lambda.close(), engine.close(graceMs)])`. The database must still be open.
   */
  close(): Promise<void>;
  /** Answers a request under `/_mayfly/code/`: the signed URLs that GetFunction gives. */
  codeDownload(request: CodeDownloadRequest): Promise<CodeDownload>;
  /** The function or alias that a URL leads to. */
  readonly findFunctionUrl: FindFunctionUrl;
  /** Stops everything without waiting for what runs: the database is about to be emptied and this object thrown away. */
  abandon(): Promise<void>;
  /** What waits of a function's asynchronous events. */
  readonly eventQueue: AsyncQueue["waiting"];
  /** For whoever reads the sources of mappings. */
  readonly mappedFunctions: MappedFunctions;
  /** Functions' packages, for the service that shows and edits them. */
  readonly functionCode: FunctionCode;
  /** The engine's `credentials` hook: temporary credentials of the target's execution role. */
  executionRoleCredentials(target: FunctionTarget): Promise<EnvironmentCredentials>;
  /** The engine's `log` hook: writes lines to CloudWatch Logs as the function's role, off the invocation's way. */
  deliverLogs(target: FunctionTarget, logStreamName: string, lines: readonly LogLine[]): Promise<void>;
  /** Resolves when all lines taken so far are on disk, or were refused. To be asked once more when the engine has ended: environments have last words. */
  logsWritten(): Promise<void>;
}

/** Puts Lambda together; nothing runs before `start`. */
export function createLambda(given: LambdaResources): Lambda {
  const { db, engine, clock, limits, onProblem } = given;
  const code = createCodeStore({ db, codeFolder: given.codeFolder, limits, onProblem });
  const concurrency = createConcurrency(limits, clock);
  const targets = createInvokeTargets(code);
  const provisioning = createProvisioning({ engine, targets, onProblem });
  const urls = createUrlIndex(db, () => functions);

  const onChange: ChangeListener = (previous, next) => {
    const key = previous ?? next;
    if (key === undefined) return;
    concurrency.commit(key, next && committedOf(next));
    provisioning.changed(previous, next);
    urls.changed(previous, next);
    for (const version of previous?.versions.values() ?? []) {
      const successor = next?.versions.get(version.number);
      if (successor?.deploymentId !== version.deploymentId) engine.retire(targetId(key, version));
      if (successor?.code.sha256 !== version.code.sha256) code.collect(version.code.sha256);
      if (successor?.layers !== version.layers) for (const layer of version.layers) code.collect(layer.code.sha256);
    }
  };

  const logDelivery = createLogDelivery(given);
  const functions = createFunctionStore(db, limits.cachedFunctionCount, onChange);
  const roleOf = executionRolePrincipal(given);
  const mainThread = createMainThread({ busyPart: limits.asyncBusyPart, lookMs: limits.asyncBusyLookMs });
  const asyncEvents = createAsyncQueue({
    store: db.asyncEvents,
    clock,
    limits,
    run: (event) => runAsyncEvent({ ...given, functions, concurrency, code, targets, logDelivery, roleOf }, event),
    isBusy: () => mainThread.isBusy(),
    parallelism: (key) => functions.peek(key)?.reservedConcurrency,
    onProblem,
  });
  const mappings = createMappingStore(db);
  const deployments = createDeployments({ db, clock, code, keptCount: limits.keptDeploymentCount });
  const resources: OperationResources = {
    ...given,
    layers: createLayerStore(db),
    codeSigning: createCodeSigningStore(db),
    deployments,
    functions,
    urls,
    code,
    concurrency,
    provisioning,
    targets,
    asyncEvents,
    settling: createSettling(functions, onProblem),
    mappings,
    mappingSettling: createMappingSettling({ mappings, pollers: given.pollers, clock, afterMs: limits.mappingTransitionMs, onProblem }),
    roleOf,
    runtimes: createRuntimePolicy(runtimeFacts, clock, given.options.runtimeDeprecation, onProblem),
  };
  return {
    ...lifecycle(resources, logDelivery),
    functionCode: createFunctionCode(functions, code, deployments),
    mappedFunctions: createMappedFunctions(resources),
    eventQueue: (key, qualifier) => asyncEvents.waiting(key, qualifier),
    findFunctionUrl: findFunctionUrl(resources),
    service: defineService("lambda", serviceTable, resources),
  };
}

function lifecycle(
  resources: OperationResources,
  logDelivery: LogDelivery,
): Omit<Lambda, "service" | "functionCode" | "eventQueue" | "findFunctionUrl" | "mappedFunctions"> {
  const { db, code, concurrency, provisioning, functions, settling, mappingSettling, asyncEvents, urls } = resources;
  return {
    async start() {
      await code.sweep();
      await urls.load();
      for (const { reservedConcurrency, ...key } of await reservations(db)) concurrency.commit(key, reservedConcurrency);
      for (const key of await unsettledFunctions(db)) await settling.now(key);
      for (const key of await provisionedFunctions(db)) {
        const record = await functions.find(key);
        if (record === undefined) continue;
        concurrency.commit(key, committedOf(record));
        provisioning.changed(undefined, record);
      }
      await mappingSettling.all();
      asyncEvents.start();
    },
    async close() {
      await asyncEvents.close();
      await settling.close();
      await mappingSettling.close();
      await code.close();
      await logDelivery.flush();
    },
    codeDownload: (request) => codeDownload(resources, request),
    executionRoleCredentials: executionRoleCredentials(resources),
    deliverLogs: (target, logStreamName, lines) => logDelivery.log(target, logStreamName, lines),
    logsWritten: () => logDelivery.flush(),
    async abandon() {
      asyncEvents.abandon();
      provisioning.abandon();
      await settling.close();
      await mappingSettling.close();
    },
  };
}
