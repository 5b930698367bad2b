import Box from "@cloudscape-design/components/box";
import Table from "@cloudscape-design/components/table";
import { EmptyState } from "../shared/empty-state.tsx";
import { ProblemPanel } from "../shared/problem-panel.tsx";
import { grantsOf, type Grant } from "./policy-in-words.ts";
import { useRoleDocuments } from "./role-documents.ts";

type PolicyGrant = Grant & { readonly policy: string };

/** What a role's policies allow and deny, by service. A permissions boundary, which only takes away, is not counted in. */
export function RolePermissionsInWords({ roleName }: { readonly roleName: string }) {
  const query = useRoleDocuments(roleName);
  if (query.error) return <ProblemPanel error={query.error} subject={`role ${roleName}`} onRetry={() => void query.refetch()} />;
  const rows = (query.data ?? []).flatMap(({ name, document }) => grantsOf(document).map((grant) => ({ ...grant, policy: name })));
  return (
    <Table<PolicyGrant>
      variant="embedded"
      wrapLines
      ariaLabels={{ tableLabel: "What this role may do" }}
      loading={query.isPending}
      loadingText="Loading permissions"
      items={rows}
      columnDefinitions={[
        { id: "effect", header: "Effect", cell: ({ effect }) => effect },
        { id: "service", header: "Service", cell: ({ service }) => (service === "*" ? "All services" : service) },
        { id: "actions", header: "Actions", cell: (row) => <Actions grant={row} /> },
        { id: "resources", header: "Resources", cell: resourcesInWords },
        { id: "policy", header: "Policy", cell: ({ policy }) => policy },
      ]}
      empty={<EmptyState title="This role may do nothing">It has no policies. Attach one to give it permissions.</EmptyState>}
    />
  );
}

function Actions({ grant }: { readonly grant: Grant }) {
  return (
    <>
      {grant.except && <Box>Everything except</Box>}
      {[...grant.actionsByLevel].map(([level, actions]) => (
        <Box key={level}>
          {level}: {actions.join(", ")}
        </Box>
      ))}
      {grant.conditional && <Box color="text-body-secondary">under conditions</Box>}
    </>
  );
}

const resourcesInWords = ({ resources, exceptResources }: Grant): string => {
  const text = resources.includes("*") ? "all resources" : resources.join(", ");
  return exceptResources ? `all except ${text}` : text;
};
