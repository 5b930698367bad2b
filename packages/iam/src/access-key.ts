import { randomBytes } from "node:crypto";
import { newIamId, type RequestContext } from "@mayfly/kernel";
import { findEntity } from "./entity.ts";
import { noSuchEntity, overQuota, validationError } from "./faults.ts";
import type { Keyring } from "./keyring.ts";
import { iamLimits } from "./limits.ts";
import type { IamResources } from "./resources.ts";

/** The owner id of an account's root keys. */
export const rootOwner = "root";

const purpose = (accessKeyId: string): string => `access-key:${accessKeyId}`;
const secretBytes = 30;

/** Whom an operation on access keys is about. */
export interface KeyOwner {
  readonly accountId: string;
  readonly ownerId: string;
  /** The answer's `UserName`; none for root. */
  readonly userName: string | undefined;
}

/** The named user, or else the caller. @throws Fault NoSuchEntity, ValidationError */
export async function keyOwnerOf({ models }: IamResources, ctx: RequestContext, userName: string | undefined): Promise<KeyOwner> {
  const name = userName ?? callerName(ctx);
  if (name === undefined) return { accountId: ctx.accountId, ownerId: rootOwner, userName: undefined };
  const user = await findEntity(models, ctx, "user", name);
  return { accountId: ctx.accountId, ownerId: user.id, userName: user.name };
}

/** The calling user's name; undefined for root. @throws Fault ValidationError for everybody else */
export function callerName({ principal }: RequestContext): string | undefined {
  if (principal.kind === "root") return undefined;
  if (principal.kind === "user") return principal.userName;
  throw validationError("Must specify userName when calling with non-User credentials");
}

/** Makes a key; its secret is told this once. @throws Fault LimitExceeded */
export async function createKey({ models, keyring, clock }: IamResources, { accountId, ownerId }: KeyOwner) {
  const limit = iamLimits.accessKeysPerUserCount;
  if ((await models.iamAccessKey.count({ where: { accountId, ownerId } })) >= limit) throw overQuota("AccessKeysPerUser", limit);
  const accessKeyId = newIamId("AKIA", 16);
  const secretAccessKey = randomBytes(secretBytes).toString("base64");
  const sealedSecret = keyring.seal(purpose(accessKeyId), Buffer.from(secretAccessKey)).toString("base64");
  const createdAtMs = clock.now();
  await models.iamAccessKey.create({ data: { accessKeyId, accountId, ownerId, status: "Active", sealedSecret, createdAtMs } });
  return { accessKeyId, secretAccessKey, createdAtMs };
}

/** @throws Error if the data folder's key file is not the one that sealed it */
export function openSecret(keyring: Keyring, { accessKeyId, sealedSecret }: { accessKeyId: string; sealedSecret: string }): string {
  const secret = keyring.open(purpose(accessKeyId), Buffer.from(sealedSecret, "base64"));
  if (secret === undefined) throw new Error(`The secret of access key ${accessKeyId} was sealed under another key file.`);
  return secret.toString("utf8");
}

/** @throws Fault NoSuchEntity */
export async function requireKey({ models }: IamResources, { accountId, ownerId }: KeyOwner, accessKeyId: string): Promise<void> {
  const key = await models.iamAccessKey.findUnique({ where: { accessKeyId } });
  if (key?.accountId !== accountId || key.ownerId !== ownerId) throw noSuchEntity(`The Access Key with id ${accessKeyId} cannot be found.`);
}
