import type { Cors, FunctionUrlConfig } from "@aws-sdk/client-lambda";
import { useAwsAll } from "../../../api/hooks.ts";
import { paging } from "../../../api/paging.ts";
import { problemOf } from "../../../api/problem.ts";
import { send } from "../../../api/send.ts";
import type { Answer } from "../../../shared/answer.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { useCurrentFunction } from "../function-context.ts";

/** The URL of what the page shows, the function or an alias; null: it has none. */
export function useUrlConfig(): Answer<FunctionUrlConfig | null> {
  const { functionName, qualifier } = useCurrentFunction();
  // The list, as the single one's answer is an error where there is none.
  const { data, error, refetch } = useAwsAll(
    "lambda",
    "ListFunctionUrlConfigs",
    { FunctionName: functionName },
    paging.ListFunctionUrlConfigs,
  );
  const config = data?.find(({ FunctionArn = "" }) => FunctionArn.split(":")[7] === qualifier) ?? null;
  return { data: data && config, error, refetch };
}

/** What a form sets of a URL. */
export interface UrlSettings {
  readonly AuthType: NonNullable<FunctionUrlConfig["AuthType"]>;
  readonly InvokeMode: NonNullable<FunctionUrlConfig["InvokeMode"]>;
  readonly Cors: Cors | undefined;
}

/** A function, or an alias of it. */
export interface UrlOwner {
  readonly functionName: string;
  readonly qualifier: string | undefined;
}

const targetOf = ({ functionName, qualifier }: UrlOwner) => ({
  FunctionName: functionName,
  ...(qualifier !== undefined && { Qualifier: qualifier }),
});

/** What lets everybody invoke a URL without authentication: AWS asks for both, and names them so. */
const publicStatements = [
  { StatementId: "FunctionURLAllowPublicAccess", Action: "lambda:InvokeFunctionUrl", Principal: "*", FunctionUrlAuthType: "NONE" },
  { StatementId: "FunctionURLAllowInvokeAction", Action: "lambda:InvokeFunction", Principal: "*", InvokedViaFunctionUrl: true },
] as const;

/** Makes or changes a URL. @param isPublic whether everybody is let in */
export async function saveUrl(owner: UrlOwner, isThere: boolean, settings: UrlSettings, isPublic: boolean): Promise<void> {
  const { Cors, ...rest } = settings;
  const target = targetOf(owner);
  if (isThere) await send("lambda", "UpdateFunctionUrlConfig", { ...target, ...rest, Cors: Cors ?? {} });
  else await send("lambda", "CreateFunctionUrlConfig", { ...target, ...rest, ...(Cors && { Cors }) });
  if (!isPublic) return;
  for (const statement of publicStatements) {
    await send("lambda", "AddPermission", { ...target, ...statement }).catch((error: unknown) => {
      if (problemOf(error).code !== "ResourceConflictException") throw error;
    });
  }
}

/** Takes the URL away. Statements of the policy stay. */
export const deleteUrl = (owner: UrlOwner): Promise<unknown> => send("lambda", "DeleteFunctionUrlConfig", targetOf(owner));

/** What the aws CLI would be told to do as `saveUrl` does. */
export function saveCommands({ functionName, qualifier }: UrlOwner, isThere: boolean, settings: UrlSettings, isPublic: boolean): string[] {
  const target = { "function-name": functionName, qualifier };
  const { AuthType, InvokeMode, Cors } = settings;
  const save = cliCommand("lambda", isThere ? "update-function-url-config" : "create-function-url-config", {
    ...target,
    "auth-type": AuthType,
    "invoke-mode": InvokeMode,
    cors: Cors ?? (isThere ? {} : undefined),
  });
  if (!isPublic) return [save];
  return [
    save,
    ...publicStatements.map((statement) =>
      cliCommand("lambda", "add-permission", {
        ...target,
        "statement-id": statement.StatementId,
        action: statement.Action,
        principal: statement.Principal,
        "function-url-auth-type": "FunctionUrlAuthType" in statement ? statement.FunctionUrlAuthType : undefined,
        "invoked-via-function-url": "InvokedViaFunctionUrl" in statement,
      }),
    ),
  ];
}
