import type { Database } from "@mayfly/db";
import type { Engine } from "@mayfly/engine";
import type { CallAs, Clock, EventTrail } from "@mayfly/kernel";
import type { CodeStore } from "./code/code-store.ts";
import type { CodeSigningStore } from "./code-signing/code-signing-store.ts";
import type { RuntimeDeprecation, RuntimePolicy } from "./configuration/runtime-policy.ts";
import type { DestinationQueues } from "./event-invoke-config/destination-queues.ts";
import type { DestinationBuckets } from "./event-invoke-config/destination-buckets.ts";
import type { DestinationTopics } from "./event-invoke-config/destination-topics.ts";
import type { EventSourceDirectory } from "./event-source-mappings/event-source-directory.ts";
import type { MappingSettling } from "./event-source-mappings/mapping-settling.ts";
import type { MappingStore } from "./event-source-mappings/mapping-store.ts";
import type { EventSourcePollers } from "./event-source-mappings/pollers.ts";
import type { RolePrincipals } from "./execution-role.ts";
import type { AsyncQueue } from "./invoke/async-queue.ts";
import type { Concurrency } from "./invoke/concurrency.ts";
import type { InvocationKeeper } from "./invoke/invoked.ts";
import type { InvokeTargets } from "./invoke/invoke-target.ts";
import type { Deployments } from "./deployments/deployments.ts";
import type { FunctionKey } from "./function-name.ts";
import type { UrlIndex } from "./function-url/url-index.ts";
import type { LayerStore } from "./layers/layer-store.ts";
import type { LambdaLimits } from "./limits.ts";
import type { Provisioning } from "./provisioned-concurrency/provisioning.ts";
import type { Settling } from "./settling.ts";
import type { FunctionStore } from "./store/function-store.ts";

/** What Lambda is given. */
export interface LambdaResources {
  readonly db: Database;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly callAs: CallAs;
  /** Where deployment packages are unpacked, on the file system of the data folder. Lambda owns it. */
  readonly codeFolder: string;
  /** Signs URLs of deployment packages; must outlive a restart for URLs to do so. */
  readonly signingSecret: Uint8Array;
  readonly limits: LambdaLimits;
  /** What queues, streams and clusters there are for functions to be mapped to. */
  readonly eventSources: EventSourceDirectory;
  /** Whoever reads them. */
  readonly pollers: EventSourcePollers;
  /** Where what became of asynchronous events can go, beside functions. */
  readonly destinationQueues: DestinationQueues;
  readonly destinationTopics: DestinationTopics;
  /** Buckets that take what failed. */
  readonly destinationBuckets: DestinationBuckets;
  /** Is told of every asynchronous event's way. */
  readonly trail: EventTrail;
  /** This server's own address, `http://host:port`. */
  readonly endpoint: () => string;
  readonly options: {
    readonly runtimeDeprecation: RuntimeDeprecation;
  };
  /** Told after a function was deleted, before the answer: what others keep of it goes too. */
  readonly onDeleted?: (key: FunctionKey) => Promise<void>;
  readonly invocationKeeper?: InvocationKeeper;
  /** Takes a line for the server's own log. */
  readonly onProblem: (line: string) => void;
}

/** What an operation works with. */
export interface OperationResources extends LambdaResources {
  readonly functions: FunctionStore;
  readonly urls: UrlIndex;
  readonly code: CodeStore;
  readonly layers: LayerStore;
  readonly codeSigning: CodeSigningStore;
  readonly runtimes: RuntimePolicy;
  readonly concurrency: Concurrency;
  readonly provisioning: Provisioning;
  readonly targets: InvokeTargets;
  readonly asyncEvents: AsyncQueue;
  readonly settling: Settling;
  readonly mappings: MappingStore;
  readonly mappingSettling: MappingSettling;
  /** Whom a function's code acts as. */
  readonly roleOf: RolePrincipals;
  readonly deployments: Deployments;
}
