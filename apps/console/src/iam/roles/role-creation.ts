import { send } from "../../api/send.ts";
import type { PlanStep } from "../../functions/create/creation-plan.ts";
import { takeBack } from "../../functions/create/take-back.ts";
import { cliCommand } from "../../shared/equivalent-cli.tsx";
import { compactJson } from "../json-text.ts";
import { policyNameOf } from "../policy-name.ts";
import { trustPolicyOf, type RoleForm } from "./role-form.ts";

/** The step that makes the role itself; the name's and the trust policy's problems are its. */
export const roleStepId = "role";

/** The steps that make a role with its policies; each takes back its own. */
export function roleCreationSteps(form: RoleForm, ownAccountId: string): PlanStep[] {
  const RoleName = form.name;
  return [
    {
      id: roleStepId,
      title: `Create role ${RoleName}`,
      run: async () => void (await send("iam", "CreateRole", createRoleInput(form, ownAccountId))),
      undo: () => takeBack(() => send("iam", "DeleteRole", { RoleName })),
    },
    ...form.policyArns.map((PolicyArn): PlanStep => ({
      id: PolicyArn,
      title: `Attach policy ${policyNameOf(PolicyArn)}`,
      run: async () => void (await send("iam", "AttachRolePolicy", { RoleName, PolicyArn })),
      undo: () => takeBack(() => send("iam", "DetachRolePolicy", { RoleName, PolicyArn })),
    })),
  ];
}

function createRoleInput(form: RoleForm, ownAccountId: string) {
  return {
    RoleName: form.name,
    AssumeRolePolicyDocument: trustPolicyOf(form, ownAccountId),
    ...(form.description !== "" && { Description: form.description }),
    ...(form.boundaryArn !== "" && { PermissionsBoundary: form.boundaryArn }),
    ...(form.tags.length > 0 && { Tags: form.tags.map(({ key, value }) => ({ Key: key, Value: value })) }),
  };
}

/** The aws CLI's commands that make the same. */
export function roleCreationCommands(form: RoleForm, ownAccountId: string): string[] {
  const input = createRoleInput(form, ownAccountId);
  return [
    cliCommand("iam", "create-role", {
      "role-name": form.name,
      "assume-role-policy-document": compactJson(input.AssumeRolePolicyDocument),
      description: input.Description,
      "permissions-boundary": input.PermissionsBoundary,
      tags: input.Tags,
    }),
    ...form.policyArns.map((arn) => cliCommand("iam", "attach-role-policy", { "role-name": form.name, "policy-arn": arn })),
  ];
}
