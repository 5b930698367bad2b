import type { AddPermissionRequest, FunctionUrlAuthType } from "@aws-sdk/client-lambda";
import { statementIdProblem } from "../../../policies/statement-id.ts";

/** Whom a permission is for. */
export type PermissionKind = "service" | "account" | "url";

/** A permission as it is being filled in. */
export interface PermissionFields {
  readonly kind: PermissionKind;
  readonly statementId: string;
  /** `s3.amazonaws.com` */
  readonly service: string;
  readonly sourceArn: string;
  readonly sourceAccount: string;
  /** An account, or the ARN of a user or role. */
  readonly principal: string;
  readonly action: string;
  readonly authType: FunctionUrlAuthType;
}

/** The services that call functions on AWS, and what their resources' ARNs look like. */
export const services: readonly { readonly principal: string; readonly label: string; readonly example: string }[] = [
  { principal: "apigateway.amazonaws.com", label: "API Gateway", example: "arn:aws:execute-api:us-east-1:123456789012:API/*/*/*" },
  { principal: "events.amazonaws.com", label: "EventBridge", example: "arn:aws:events:us-east-1:123456789012:rule/NAME" },
  { principal: "s3.amazonaws.com", label: "S3", example: "arn:aws:s3:::BUCKET" },
  { principal: "sns.amazonaws.com", label: "SNS", example: "arn:aws:sns:us-east-1:123456789012:TOPIC" },
  { principal: "logs.amazonaws.com", label: "CloudWatch Logs", example: "arn:aws:logs:us-east-1:123456789012:log-group:NAME:*" },
  { principal: "cognito-idp.amazonaws.com", label: "Cognito", example: "arn:aws:cognito-idp:us-east-1:123456789012:userpool/ID" },
  { principal: "elasticloadbalancing.amazonaws.com", label: "Application Load Balancer", example: "arn:aws:elasticloadbalancing:..." },
  { principal: "secretsmanager.amazonaws.com", label: "Secrets Manager", example: "arn:aws:secretsmanager:..." },
  { principal: "ses.amazonaws.com", label: "SES", example: "arn:aws:ses:us-east-1:123456789012:receipt-rule-set/NAME" },
];

/** What another account may be let do. */
export const actions: readonly string[] = [
  "lambda:InvokeFunction",
  "lambda:GetFunction",
  "lambda:GetFunctionConfiguration",
  "lambda:UpdateFunctionCode",
  "lambda:UpdateFunctionConfiguration",
];

/** What is filled in at first. */
export const firstPermission: PermissionFields = {
  kind: "service",
  statementId: "",
  service: services[0]?.principal ?? "",
  sourceArn: "",
  sourceAccount: "",
  principal: "",
  action: "lambda:InvokeFunction",
  authType: "AWS_IAM",
};

const principalRule = /^(\d{12}|arn:[\w-]+:(iam|sts)::\d{12}:.+)$/;

/** What is wrong with each field, in a sentence. */
export function problemsOf({ kind, statementId, sourceArn, sourceAccount, principal, authType }: PermissionFields) {
  const needsPrincipal = kind === "account" || (kind === "url" && authType === "AWS_IAM");
  return {
    statementId: statementIdProblem(statementId),
    sourceArn:
      kind === "service" && sourceArn !== "" && !/^arn:[\w-]+:[\w.-]+:/.test(sourceArn) ? "An ARN begins with arn:aws:" : undefined,
    sourceAccount:
      kind === "service" && sourceAccount !== "" && !/^\d{12}$/.test(sourceAccount) ? "An account ID has 12 digits." : undefined,
    principal:
      needsPrincipal && !principalRule.test(principal) ? "Give an account ID of 12 digits, or the ARN of a user or role." : undefined,
  };
}

type Permission = Omit<AddPermissionRequest, "FunctionName" | "Qualifier">;

/**
 * The permissions that the fields stand for. A function URL's caller needs two: to call the URL, and by it the function.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function permissionsOf(fields: PermissionFields): Permission[] {
  const { kind, statementId: StatementId, service, sourceArn, sourceAccount, principal, action, authType } = fields;
  if (kind === "service")
    return [
      {
        StatementId,
        Action: "lambda:InvokeFunction",
        Principal: service,
        ...(sourceArn !== "" && { SourceArn: sourceArn }),
        ...(sourceAccount !== "" && { SourceAccount: sourceAccount }),
      },
    ];
  if (kind === "account") return [{ StatementId, Action: action, Principal: principal }];
  const Principal = authType === "NONE" ? "*" : principal;
  return [
    { StatementId, Action: "lambda:InvokeFunctionUrl", Principal, FunctionUrlAuthType: authType },
    { StatementId: `${StatementId}-invoke`, Action: "lambda:InvokeFunction", Principal, InvokedViaFunctionUrl: true },
  ];
}
