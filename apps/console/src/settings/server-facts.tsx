import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import { useAws } from "../api/hooks.ts";
import { Loaded } from "../shared/loaded.tsx";
import { Moment } from "../shared/moment.tsx";
import { useNetworkReach } from "./network-reach.ts";

/** What server this is. */
export function ServerFacts() {
  const info = useAws("mayfly", "GetServerInfo", {});
  const reach = useNetworkReach();
  return (
    <Container header={<Header variant="h2">Server</Header>}>
      <Loaded query={info}>
        {({ Version, AccountId, Region, Auth, Isolation, IsolationLacking, StartedAt }) => (
          <KeyValuePairs
            columns={3}
            items={[
              { label: "Version", value: Version },
              { label: "Address", value: location.origin },
              { label: "Started", value: <Moment time={StartedAt} /> },
              { label: "Account", value: AccountId },
              { label: "Default region", value: Region },
              { label: "Signatures and policies", value: Auth === "open" ? "Not checked (--auth open)" : "Checked" },
              {
                label: "Isolation of functions",
                value: IsolationLacking === undefined ? Isolation : `${Isolation}. Missing: ${IsolationLacking}`,
              },
              { label: "Functions reach", value: reach },
            ]}
          />
        )}
      </Loaded>
    </Container>
  );
}
