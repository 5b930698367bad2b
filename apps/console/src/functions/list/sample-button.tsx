import Button from "@cloudscape-design/components/button";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { keyOf } from "../../api/hooks.ts";
import { problemOf } from "../../api/problem.ts";
import { useFlash } from "../../app/flash.tsx";
import { paths } from "../../app/paths.ts";

const flashId = "sample";

/** Creates a small function and runs it, then shows what it answered on its Test tab. */
export function SampleButton() {
  const [busy, setBusy] = useState(false);
  const flash = useFlash();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const create = async (): Promise<void> => {
    setBusy(true);
    flash.progress(flashId, "Creating a sample function and its role");
    try {
      const [{ createSample }, { runTest }] = await Promise.all([
        import("../create/create-sample.ts"),
        import("../detail/test/test-runs.ts"),
      ]);
      const { functionName, event } = await createSample();
      await cache.invalidateQueries({ queryKey: keyOf("lambda") });
      void runTest(functionName, { eventName: "sample", event, invocationType: "RequestResponse" });
      void navigate(paths.function(functionName, "test"));
      flash.success(flashId, `Created the function ${functionName}. Change its code on the Code tab and choose Deploy.`, {
        label: "Open the code",
        onClick: () => void navigate(paths.function(functionName, "code")),
      });
    } catch (error) {
      flash.error(flashId, "The sample could not be created", problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Button variant="primary" loading={busy} onClick={() => void create()}>
      Create and run a sample
    </Button>
  );
}
