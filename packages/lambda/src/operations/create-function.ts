import { newUuid, type Checked, type Fault, type InputOf, type OperationRow, type OutputOf, type RequestContext } from "@mayfly/kernel";
import { checkCodeStorage } from "../check-code-storage.ts";
import { checkTags } from "../tags/check-tags.ts";
import { codeSource, imageNotFound, readCode, type CodeSource } from "../code/code-request.ts";
import { checkSignature, usingCodeSigningConfig } from "../code-signing/check-signature.ts";
import { applyConfiguration } from "../configuration/apply-configuration.ts";
import { checkDeadLetterTarget } from "../event-invoke-config/dead-letter.ts";
import { checkRole } from "../execution-role.ts";
import { conflict, constraintBroken, invalidParameter } from "../faults.ts";
import { functionArn, parseNewFunctionName, type FunctionKey } from "../function-name.ts";
import { configurationKeys, requestTags } from "../iam-rules.ts";
import { checkUnpackedSize, resolveLayers } from "../layers/resolve-layers.ts";
import { passRole } from "../pass-role.ts";
import { publish } from "../publishing.ts";
import type { OperationResources } from "../resources.ts";
import { shapeConfiguration } from "../shape-configuration.ts";
import { latestOf, type FunctionRecord, type StoredConfiguration, type VersionRecord } from "../store/records.ts";

type Input = InputOf<"lambda", "CreateFunction">;
type Output = OutputOf<"lambda", "CreateFunction">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
export const createFunction: OperationRow<OperationResources, Input, Output> = {
  iam: {
    action: "lambda:CreateFunction",
    resource: (ctx, input) => functionArn(parseNewFunctionName(ctx, input.FunctionName)),
    conditionKeys: (_ctx, input) => ({ ...configurationKeys(input), ...requestTags(input.Tags) }),
  },
  async run(resources, ctx, input) {
    const { functions, code, clock } = resources;
    const key = checkName(resources, ctx, input.FunctionName);
    await checkPermissions(ctx, key, input);
    const { configuration, source } = check(resources, key, input);
    if ((await functions.find(key)) !== undefined) throw alreadyExists(key);
    await checkRole(resources, key, configuration.Role);
    await checkDeadLetterTarget(resources, key, configuration);
    const layers = await resolveLayers(resources, ctx, input.Layers ?? [], []);
    const added = await code.add(await readCode(ctx, source, resources.limits));
    let created = false;
    try {
      await checkUnpackedSize(resources, added.code, layers);
      const codeSigningConfigArn = input.CodeSigningConfigArn || undefined;
      const record = await usingCodeSigningConfig(resources, ctx, codeSigningConfigArn, (config) =>
        functions.change(key, async (current) => {
          if (current !== undefined) throw alreadyExists(key);
          checkSignature(resources, config, { functionName: key.functionName, named: key.functionName });
          await checkCodeStorage(resources, key, added.code);
          const tags = input.Tags ?? {};
          const fresh = newRecord(key, { configuration, code: added.code, layers, tags, codeSigningConfigArn, nowMs: clock.now() });
          const next = input.Publish === true ? publish(fresh, clock, {}).record : fresh;
          return { next, result: next };
        }),
      );
      created = true;
      await resources.deployments.record(key, { code: added.code, deployedBy: ctx.principal.arn, source: "CreateFunction" });
      resources.settling.soon(key);
      return shapeConfiguration(key, record.versions.get(1) ?? latestOf(record), undefined);
    } finally {
      added.release(created);
    }
  },
};

const alreadyExists = (key: FunctionKey): Fault => conflict(`Function already exist: ${key.functionName}`);

function checkName({ limits }: OperationResources, ctx: RequestContext, name: string): FunctionKey {
  const { accountId, region, functionName } = parseNewFunctionName(ctx, name);
  if (functionName.length > limits.functionNameCharacters) {
    throw constraintBroken(name, "functionName", `Member must have length less than or equal to ${limits.functionNameCharacters}`);
  }
  return { accountId, region, functionName };
}

async function checkPermissions(ctx: RequestContext, key: FunctionKey, input: Checked<Input>): Promise<void> {
  if (input.Tags !== undefined && Object.keys(input.Tags).length > 0) {
    await ctx.authorize({ action: "lambda:TagResource", resource: functionArn(key), conditionKeys: requestTags(input.Tags) });
  }
  await passRole(ctx, input.Role);
}

function check(
  resources: OperationResources,
  key: FunctionKey,
  input: Checked<Input>,
): { configuration: StoredConfiguration; source: CodeSource } {
  const { limits, runtimes } = resources;
  const { Code, Tags = {} } = input;
  if (input.PackageType === "Image" || Code.ImageUri !== undefined) {
    if (input.PackageType !== "Image")
      throw invalidParameter("Please don't provide ImageUri when creating a function with packageType Zip.");
    if (Code.ImageUri === undefined) throw invalidParameter("Please provide ImageUri when creating a function with packageType Image.");
    throw imageNotFound(Code.ImageUri);
  }
  const configuration = applyConfiguration(input, undefined, { key, limits, runtimes });
  checkTags(Tags, Tags, limits);
  return { configuration, source: codeSource(Code, limits) };
}

/** What a new function is made of. */
interface Fresh extends Pick<VersionRecord, "configuration" | "code" | "layers"> {
  readonly tags: Readonly<Record<string, string>>;
  readonly codeSigningConfigArn: string | undefined;
  readonly nowMs: number;
}

const newRecord = (key: FunctionKey, { configuration, code, layers, tags, codeSigningConfigArn, nowMs }: Fresh): FunctionRecord => ({
  ...key,
  createdAtMs: nowMs,
  lastVersion: 0,
  reservedConcurrency: undefined,
  recursiveLoop: "Terminate",
  tags,
  codeSigningConfigArn,
  versions: new Map([
    [
      0,
      {
        number: 0,
        revisionId: newUuid(),
        deploymentId: newUuid(),
        state: "Pending",
        stateReasonCode: "Creating",
        lastUpdateStatus: undefined,
        lastUpdateStatusReasonCode: undefined,
        lastModifiedMs: nowMs,
        code,
        configuration,
        layers,
        description: undefined,
        updateRuntimeOn: "Auto",
      },
    ],
  ]),
  aliases: new Map(),
  policies: new Map(),
  eventInvokeConfigs: new Map(),
  urls: new Map(),
  provisionedConcurrency: new Map(),
});
