import { send } from "../../api/send.ts";
import type { PlanStep } from "../../functions/create/creation-plan.ts";
import { takeBack } from "../../functions/create/take-back.ts";
import type { Pair } from "../../functions/detail/configuration/pairs.ts";
import { cliCommand } from "../../shared/equivalent-cli.tsx";
import { policyNameOf } from "../policy-name.ts";

/** What is to be made. */
export interface UserForm {
  readonly name: string;
  /** undefined: no access to the console */
  readonly password: string | undefined;
  readonly policyArns: readonly string[];
  readonly tags: readonly Pair[];
}

/** The steps that make a user; each takes back its own. */
export function userCreationSteps({ name, password, policyArns, tags }: UserForm): PlanStep[] {
  const UserName = name;
  const Tags = tags.map(({ key, value }) => ({ Key: key, Value: value }));
  return [
    {
      id: "user",
      title: `Create user ${name}`,
      run: async () => void (await send("iam", "CreateUser", { UserName, ...(Tags.length > 0 && { Tags }) })),
      undo: () => takeBack(() => send("iam", "DeleteUser", { UserName })),
    },
    ...policyArns.map((PolicyArn): PlanStep => ({
      id: PolicyArn,
      title: `Attach policy ${policyNameOf(PolicyArn)}`,
      run: async () => void (await send("iam", "AttachUserPolicy", { UserName, PolicyArn })),
      undo: () => takeBack(() => send("iam", "DetachUserPolicy", { UserName, PolicyArn })),
    })),
    ...(password === undefined
      ? []
      : [
          {
            id: "password",
            title: "Set console password",
            run: async () => void (await send("iam", "CreateLoginProfile", { UserName, Password: password })),
            undo: () => takeBack(() => send("iam", "DeleteLoginProfile", { UserName })),
          },
        ]),
  ];
}

/** The aws CLI's commands that make the same; the password is left to be filled in. */
export function userCreationCommands({ name, password, policyArns, tags }: UserForm): string[] {
  const Tags = tags.map(({ key, value }) => ({ Key: key, Value: value }));
  return [
    cliCommand("iam", "create-user", { "user-name": name || "NAME", tags: Tags.length > 0 ? Tags : undefined }),
    ...policyArns.map((arn) => cliCommand("iam", "attach-user-policy", { "user-name": name || "NAME", "policy-arn": arn })),
    ...(password === undefined ? [] : [cliCommand("iam", "create-login-profile", { "user-name": name || "NAME", password: "PASSWORD" })]),
  ];
}
