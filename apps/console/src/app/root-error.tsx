import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import { Component, type ReactNode } from "react";
import { isMissingPart } from "../api/problem.ts";
import { useReloadWhenBack } from "./missing-part.ts";

interface RootErrorState {
  readonly error: unknown;
}

/** Stands in for the whole page when what is around the pages could not be loaded or drawn: nobody is left before an empty window. */
export class RootError extends Component<{ readonly children: ReactNode }, RootErrorState> {
  override state: RootErrorState = { error: undefined };

  static getDerivedStateFromError(error: unknown): RootErrorState {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    return error === undefined ? this.props.children : <Face error={error} />;
  }
}

function Face({ error }: RootErrorState) {
  useReloadWhenBack(isMissingPart(error));
  return (
    <Box padding="xxl">
      <Alert type="error" header="The console could not be shown" action={<Button onClick={() => location.reload()}>Reload</Button>}>
        A part of it could not be loaded, or failed: {error instanceof Error ? error.message : "an unknown error"}.
      </Alert>
    </Box>
  );
}
