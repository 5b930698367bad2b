import Badge from "@cloudscape-design/components/badge";
import Box from "@cloudscape-design/components/box";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useKeptPreferences } from "../../../shared/kept-preferences.ts";
import { Moment } from "../../../shared/moment.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { FunctionState } from "../function-state.tsx";
import { FunctionDiagram } from "./function-diagram.tsx";

/** What the function is, what calls it and where word of it goes. */
export function FunctionOverview() {
  const { configuration, reservedConcurrentExecutions } = useCurrentFunction();
  const [{ expanded }, setPreferences] = useKeptPreferences("function-overview", { expanded: true });
  return (
    <ExpandableSection
      variant="container"
      headerText="Function overview"
      expanded={expanded}
      onChange={({ detail }) => setPreferences({ expanded: detail.expanded })}
    >
      <SpaceBetween size="l">
        <FunctionDiagram key="diagram" />
        <KeyValuePairs
          key="facts"
          columns={4}
          items={[
            { label: "Description", value: configuration.Description || "-" },
            { label: "Runtime", value: <RuntimeName /> },
            { label: "Last modified", value: <Moment time={configuration.LastModified} /> },
            { label: "State", value: <FunctionState configuration={configuration} isThrottled={reservedConcurrentExecutions === 0} /> },
          ]}
        />
      </SpaceBetween>
    </ExpandableSection>
  );
}

function RuntimeName() {
  const { configuration } = useCurrentFunction();
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Box key="runtime">{configuration.PackageType === "Image" ? "Container image" : (configuration.Runtime ?? "-")}</Box>
      {(configuration.Architectures ?? []).map((architecture) => (
        <Badge key={architecture}>{architecture}</Badge>
      ))}
    </SpaceBetween>
  );
}
