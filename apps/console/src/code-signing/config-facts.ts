import type { CodeSigningConfig, CodeSigningPolicy } from "@aws-sdk/client-lambda";
import type { UseQueryResult } from "@tanstack/react-query";
import { useAwsAll } from "../api/hooks.ts";
import { paging } from "../api/paging.ts";
import { cliCommand } from "../shared/equivalent-cli.tsx";

/** The account's code signing configurations in the region. */
export const useCodeSigningConfigs = (): UseQueryResult<CodeSigningConfig[]> =>
  useAwsAll("lambda", "ListCodeSigningConfigs", {}, paging.ListCodeSigningConfigs);

/** `csc-0123456789abcdef0` of a configuration's ARN. */
export const configIdOf = (arn: string): string => arn.split(":").at(-1) ?? arn;

/** What is done with code whose signature is not valid. */
export const policyTexts: Readonly<Record<CodeSigningPolicy, string>> = {
  Warn: "Warn: the code is deployed all the same",
  Enforce: "Enforce: the code is refused",
};

/** What a form says of a configuration. */
export interface ConfigFacts {
  readonly description: string;
  /** ARNs of signing profile versions, as they are typed. */
  readonly profiles: readonly string[];
  readonly policy: CodeSigningPolicy;
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_AllowedPublishers.html */
export const mostProfiles = 20;

const profileArn = /^arn:aws[\w-]*:signer:[a-z]{2}(-gov)?-[a-z]+-\d:\d{12}:\/signing-profiles\/\w{2,64}(\/\w{10})?$/;

/** What is wrong with a profile; undefined if nothing is. */
export function profileProblem(profiles: readonly string[], index: number): string | undefined {
  const arn = profiles[index] ?? "";
  if (!profileArn.test(arn)) return "A signing profile's ARN looks like arn:aws:signer:us-east-1:123456789012:/signing-profiles/NAME.";
  return profiles.indexOf(arn) < index ? "It stands above already." : undefined;
}

/** Whether the form can be sent. */
export const isValid = ({ description, profiles }: ConfigFacts): boolean =>
  description.length <= 256 && profiles.length > 0 && profiles.every((_, index) => profileProblem(profiles, index) === undefined);

/** What is asked of the API. */
export const requestOf = ({ description, profiles, policy }: ConfigFacts) => ({
  Description: description,
  AllowedPublishers: { SigningProfileVersionArns: [...profiles] },
  CodeSigningPolicies: { UntrustedArtifactOnDeployment: policy },
});

/** What the aws CLI would be told. @param arn of what is changed; undefined: one is made */
export const commandOf = (facts: ConfigFacts, arn: string | undefined): string =>
  cliCommand("lambda", arn === undefined ? "create-code-signing-config" : "update-code-signing-config", {
    "code-signing-config-arn": arn,
    description: facts.description === "" && arn === undefined ? undefined : facts.description,
    "allowed-publishers": requestOf(facts).AllowedPublishers,
    "code-signing-policies": requestOf(facts).CodeSigningPolicies,
  });
