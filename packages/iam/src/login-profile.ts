import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";
import { Fault, type Principal, type RequestContext } from "@mayfly/kernel";
import { entityArn, findEntity, lookUpEntity, type Entity } from "./entity.ts";
import { noSuchEntity, validationError } from "./faults.ts";
import type { IamResources } from "./resources.ts";

/** Strength of the hash: some 50 ms and 32 MB a password. */
const scryptOptions = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 } as const;
const hashBytes = 32;
const saltBytes = 16;

/** AWS's rules where an account has no password policy of its own: 8 characters, three of four kinds of them. */
const shortestPassword = 8;
const neededKinds = 3;
const kinds = [/[A-Z]/, /[a-z]/, /[0-9]/, /[!@#$%^&*()_+\-=[\]{}|']/] as const;

/** A stored password. */
export interface LoginProfileRow {
  readonly userId: string;
  readonly salt: string;
  readonly passwordHash: string;
  readonly passwordResetRequired: boolean;
  readonly createdAtMs: number;
}

/** The user that a request names, or else the one that makes it. @throws Fault NoSuchEntity, ValidationError */
export async function loginUserOf({ models }: IamResources, ctx: RequestContext, userName: string | undefined): Promise<Entity> {
  const name = userName ?? (ctx.principal.kind === "user" ? ctx.principal.userName : undefined);
  if (name === undefined) throw validationError("Must specify userName when calling with non-User credentials");
  return findEntity(models, ctx, "user", name);
}

/** The user's password. @throws Fault NoSuchEntity */
export async function findLoginProfile({ models }: IamResources, user: Entity): Promise<LoginProfileRow> {
  const profile = await models.iamLoginProfile.findUnique({ where: { userId: user.id } });
  if (profile === null) throw noSuchEntity(`Login Profile for User ${user.name} cannot be found.`);
  return profile;
}

/**
 * Hashes a new password. @throws Fault PasswordPolicyViolation
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
 */
export async function hashNewPassword(password: string, user: Entity): Promise<{ readonly salt: string; readonly passwordHash: string }> {
  const kindsFound = kinds.filter((kind) => kind.test(password)).length;
  const names = [user.name.toLowerCase()];
  if (password.length < shortestPassword || kindsFound < neededKinds || names.includes(password.toLowerCase())) {
    throw new Fault("PasswordPolicyViolation", "Password does not conform to the account password policy.");
  }
  const salt = randomBytes(saltBytes);
  return { salt: salt.toString("base64"), passwordHash: (await hash(password, salt)).toString("base64") };
}

/** Whether it is the password. */
export async function isPassword(password: string, { salt, passwordHash }: LoginProfileRow): Promise<boolean> {
  return timingSafeEqual(await hash(password, Buffer.from(salt, "base64")), Buffer.from(passwordHash, "base64"));
}

/**
 * Who a user name and a password belong to; undefined if to nobody. What is unknown costs as much time as what is wrong, so that
 * nothing can be learnt about which users there are.
 */
export async function verifyPassword(
  { models, clock }: IamResources,
  accountId: string,
  userName: string,
  password: string,
): Promise<Principal | undefined> {
  const user = await lookUpEntity(models, accountId, "user", userName);
  const profile = user && (await models.iamLoginProfile.findUnique({ where: { userId: user.id } }));
  if (!user || !profile) {
    await hash(password, randomBytes(saltBytes));
    return undefined;
  }
  if (!(await isPassword(password, profile))) return undefined;
  // Many, for none may be left: it can be deleted while it is checked.
  await models.iamLoginProfile.updateMany({ where: { userId: user.id }, data: { passwordLastUsedAtMs: clock.now() } });
  return { kind: "user", accountId, arn: entityArn(user), userId: user.id, userName: user.name };
}

function hash(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize("NFC"), salt, hashBytes, scryptOptions, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
