import { randomBytes } from "node:crypto";
import { Fault, formatArn, type RequestContext } from "@mayfly/kernel";
import type { CodeSigningConfig } from "@mayfly/wire/lambda";
import { resourceTags, type LambdaIamRule } from "../iam-rules.ts";
import type { CodeSigningConfigRecord } from "./code-signing-store.ts";

/** The ARN of a new configuration: `csc-` and 17 letters and digits. */
export const newCodeSigningConfigArn = ({ accountId, region }: Pick<RequestContext, "accountId" | "region">): string =>
  formatArn({ service: "lambda", region, accountId, resource: `code-signing-config:csc-${randomBytes(9).toString("hex").slice(0, 17)}` });

/** The caller's own configuration. @throws Fault ResourceNotFoundException in recorded words, which carry no Type */
export function mustBeCodeSigningConfig(
  record: CodeSigningConfigRecord | undefined,
  { accountId, region }: Pick<RequestContext, "accountId" | "region">,
  arn: string,
): CodeSigningConfigRecord {
  if (record?.accountId === accountId && record.region === region) return record;
  throw new Fault("ResourceNotFoundException", `The Lambda code signing configuration ${arn} can not be found.`, { members: {} });
}

/** 404 CodeSigningConfigNotFoundException, where a function is to have a configuration that there is not. */
export const codeSigningConfigNotFound = (arn: string): Fault =>
  new Fault(
    "CodeSigningConfigNotFoundException",
    `The code signing configuration cannot be found. Check that the provided configuration is not deleted: ${arn}.`,
    { members: { Type: "User" } },
  );

/** What operations answer of a configuration. */
export const shapeCodeSigningConfig = (record: CodeSigningConfigRecord): CodeSigningConfig => ({
  CodeSigningConfigId: record.arn.split(":").at(-1) ?? "",
  CodeSigningConfigArn: record.arn,
  Description: record.description,
  AllowedPublishers: { SigningProfileVersionArns: [...record.signingProfileVersionArns] },
  CodeSigningPolicies: { UntrustedArtifactOnDeployment: record.untrustedArtifactOnDeployment },
  LastModified: new Date(record.lastModifiedMs).toISOString().replace("Z", "+0000"),
});

/** The rule of an operation on a configuration, its tags as condition keys. */
export const onCodeSigningConfig = <Input extends { CodeSigningConfigArn: string | undefined }>(
  action: `lambda:${string}`,
): LambdaIamRule<Input> => ({
  action,
  resource: (_ctx, input) => input.CodeSigningConfigArn,
  conditionKeys: async (_ctx, input, { codeSigning }) => resourceTags((await codeSigning.find(input.CodeSigningConfigArn))?.tags ?? {}),
});
