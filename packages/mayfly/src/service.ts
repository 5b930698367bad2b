import { defineService, type OperationTable, type Service } from "@mayfly/kernel";
import type { FunctionKey, InvocationKeeper } from "@mayfly/lambda";
import { createDrafts } from "./drafts.ts";
import { createKeptInvocations } from "./replay/kept-invocations.ts";
import { createSigninToken } from "./operations/create-signin-token.ts";
import { deleteConsoleSession } from "./operations/delete-console-session.ts";
import { deleteFunctionDraft } from "./operations/delete-function-draft.ts";
import { deployFunctionFiles } from "./operations/deploy-function-files.ts";
import { getEngineStatus } from "./operations/get-engine-status.ts";
import { getFunctionDraft } from "./operations/get-function-draft.ts";
import { getFunctionEventQueue } from "./operations/get-function-event-queue.ts";
import { getFunctionFile } from "./operations/get-function-file.ts";
import { getFunctionReplayConfig } from "./operations/get-function-replay-config.ts";
import { getKeptInvocation } from "./operations/get-kept-invocation.ts";
import { getPrivateTestEvents } from "./operations/get-private-test-events.ts";
import { getServerInfo } from "./operations/get-server-info.ts";
import { listConsoleSessions } from "./operations/list-console-sessions.ts";
import { listEventTrails } from "./operations/list-event-trails.ts";
import { listOutboxMails } from "./operations/list-outbox-mails.ts";
import { listFunctionDeployments } from "./operations/list-function-deployments.ts";
import { listFunctionEnvironments } from "./operations/list-function-environments.ts";
import { listFunctionFiles } from "./operations/list-function-files.ts";
import { listFunctionTags } from "./operations/list-function-tags.ts";
import { listKeptInvocations } from "./operations/list-kept-invocations.ts";
import { listRuntimes } from "./operations/list-runtimes.ts";
import { putFunctionDraft } from "./operations/put-function-draft.ts";
import { putFunctionReplayConfig } from "./operations/put-function-replay-config.ts";
import { putPrivateTestEvents } from "./operations/put-private-test-events.ts";
import { replayInvocation } from "./operations/replay-invocation.ts";
import { revertFunctionCode } from "./operations/revert-function-code.ts";
import type { MayflyGiven, MayflyResources } from "./resources.ts";

const operations: OperationTable<"mayfly", MayflyResources> = {
  CreateSigninToken: createSigninToken,
  DeleteConsoleSession: deleteConsoleSession,
  DeleteFunctionDraft: deleteFunctionDraft,
  DeployFunctionFiles: deployFunctionFiles,
  GetEngineStatus: getEngineStatus,
  GetFunctionDraft: getFunctionDraft,
  GetFunctionEventQueue: getFunctionEventQueue,
  GetFunctionFile: getFunctionFile,
  GetFunctionReplayConfig: getFunctionReplayConfig,
  GetKeptInvocation: getKeptInvocation,
  GetPrivateTestEvents: getPrivateTestEvents,
  GetServerInfo: getServerInfo,
  ListConsoleSessions: listConsoleSessions,
  ListEventTrails: listEventTrails,
  ListOutboxMails: listOutboxMails,
  ListFunctionDeployments: listFunctionDeployments,
  ListFunctionEnvironments: listFunctionEnvironments,
  ListFunctionFiles: listFunctionFiles,
  ListFunctionTags: listFunctionTags,
  ListKeptInvocations: listKeptInvocations,
  ListRuntimes: listRuntimes,
  PutFunctionDraft: putFunctionDraft,
  PutFunctionReplayConfig: putFunctionReplayConfig,
  PutPrivateTestEvents: putPrivateTestEvents,
  ReplayInvocation: replayInvocation,
  RevertFunctionCode: revertFunctionCode,
};

/** Mayfly's own service: what the console needs and AWS has no API for. */
export interface Mayfly {
  readonly service: Service;
  /** Removes what is kept of a function that was deleted: its draft, its private test events, its kept invocations. */
  forgetFunction(key: FunctionKey): Promise<void>;
  /** Keeps invocations of functions that allow it. */
  readonly invocationKeeper: InvocationKeeper;
  /** To be awaited before functions run. */
  start(): Promise<void>;
  /** Resolves when what is kept is on disk. */
  close(): Promise<void>;
}

/** Makes the service. */
export function createMayfly(given: MayflyGiven): Mayfly {
  const drafts = createDrafts(given.models, given.clock);
  const kept = createKeptInvocations(given);
  return {
    service: defineService("mayfly", operations, { ...given, drafts, kept }),
    invocationKeeper: { wants: (key) => kept.isAllowed(key), keep: (invoked) => kept.take(invoked) },
    start: () => kept.start(),
    close: () => kept.flush(),
    async forgetFunction({ accountId, region, functionName }) {
      await kept.forget({ accountId, region, functionName });
      await drafts.remove({ accountId, region, functionName });
      await given.models.privateTestEvents.deleteMany({ where: { accountId, region, functionName } });
    },
  };
}
