import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { createAuthorizer, createCredentialsResolver, type LongLivedKey, type Sealer } from "@mayfly/iam";
import {
  rootPrincipal,
  type InputOf,
  type OperationName,
  type OutputOf,
  type PolicyDocument,
  type PolicyStatement,
  type Principal,
  type RequestContext,
  type ResolvedCredentials,
} from "@mayfly/kernel";
import type { RoleRecord } from "../resources.ts";
import { createSts } from "../service.ts";

export const account = "123456789012";
export const otherAccount = "210987654321";

/** A user of the account; its unique id is made of its name. */
export const user = (name: string, accountId = account): Principal => ({
  kind: "user",
  accountId,
  arn: `arn:aws:iam::${accountId}:user/${name}`,
  userId: `AIDA${name.toUpperCase()}`,
  userName: name,
});

/** A policy of one statement. */
export const policy = (statement: Partial<PolicyStatement>): PolicyDocument => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", ...statement }],
});

/** What a test's accounts hold. */
export interface Accounts {
  readonly roles: Record<string, Partial<RoleRecord> & { trustPolicy: PolicyDocument; accountId?: string; policies?: PolicyDocument[] }>;
  readonly userPolicies?: Record<string, PolicyDocument[]>;
  readonly managedPolicies?: Record<string, PolicyDocument>;
  readonly keys?: Record<string, LongLivedKey>;
}

/** STS with the real authorizer and resolver over the given accounts. Time stands still until `clock.nowMs` is moved. */
export function stsWorld(accounts: Accounts, mode: "strict" | "open" = "strict") {
  const time = { nowMs: Date.parse("2026-11-23T15:00:00Z") };
  const clock = { now: () => time.nowMs, monotonicMs: () => time.nowMs };
  const keyring = sealer();
  const directory = directoryOf(accounts);
  const { service } = createSts({ directory, keyring, clock });
  const authorizer = createAuthorizer({ directory, mode, clock });
  const resolver = createCredentialsResolver({ directory, keyring, clock, mode, defaultAccountId: account });
  return {
    time,
    resolver,
    /** Calls an operation as the gateway does: asks IAM, then runs it. */
    async call<O extends OperationName<"sts">>(
      caller: Principal | ResolvedCredentials,
      operation: O,
      input: InputOf<"sts", O>,
    ): Promise<OutputOf<"sts", O>> {
      const credentials = "principal" in caller ? caller : { principal: caller };
      const ctx: RequestContext = {
        ...credentials,
        requestId: "r",
        accountId: credentials.principal.accountId,
        region: "us-east-1",
        sourceIp: "127.0.0.1",
        userAgent: "test",
        secureTransport: false,
        endpoint: "http://127.0.0.1:4566",
        call: () => Promise.reject(new Error("STS calls no other service")),
        authorize: (request) => authorizer.authorize(ctx, request),
      };
      const bound = service.operation(operation);
      if (bound === undefined) throw new Error(`No ${operation}`);
      await bound.authorize(ctx, input);
      return (await bound.run(ctx, input)) as OutputOf<"sts", O>;
    },
  };
}

function directoryOf({ roles, userPolicies, managedPolicies, keys }: Accounts) {
  const find = (accountId: string, name: string) => {
    const role = roles[name];
    return role && (role.accountId ?? account) === accountId
      ? { arn: `arn:aws:iam::${accountId}:role/${name}`, id: `AROA${name.toUpperCase()}`, maxSessionDurationSeconds: 3_600, ...role }
      : undefined;
  };
  return {
    accessKey: (id: string) => keys?.[id],
    role: find,
    managedPolicy: (_accountId: string, arn: string) => managedPolicies?.[arn],
    userPolicies: (accountId: string, name: string) => ({
      arn: user(name, accountId).arn,
      id: user(name, accountId).userId,
      policies: userPolicies?.[name] ?? [],
    }),
    rolePolicies: (accountId: string, name: string) => {
      const role = find(accountId, name);
      return role && { arn: role.arn, id: role.id, policies: role.policies ?? [] };
    },
  };
}

/** Seals under a key of its own. */
function sealer(): Sealer {
  const key = randomBytes(32);
  return {
    seal(purpose, plaintext) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(purpose));
      return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    },
    open(purpose, sealed) {
      const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12), { authTagLength: 16 }).setAAD(Buffer.from(purpose));
      decipher.setAuthTag(sealed.subarray(-16));
      return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
    },
  };
}

export const root = rootPrincipal(account);
