import { Fault, type RequestContext } from "@mayfly/kernel";
import { functionArn } from "../function-name.ts";
import type { OperationResources } from "../resources.ts";
import type { FunctionRecord } from "../store/records.ts";
import { codeSigningConfigNotFound } from "./code-signing-config.ts";
import type { CodeSigningConfigRecord } from "./code-signing-store.ts";

/** What is to be deployed. */
interface Deployment {
  readonly functionName: string;
  /** The function, as AWS names it in the error of the operation. */
  readonly named: string;
}

/**
 * Passes code or layers by a function's code signing configuration. AWS Signer's signatures are not known here, so that nothing is signed:
 * Enforce refuses all of it, Warn lets it pass and says so in the server's log.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-codesigning.html
 * @throws Fault CodeVerificationFailedException
 */
export function checkSignature(
  { onProblem }: OperationResources,
  config: CodeSigningConfigRecord | undefined,
  { functionName, named }: Deployment,
): void {
  if (config === undefined) return;
  if (config.untrustedArtifactOnDeployment === "Warn") {
    onProblem(
      `Function ${functionName}: code without a signature is deployed, of which its code signing configuration ${config.arn} only warns.`,
    );
    return;
  }
  throw new Fault(
    "CodeVerificationFailedException",
    "Lambda cannot deploy the function. The function or layer might be signed using a signature that the client is not configured to accept. " +
      `Check the provided signature for ${named}.`,
    { members: { Type: "User" } },
  );
}

/** Works while the configuration that a function is to have stays. @throws Fault CodeSigningConfigNotFoundException */
export function usingCodeSigningConfig<T>(
  { codeSigning }: OperationResources,
  { accountId, region }: Pick<RequestContext, "accountId" | "region">,
  arn: string | undefined,
  work: (config: CodeSigningConfigRecord | undefined) => Promise<T>,
): Promise<T> {
  if (!arn) return work(undefined);
  return codeSigning.using(arn, (config) => {
    if (config?.accountId !== accountId || config.region !== region) throw codeSigningConfigNotFound(arn);
    return work(config);
  });
}

/** The same for code or layers that a function is to get. @throws Fault CodeVerificationFailedException */
export async function checkSignatureOf(resources: OperationResources, record: FunctionRecord): Promise<void> {
  const { codeSigningConfigArn, functionName } = record;
  if (codeSigningConfigArn === undefined) return;
  checkSignature(resources, await resources.codeSigning.find(codeSigningConfigArn), { functionName, named: functionArn(record) });
}
