import Box from "@cloudscape-design/components/box";
import Table from "@cloudscape-design/components/table";
import { Breakable } from "../../shared/breakable.tsx";
import { EmptyState } from "../../shared/empty-state.tsx";
import { ProblemPanel } from "../../shared/problem-panel.tsx";
import { grantsOf, type Grant } from "../policy-in-words.ts";
import { useIdentityDocuments } from "./identity-documents.ts";
import type { Identity } from "./identity.ts";

type PolicyGrant = Grant & { readonly policy: string };

/** What the policies of a role or user allow and deny, by service. A permissions boundary, which only takes away, is not counted in. */
export function PermissionsInWords({ kind, name }: Pick<Identity, "kind" | "name">) {
  const query = useIdentityDocuments({ kind, name });
  if (query.error) return <ProblemPanel error={query.error} subject={`${kind} ${name}`} onRetry={() => void query.refetch()} />;
  const rows = (query.data ?? []).flatMap((policy) => grantsOf(policy.document).map((grant) => ({ ...grant, policy: policy.name })));
  return (
    <Table<PolicyGrant>
      variant="embedded"
      wrapLines
      ariaLabels={{ tableLabel: `What this ${kind} may do` }}
      loading={query.isPending}
      loadingText="Loading permissions"
      items={rows}
      columnDefinitions={[
        { id: "effect", header: "Effect", cell: ({ effect }) => effect },
        { id: "service", header: "Service", cell: ({ service }) => (service === "*" ? "All services" : service) },
        { id: "actions", header: "Actions", minWidth: 200, cell: (row) => <Actions grant={row} /> },
        { id: "resources", header: "Resources", cell: (row) => <Breakable text={resourcesInWords(row)} /> },
        { id: "policy", header: "Policy", minWidth: 170, cell: ({ policy }) => <Breakable text={policy} /> },
      ]}
      empty={<EmptyState title={`This ${kind} may do nothing`}>It has no policies. Attach one to give it permissions.</EmptyState>}
    />
  );
}

function Actions({ grant }: { readonly grant: Grant }) {
  return (
    <>
      {grant.except && <Box>Everything except</Box>}
      {[...grant.actionsByLevel].map(([level, actions]) => (
        <div key={level} className="wrap-anywhere">
          {level}: {actions.join(", ")}
        </div>
      ))}
      {grant.conditional && <Box color="text-body-secondary">under conditions</Box>}
    </>
  );
}

const resourcesInWords = ({ resources, exceptResources }: Grant): string => {
  const text = resources.includes("*") ? "all resources" : resources.join(", ");
  return exceptResources ? `all except ${text}` : text;
};
