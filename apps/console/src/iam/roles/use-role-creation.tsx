import Link from "@cloudscape-design/components/link";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { keyOf } from "../../api/hooks.ts";
import { useFlash } from "../../app/flash.tsx";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { paths } from "../../app/paths.ts";
import { PlanFailed, runPlan, type StepReport } from "../../functions/create/creation-plan.ts";
import { isUncertain } from "../../functions/create/is-uncertain.ts";
import { trustsLambda } from "../../functions/create/trusts-lambda.ts";
import { useAccountId } from "../account-id.ts";
import { roleCreationSteps } from "./role-creation.ts";
import { trustPolicyOf, type RoleForm } from "./role-form.ts";

/** A role's creation that runs or ran. */
export interface RoleCreation {
  readonly busy: boolean;
  readonly reports: readonly StepReport[];
  /** Makes it and goes to the list of roles. Gives the step that failed, if one did. */
  readonly create: (form: RoleForm) => Promise<StepReport | undefined>;
}

/** Makes roles. What a failed creation has made is taken back. */
export function useRoleCreation(): RoleCreation {
  const [busy, setBusy] = useState(false);
  const [reports, setReports] = useState<readonly StepReport[]>([]);
  const cache = useQueryClient();
  const flash = useFlash();
  const navigate = useNavigate();
  const accountId = useAccountId();
  const create = async (form: RoleForm): Promise<StepReport | undefined> => {
    setBusy(true);
    setReports([]);
    try {
      await runPlan(roleCreationSteps(form, accountId), { onChange: setReports, isUncertain });
    } catch (error) {
      if (!(error instanceof PlanFailed)) throw error;
      return error.failed;
    } finally {
      setBusy(false);
      void cache.invalidateQueries({ queryKey: keyOf("iam") });
    }
    const forLambda = trustsLambda(encodeURIComponent(trustPolicyOf(form, accountId)));
    flash.success(
      "role-created",
      <Created roleName={form.name} lambdaArn={forLambda ? `arn:aws:iam::${accountId}:role/${form.name}` : undefined} />,
      {
        label: "View role",
        onClick: () => {
          flash.dismiss("role-created");
          void navigate(paths.role(form.name));
        },
      },
    );
    void navigate(paths.roles);
    return undefined;
  };
  return { busy, reports, create };
}

/** @param props.lambdaArn the role's ARN if Lambda may assume it */
function Created({ roleName, lambdaArn }: { readonly roleName: string; readonly lambdaArn: string | undefined }) {
  const follow = useFollow();
  return (
    <>
      Role {roleName} created.
      {lambdaArn && (
        <>
          {" "}
          <Link color="inverted" href={hrefOf(paths.createFunctionWith(lambdaArn))} onFollow={follow}>
            Create a function with it
          </Link>
        </>
      )}
    </>
  );
}
