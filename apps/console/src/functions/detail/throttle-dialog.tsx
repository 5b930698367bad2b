import { useNavigate } from "react-router";
import { useAwsMutation } from "../../api/hooks.ts";
import { useFlash } from "../../app/flash.tsx";
import { paths } from "../../app/paths.ts";
import { ConfirmDialog } from "../../shared/confirm-dialog.tsx";
import { useCurrentFunction } from "./function-context.ts";

/** Stops a function from being invoked, by a reserved concurrency of 0. */
export function ThrottleDialog({ onClose }: { readonly onClose: () => void }) {
  const { functionName, reservedConcurrentExecutions: reserved, refresh } = useCurrentFunction();
  const put = useAwsMutation("lambda", "PutFunctionConcurrency");
  const flash = useFlash();
  const navigate = useNavigate();
  const throttle = async (): Promise<void> => {
    await put.mutateAsync({ FunctionName: functionName, ReservedConcurrentExecutions: 0 });
    await refresh();
    flash.success("throttle", `The function ${functionName} is throttled: it is not invoked any more.`, {
      label: "Edit concurrency",
      onClick: () => void navigate(`${paths.functionConfiguration(functionName, "concurrency")}?edit=true`),
    });
  };
  return (
    <ConfirmDialog title={`Throttle ${functionName}?`} action="Throttle" onConfirm={throttle} onClose={onClose}>
      Its reserved concurrency is set to 0{reserved === undefined ? "" : `, from ${reserved}`}. What runs now goes on to its end; every new
      invocation is refused until you edit the concurrency again.
    </ConfirmDialog>
  );
}
