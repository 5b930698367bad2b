import type { AttachedPolicy, Tag } from "@aws-sdk/client-iam";
import { send } from "../../api/send.ts";
import { cliCommand, type CliOptions } from "../../shared/equivalent-cli.tsx";
import type { Identity } from "./identity.ts";

/** What IAM offers for a role and, under other names, for a user. */
interface IdentityOperations {
  attached(): Promise<readonly AttachedPolicy[]>;
  inlineNames(): Promise<readonly string[]>;
  /** An inline policy's document as JSON text. */
  inline(PolicyName: string): Promise<string>;
  attach(PolicyArn: string): Promise<unknown>;
  detach(PolicyArn: string): Promise<unknown>;
  putInline(PolicyName: string, PolicyDocument: string): Promise<unknown>;
  deleteInline(PolicyName: string): Promise<unknown>;
  tag(Tags: Tag[]): Promise<unknown>;
  untag(TagKeys: string[]): Promise<unknown>;
}

const operationsOf: Readonly<Record<Identity["kind"], (name: string) => IdentityOperations>> = {
  role: (RoleName) => ({
    attached: async () => (await send("iam", "ListAttachedRolePolicies", { RoleName })).AttachedPolicies ?? [],
    inlineNames: async () => (await send("iam", "ListRolePolicies", { RoleName })).PolicyNames ?? [],
    inline: async (PolicyName) => decodeURIComponent((await send("iam", "GetRolePolicy", { RoleName, PolicyName })).PolicyDocument ?? ""),
    attach: (PolicyArn) => send("iam", "AttachRolePolicy", { RoleName, PolicyArn }),
    detach: (PolicyArn) => send("iam", "DetachRolePolicy", { RoleName, PolicyArn }),
    putInline: (PolicyName, PolicyDocument) => send("iam", "PutRolePolicy", { RoleName, PolicyName, PolicyDocument }),
    deleteInline: (PolicyName) => send("iam", "DeleteRolePolicy", { RoleName, PolicyName }),
    tag: (Tags) => send("iam", "TagRole", { RoleName, Tags }),
    untag: (TagKeys) => send("iam", "UntagRole", { RoleName, TagKeys }),
  }),
  user: (UserName) => ({
    attached: async () => (await send("iam", "ListAttachedUserPolicies", { UserName })).AttachedPolicies ?? [],
    inlineNames: async () => (await send("iam", "ListUserPolicies", { UserName })).PolicyNames ?? [],
    inline: async (PolicyName) => decodeURIComponent((await send("iam", "GetUserPolicy", { UserName, PolicyName })).PolicyDocument ?? ""),
    attach: (PolicyArn) => send("iam", "AttachUserPolicy", { UserName, PolicyArn }),
    detach: (PolicyArn) => send("iam", "DetachUserPolicy", { UserName, PolicyArn }),
    putInline: (PolicyName, PolicyDocument) => send("iam", "PutUserPolicy", { UserName, PolicyName, PolicyDocument }),
    deleteInline: (PolicyName) => send("iam", "DeleteUserPolicy", { UserName, PolicyName }),
    tag: (Tags) => send("iam", "TagUser", { UserName, Tags }),
    untag: (TagKeys) => send("iam", "UntagUser", { UserName, TagKeys }),
  }),
};

/** The operations on a role or user. */
export const operationsOn = ({ kind, name }: Pick<Identity, "kind" | "name">): IdentityOperations => operationsOf[kind](name);

/** The aws command of such an operation: `identityCommand(identity, "attach-KIND-policy", {...})`. */
export const identityCommand = ({ kind, name }: Pick<Identity, "kind" | "name">, command: string, options: CliOptions): string =>
  cliCommand("iam", command.replace("KIND", kind), { [`${kind}-name`]: name, ...options });
