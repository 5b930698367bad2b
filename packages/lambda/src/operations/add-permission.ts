import type { Checked, ConditionKeys, InputOf, OperationRow, OutputOf, PolicyPrincipal } from "@mayfly/kernel";
import { functionNotFound, invalidParameter, notFound, policyTooLong, revisionMismatch, statementExists } from "../faults.ts";
import { functionArn, latest, referenceArn, type FunctionReference } from "../function-name.ts";
import { onFunction, referenceOf } from "../iam-rules.ts";
import { documentOf, policyKeyOf, revisionOf, statementsOf, withNewRevision } from "../policies/document.ts";
import { readPrincipal } from "../policies/principal.ts";
import { statementOf } from "../policies/statement.ts";
import type { OperationResources } from "../resources.ts";
import { versionNumberOf, withPolicy, type FunctionRecord } from "../store/records.ts";

type Input = InputOf<"lambda", "AddPermission">;
type Output = OutputOf<"lambda", "AddPermission">;

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export const addPermission: OperationRow<OperationResources, Input, Output> = {
  iam: onFunction<Input>("lambda:AddPermission", policyKeys),
  async run(resources, ctx, input) {
    const reference = referenceOf(ctx, input);
    checkAction(input);
    if (reference.qualifier === latest) throw invalidParameter("We currently do not support adding policies for $LATEST.");
    await resources.functions.find(reference).then((record) => mustHave(record, reference));
    const principal = await readPrincipal(input.Principal, { callAs: resources.callAs, region: reference.region });
    return resources.functions.change(reference, (current) => {
      const record = mustHave(current, reference);
      const { next, statement } = withStatement(resources, record, reference, { input, principal });
      return { next, result: { Statement: JSON.stringify(statement) } };
    });
  },
};

/** What is said of function URLs narrows one action each. The first text is a recorded one, the second is like it. @throws Fault InvalidParameterValueException */
function checkAction({ Action, FunctionUrlAuthType, InvokedViaFunctionUrl }: Input): void {
  if (FunctionUrlAuthType !== undefined && Action !== "lambda:InvokeFunctionUrl")
    throw invalidParameter("FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action");
  if (InvokedViaFunctionUrl !== undefined && Action !== "lambda:InvokeFunction")
    throw invalidParameter("InvokedViaFunctionUrl is only supported for lambda:InvokeFunction action");
}

/** Condition keys that tell what a permission is about. */
function policyKeys({ Principal, FunctionUrlAuthType }: Input): ConditionKeys {
  return {
    ...(Principal !== undefined && { "lambda:Principal": [Principal] }),
    ...(FunctionUrlAuthType !== undefined && { "lambda:FunctionUrlAuthType": [FunctionUrlAuthType] }),
  };
}

function mustHave(record: FunctionRecord | undefined, reference: FunctionReference): FunctionRecord {
  const { qualifier } = reference;
  if (record === undefined) throw functionNotFound(functionArn(reference));
  if (revisionOf(record, policyKeyOf(reference)) !== undefined) return record;
  throw versionNumberOf(qualifier ?? latest) === undefined
    ? notFound(`Cannot find alias arn: ${referenceArn(reference)}`)
    : functionNotFound(referenceArn(reference));
}

interface NewStatement {
  readonly input: Checked<Input>;
  readonly principal: PolicyPrincipal;
}

function withStatement(
  { limits }: OperationResources,
  record: FunctionRecord,
  reference: FunctionReference,
  { input, principal }: NewStatement,
) {
  const key = policyKeyOf(reference);
  if (input.RevisionId !== undefined && input.RevisionId !== revisionOf(record, key)) throw revisionMismatch();
  const before = statementsOf(record.policies.get(key));
  if (before.some(({ Sid }) => Sid === input.StatementId)) {
    throw statementExists(input.StatementId);
  }
  const statement = statementOf(input, principal, referenceArn(reference));
  const document = documentOf([...before, statement]);
  const bytes = Buffer.byteLength(JSON.stringify(document));
  if (bytes > limits.policyBytes) throw policyTooLong(bytes, limits.policyBytes);
  return { statement, next: withPolicy(withNewRevision(record, key), key, document) };
}
