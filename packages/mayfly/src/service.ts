import { defineService, type OperationTable, type Service } from "@mayfly/kernel";
import type {} from "@mayfly/wire/mayfly";
import { createSigninToken } from "./operations/create-signin-token.ts";
import { deleteConsoleSession } from "./operations/delete-console-session.ts";
import { listConsoleSessions } from "./operations/list-console-sessions.ts";
import type { MayflyResources } from "./resources.ts";

const operations: OperationTable<"mayfly", MayflyResources> = {
  CreateSigninToken: createSigninToken,
  DeleteConsoleSession: deleteConsoleSession,
  ListConsoleSessions: listConsoleSessions,
};

/** Mayfly's own service: what the console needs and AWS has no API for. */
export function createMayfly(resources: MayflyResources): { readonly service: Service } {
  return { service: defineService("mayfly", operations, resources) };
}
