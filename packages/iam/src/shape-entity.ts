import type { Role, User } from "@mayfly/wire/iam";
import { encodeDocument } from "./document-text.ts";
import { boundaryIfAny, entityArn, type Entity } from "./entity.ts";
import { tagsIfAny } from "./tags.ts";

/** A role as lists have it: without boundary and tags. */
export const shapeRoleInList = (role: Entity): Role => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.id,
  Arn: entityArn(role),
  CreateDate: new Date(role.createdAtMs),
  AssumeRolePolicyDocument: encodeDocument(role.trustPolicy ?? ""),
  ...(role.description !== null && { Description: role.description }),
  MaxSessionDuration: role.maxSessionDurationSeconds ?? undefined,
});

export const shapeRole = (role: Entity): Role => ({ ...shapeRoleInList(role), ...boundaryIfAny(role), ...tagsIfAny(role.tags) });

/** A user as lists have it: without boundary and tags. */
export const shapeUserInList = (user: Entity): User => ({
  Path: user.path,
  UserName: user.name,
  UserId: user.id,
  Arn: entityArn(user),
  CreateDate: new Date(user.createdAtMs),
});

export const shapeUser = (user: Entity): User => ({ ...shapeUserInList(user), ...boundaryIfAny(user), ...tagsIfAny(user.tags) });
