import type { ReactNode } from "react";

/** What AWS's console says of a new function. */
export const createdFlash = (functionName: string): ReactNode => (
  <>
    Successfully created the function <strong>{functionName}</strong>. You can now change its code and configuration. To invoke your
    function with a test event, choose &quot;Test&quot;.
  </>
);
