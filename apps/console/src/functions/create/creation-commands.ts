import { cliCommand } from "../../shared/equivalent-cli.tsx";
import { basicExecutionPolicyArn, lambdaTrust, newRoleArn, rolePath, type CreationRequest } from "./creation-request.ts";

/** The aws CLI's commands that make the same. */
export function creationCommands(request: CreationRequest, accountId: string): string[] {
  const { functionName, role, files, variables, tags } = request;
  const roleArn = role.kind === "existing" ? role.arn : newRoleArn(accountId, role.name);
  return [
    ...(role.kind === "new" ? roleCommands(role.name, role.policies) : []),
    `zip function.zip ${Object.keys(files).join(" ")}`,
    cliCommand("lambda", "create-function", {
      "function-name": functionName,
      runtime: request.runtime,
      handler: request.handler,
      role: roleArn,
      architectures: request.architecture,
      "memory-size": request.memoryMb,
      timeout: request.timeoutSeconds,
      description: request.description || undefined,
      environment: Object.keys(variables).length > 0 ? { Variables: variables } : undefined,
      tags: Object.keys(tags).length > 0 ? tags : undefined,
      "zip-file": "fileb://function.zip",
    }),
    cliCommand("lambda", "wait function-active-v2", { "function-name": functionName }),
  ];
}

function roleCommands(roleName: string, policies: readonly { readonly name: string; readonly document: object }[]): string[] {
  return [
    cliCommand("iam", "create-role", { "role-name": roleName, path: rolePath, "assume-role-policy-document": lambdaTrust }),
    cliCommand("iam", "attach-role-policy", { "role-name": roleName, "policy-arn": basicExecutionPolicyArn }),
    ...policies.map(({ name, document }) =>
      cliCommand("iam", "put-role-policy", { "role-name": roleName, "policy-name": name, "policy-document": document }),
    ),
  ];
}
