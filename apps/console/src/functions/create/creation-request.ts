/** A policy that a new role holds itself. */
export interface RolePolicy {
  readonly name: string;
  readonly document: object;
}

/** The role that a new function runs as: one that is there, or one that is made with it and can write logs. */
export type RoleRequest =
  | { readonly kind: "existing"; readonly arn: string }
  | { readonly kind: "new"; readonly name: string; readonly policies: readonly RolePolicy[] };

/** Everything that Create makes. */
export interface CreationRequest {
  readonly functionName: string;
  readonly runtime: string;
  readonly handler: string;
  readonly architecture: "x86_64" | "arm64";
  readonly description: string;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** The code: text by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly role: RoleRequest;
}

/** Where roles that a console makes for a service lie. */
export const rolePath = "/service-role/";

/** AWS's policy that lets a function write its logs. */
export const basicExecutionPolicyArn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

/** Lets Lambda take on the role. */
export const lambdaTrust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/** AWS's defaults of a function that somebody writes in the console. */
export const functionDefaults = { memoryMb: 128, timeoutSeconds: 3 } as const;

/** The ARN that a new role will have. */
export const newRoleArn = (accountId: string, roleName: string): string => `arn:aws:iam::${accountId}:role${rolePath}${roleName}`;
