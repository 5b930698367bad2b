import type { Runtime } from "@aws-sdk/client-lambda";
import { send } from "../../api/send.ts";
import type { PlanStep } from "./creation-plan.ts";
import { basicExecutionPolicyArn, lambdaTrust, rolePath, type CreationRequest, type RolePolicy } from "./creation-request.ts";
import { pause, takeBack } from "./take-back.ts";
import { zipFiles } from "./zip-files.ts";

/** The ids of steps that a form's fields are checked by: a failure of one belongs to the field. */
export const stepIds = { role: "role", function: "function" } as const;

/** How often a new function is asked whether it can be called, and for how long. Milliseconds. */
const activePollMs = 100;
const activeWithinMs = 60_000;

/** The steps that make a function and, if asked for, its role; each takes back its own. */
export function creationSteps(request: CreationRequest): PlanStep[] {
  const { role } = request;
  if (role.kind === "existing") return functionSteps(request, () => role.arn);
  let roleArn = "";
  const createRole: PlanStep = {
    id: stepIds.role,
    title: `Create role ${role.name}`,
    async run() {
      const { Role } = await send("iam", "CreateRole", {
        RoleName: role.name,
        Path: rolePath,
        AssumeRolePolicyDocument: JSON.stringify(lambdaTrust),
      });
      roleArn = Role?.Arn ?? "";
    },
    undo: () => takeBack(() => send("iam", "DeleteRole", { RoleName: role.name })),
  };
  return [
    createRole,
    basicPolicyStep(role.name),
    ...role.policies.map((policy) => inlinePolicyStep(role.name, policy)),
    ...functionSteps(request, () => roleArn),
  ];
}

function basicPolicyStep(roleName: string): PlanStep {
  const input = { RoleName: roleName, PolicyArn: basicExecutionPolicyArn };
  return {
    id: "logs-policy",
    title: "Attach policy AWSLambdaBasicExecutionRole",
    run: async () => void (await send("iam", "AttachRolePolicy", input)),
    undo: () => takeBack(() => send("iam", "DetachRolePolicy", input)),
  };
}

function inlinePolicyStep(roleName: string, { name, document }: RolePolicy): PlanStep {
  return {
    id: `policy-${name}`,
    title: `Add policy ${name}`,
    run: async () =>
      void (await send("iam", "PutRolePolicy", { RoleName: roleName, PolicyName: name, PolicyDocument: JSON.stringify(document) })),
    undo: () => takeBack(() => send("iam", "DeleteRolePolicy", { RoleName: roleName, PolicyName: name })),
  };
}

function functionSteps(request: CreationRequest, roleArn: () => string): PlanStep[] {
  const { functionName } = request;
  return [
    {
      id: stepIds.function,
      title: `Create function ${functionName}`,
      run: async () => void (await send("lambda", "CreateFunction", createFunctionInput(request, roleArn(), zipFiles(request.files)))),
      undo: () => takeBack(() => deleteOwn(functionName, roleArn())),
    },
    { id: "active", title: "Wait until the function is active", run: () => untilActive(functionName) },
  ];
}

function createFunctionInput(request: CreationRequest, role: string, zip: Uint8Array) {
  const { functionName, runtime, handler, architecture, description, memoryMb, timeoutSeconds, variables, tags } = request;
  return {
    FunctionName: functionName,
    Runtime: runtime as Runtime,
    Handler: handler,
    Role: role,
    Architectures: [architecture],
    MemorySize: memoryMb,
    Timeout: timeoutSeconds,
    Code: { ZipFile: zip },
    ...(description !== "" && { Description: description }),
    ...(Object.keys(variables).length > 0 && { Environment: { Variables: { ...variables } } }),
    ...(Object.keys(tags).length > 0 && { Tags: { ...tags } }),
  };
}

/** Somebody else may have made a function of the name while no answer came: only one with this plan's role goes. */
async function deleteOwn(functionName: string, roleArn: string): Promise<void> {
  const { Role } = await send("lambda", "GetFunctionConfiguration", { FunctionName: functionName });
  if (Role === roleArn) await send("lambda", "DeleteFunction", { FunctionName: functionName });
}

async function untilActive(functionName: string): Promise<void> {
  const untilMs = Date.now() + activeWithinMs;
  while (Date.now() < untilMs) {
    const { State, StateReason, StateReasonCode } = await send("lambda", "GetFunctionConfiguration", { FunctionName: functionName });
    if (State === "Active") return;
    if (State === "Failed")
      throw Object.assign(new Error(StateReason ?? "The function could not be made ready."), { name: StateReasonCode ?? "Failed" });
    await pause(activePollMs);
  }
  throw Object.assign(new Error(`The function is still not active after ${activeWithinMs / 1000} seconds.`), { name: "StillPending" });
}
