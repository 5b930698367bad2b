import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";
import { keyOf } from "../../api/hooks.ts";
import { problemOf } from "../../api/problem.ts";
import { useFlash } from "../../app/flash.tsx";
import { paths } from "../../app/paths.ts";
import { prefetchCode } from "../detail/get-ready.ts";
import { PlanFailed, runPlan, type StepReport } from "./creation-plan.ts";
import { creationSteps } from "./creation-steps.ts";
import type { CreationRequest } from "./creation-request.ts";
import { createdFlash } from "./created-flash.tsx";
import { isUncertain } from "./is-uncertain.ts";

/** Something that is done with a new function. The function stays if it fails. */
export interface Afterwards {
  /** `Save test event sample` */
  readonly title: string;
  readonly run: (functionName: string) => Promise<void>;
}

/** A creation that runs or ran. */
export interface Creation {
  readonly busy: boolean;
  readonly reports: readonly StepReport[];
  /** Makes it and goes to the function's code. Gives the step that failed, if one did. */
  readonly create: (request: CreationRequest, afterwards?: Afterwards) => Promise<StepReport | undefined>;
}

/** Makes functions, and says how far it is. */
export function useCreation(): Creation {
  const [busy, setBusy] = useState(false);
  const [reports, setReports] = useState<readonly StepReport[]>([]);
  const cache = useQueryClient();
  const flash = useFlash();
  const navigate = useNavigate();
  useLeaveWarning(busy);
  const forget = (refetchType: "active" | "none"): void => {
    for (const service of ["lambda", "iam"] as const) void cache.invalidateQueries({ queryKey: keyOf(service), refetchType });
  };
  const create = async (request: CreationRequest, afterwards?: Afterwards): Promise<StepReport | undefined> => {
    setBusy(true);
    setReports([]);
    try {
      await runPlan(creationSteps(request), { onChange: setReports, isUncertain });
    } catch (error) {
      if (!(error instanceof PlanFailed)) throw error;
      forget("active");
      return error.failed;
    } finally {
      setBusy(false);
    }
    const { functionName } = request;
    // What this page shows, which is left, need not be asked for anew.
    forget("none");
    void prefetchCode(cache, functionName);
    await afterwards
      ?.run(functionName)
      .catch((error: unknown) => flash.error("afterwards", `${afterwards.title}: failed`, problemOf(error)));
    flash.success(`created-${functionName}`, createdFlash(functionName), {
      label: "Test",
      onClick: () => void navigate(paths.function(functionName, "test")),
    });
    void navigate(`${paths.function(functionName, "code")}?created=1`);
    return undefined;
  };
  return { busy, reports, create };
}

/** A page that is closed now could not take back what it has made. */
function useLeaveWarning(busy: boolean): void {
  useEffect(() => {
    if (!busy) return undefined;
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [busy]);
}
