import Alert from "@cloudscape-design/components/alert";
import Container from "@cloudscape-design/components/container";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useEffect } from "react";
import { Loaded, SkeletonLines } from "../../../shared/loaded.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { LayersCard } from "../layers/layers-card.tsx";
import { CodeEditor } from "./code-editor.tsx";
import { CodeProperties } from "./code-properties.tsx";
import { PackageViewer } from "./package-viewer.tsx";
import { useCodeSession } from "./use-code-session.ts";
import "./code-tab.css";

/** The function's code: editor, and facts about the package. */
export function CodeTab() {
  const { configuration, qualifier } = useCurrentFunction();
  const isImage = configuration.PackageType === "Image";
  return (
    <SpaceBetween size="l">
      <Container key={qualifier ?? "editor"}>
        {isImage && <Alert type="info">The code of a container image is in the image. Build another and update the function.</Alert>}
        {!isImage && (qualifier === undefined ? <LatestCode /> : <PackageViewer />)}
      </Container>
      <CodeProperties key="properties" />
      {!isImage && <LayersCard key="layers" />}
    </SpaceBetween>
  );
}

function LatestCode() {
  const { functionName, configuration } = useCurrentFunction();
  const query = useCodeSession(functionName);
  const session = query.data;
  // Deployed elsewhere: the function's page asks for the configuration whenever its window gets the focus.
  useEffect(() => {
    if (configuration.LastUpdateStatus !== "InProgress") void session?.checkElsewhere(configuration.CodeSha256);
  }, [session, configuration.CodeSha256, configuration.LastUpdateStatus]);
  return (
    <Loaded query={query} skeleton={<SkeletonLines lines={12} />}>
      {(loaded) => <CodeEditor session={loaded} />}
    </Loaded>
  );
}
