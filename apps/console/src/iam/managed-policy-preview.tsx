import Box from "@cloudscape-design/components/box";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { Loaded } from "../shared/loaded.tsx";
import { useManagedPolicyText } from "./managed-policy-document.ts";
import { policyNameOf } from "./policy-name.ts";
import { PolicyDocument } from "./policy-editor/policy-document.tsx";

/** A managed policy to be read: its description, its words, its JSON. */
export function ManagedPolicyPreview({ arn }: { readonly arn: string }) {
  const query = useManagedPolicyText(arn);
  return (
    <Loaded query={query} subject={`policy ${arn}`}>
      {({ description, document }) => (
        <SpaceBetween size="s">
          {description !== "" && <Box key="description">{description}</Box>}
          <PolicyDocument key="document" document={document} kind="identity" ariaLabel={`Document of ${policyNameOf(arn)}`} />
        </SpaceBetween>
      )}
    </Loaded>
  );
}
