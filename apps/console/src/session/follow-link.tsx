import Box from "@cloudscape-design/components/box";
import Spinner from "@cloudscape-design/components/spinner";
import { lazy, useEffect, useState } from "react";
import { problemOf } from "../api/problem.ts";
import { arrive } from "./session.ts";

const SignInPage = lazy(async () => ({ default: (await import("./sign-in-page.tsx")).SignInPage }));

/** Waits for the sign-in by the one-time link that led here. If that fails, the sign-in page says why. */
export function FollowLink() {
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    arrive().catch((error: unknown) => setProblem(problemOf(error).message));
  }, []);
  if (problem !== undefined) return <SignInPage linkProblem={problem} />;
  return (
    <Box textAlign="center" padding="xxxl">
      <Spinner size="large" /> <Box variant="p">Signing in</Box>
    </Box>
  );
}
