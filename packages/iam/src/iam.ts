import type { Database } from "@mayfly/db";
import { defineService, type Clock, type Principal, type Service } from "@mayfly/kernel";
import { bootstrapAccount, type NewRootKey } from "./bootstrap.ts";
import { createDirectory, type IdentityDirectory } from "./directory.ts";
import type { Keyring } from "./keyring.ts";
import { verifyPassword } from "./login-profile.ts";
import { iamOperations } from "./operations/index.ts";
import { createChangeQueue } from "./resources.ts";

/** AWS's Identity and Access Management. */
export interface Iam {
  readonly service: Service;
  readonly directory: IdentityDirectory;
  /** Sets an account up at the first start. The root key that it answers is told this once. */
  bootstrap(accountId: string): Promise<NewRootKey>;
  /** The user that a name and a password belong to; undefined if to none. */
  verifyPassword(accountId: string, userName: string, password: string): Promise<Principal | undefined>;
}

/** Makes the service over the database. */
export function createIam({ db, clock, keyring }: { db: Database; clock: Clock; keyring: Keyring }): Iam {
  const { directory, drop } = createDirectory(db.models, keyring);
  const resources = { db, models: db.models, clock, keyring, change: createChangeQueue(drop) };
  return {
    service: defineService("iam", iamOperations, resources),
    directory,
    bootstrap: (accountId) => bootstrapAccount(resources, accountId),
    verifyPassword: (accountId, userName, password) => verifyPassword(resources, accountId, userName, password),
  };
}
