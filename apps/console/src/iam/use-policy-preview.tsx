import { useCallback, useEffect } from "react";
import { useShell } from "../app/page.tsx";
import { ManagedPolicyPreview } from "./managed-policy-preview.tsx";
import { policyNameOf } from "./policy-name.ts";

/** Shows a managed policy in the panel at the bottom; it closes with what has opened it. */
export function usePolicyPreview(): (arn: string) => void {
  const { setSplitPanel } = useShell();
  useEffect(() => () => setSplitPanel(undefined), [setSplitPanel]);
  return useCallback(
    (arn) => setSplitPanel({ header: policyNameOf(arn), content: <ManagedPolicyPreview key={arn} arn={arn} /> }),
    [setSplitPanel],
  );
}
