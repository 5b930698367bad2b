import { useCallback } from "react";
import { useAddressState } from "../../../shared/address-state.ts";
import { runTest, type TestRequest } from "./test-runs.ts";

/** Runs a test and shows it in place of whichever run was chosen in the history. */
export function useRunTest(functionName: string): (request: TestRequest) => void {
  const [, choose] = useAddressState("run");
  return useCallback(
    ({ eventName, event, invocationType, qualifier }) => {
      choose(undefined);
      void runTest(functionName, { eventName, event, invocationType, qualifier });
    },
    [functionName, choose],
  );
}
